//! The publish API as the machine's own people use it: in process, or through the door of the process that serves the folder.

use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body};
use bytes::Bytes;
use http::request::Builder;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use jiff::Timestamp;
use ledger::{Clock, SystemClock};
use publish::PublishState;
use serde::Deserialize;
use serde_json::Value;
use tower::ServiceExt;

use super::{
    error::ServeError,
    keys::{KeyError, LocalIssuer},
    machine::Machine,
    options::PORTAL,
};

/// Hours that a token for one's own requests is good for.
const HOURS: u32 = 12;

/// Most bytes of an answer that are read.
const LARGEST_ANSWER: usize = 1 << 20;

/// How long one answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// `GET`, `POST` or `PUT`.
    pub method: &'static str,
    /// Its path.
    pub path: String,
    /// Subject of who sends it.
    pub subject: String,
    /// Its body; null for none.
    pub body: Value,
    /// The version for `If-Match`.
    pub expected: Option<u64>,
}

/// What the API says of an accepted command.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// Name of the thing.
    pub id: String,
    /// Its stream.
    pub stream: String,
    /// Its version.
    pub version: u64,
    /// The revision, for documents.
    #[serde(default)]
    pub revision: Option<String>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body; null if it is no JSON.
    pub body: Value,
}

impl Answer {
    /// Whether the request was carried out.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Code of the problem, if it is one.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body.get("code").and_then(Value::as_str).unwrap_or_default()
    }
}

/// A client that signs its own tokens, one per subject.
pub struct Api<'a> {
    way: Way,
    issuer: &'a LocalIssuer,
    tokens: HashMap<String, String>,
}

/// How requests reach the function.
enum Way {
    /// In this process, past the CDN, whose secret is shown.
    Router { router: Router, origin: String },
    /// Through the public door.
    Door { client: Box<Client<HttpConnector, Full<Bytes>>>, address: SocketAddr },
}

impl<'a> Api<'a> {
    /// A client of a publish function in this process, whose clock is `clock`.
    ///
    /// # Errors
    /// The function cannot start.
    pub fn in_process(machine: &'a Machine, clock: Arc<dyn Clock>) -> Result<Self, ServeError> {
        let state = PublishState::new(&machine.config, &machine.clients, clock)?;
        let way = Way::Router { router: publish::router(state), origin: machine.secrets.origin.clone() };
        Ok(Self { way, issuer: &machine.issuer, tokens: HashMap::new() })
    }

    /// As [`in_process`](Self::in_process), on the machine's own clock.
    ///
    /// # Errors
    /// The function cannot start.
    pub fn now(machine: &'a Machine) -> Result<Self, ServeError> {
        Self::in_process(machine, Arc::new(SystemClock))
    }

    /// A client of the door at `address`, with tokens of the folder's issuer.
    #[must_use]
    pub fn through(address: SocketAddr, issuer: &'a LocalIssuer) -> Self {
        let way = Way::Door { client: Box::new(Client::builder(TokioExecutor::new()).build_http()), address };
        Self { way, issuer, tokens: HashMap::new() }
    }

    /// Sends a request under an idempotency key and gives whatever comes back.
    ///
    /// # Errors
    /// Nothing came back.
    pub async fn ask(&mut self, key: &str, request: &Request) -> Result<Answer, String> {
        let token = self.token(&request.subject).map_err(|error| error.to_string())?;
        let mut built = http::Request::builder()
            .method(request.method)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        if let Some(version) = request.expected {
            built = built.header("if-match", format!("\"{version}\""));
        }
        let body = if request.body.is_null() { Bytes::new() } else { Bytes::from(request.body.to_string()) };
        let exchange = self.way.exchange(built, &request.path, body);
        let (status, bytes) = tokio::time::timeout(PATIENCE, exchange).await.map_err(|late| late.to_string())??;
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or_default() })
    }

    /// Sends a command.
    ///
    /// # Errors
    /// The API refused or failed, with what it said.
    pub async fn send(&mut self, key: &str, request: &Request) -> Result<Receipt, String> {
        let answer = self.ask(key, request).await?;
        if answer.is_success() {
            return serde_json::from_value(answer.body).map_err(|error| error.to_string());
        }
        let Request { method, path, subject, .. } = request;
        Err(format!("{method} {path} as {subject}: {} {}", answer.status, answer.body))
    }

    fn token(&mut self, subject: &str) -> Result<String, KeyError> {
        if let Some(token) = self.tokens.get(subject) {
            return Ok(token.clone());
        }
        let token = self.issuer.token(subject, Timestamp::now(), HOURS)?;
        self.tokens.insert(subject.to_owned(), token.clone());
        Ok(token)
    }
}

impl Way {
    async fn exchange(&self, built: Builder, path: &str, body: Bytes) -> Result<(u16, Bytes), String> {
        let told = |error: &dyn std::fmt::Display| error.to_string();
        match self {
            Self::Router { router, origin } => {
                let built = built.uri(path).header("x-taihu-origin", origin).header("x-taihu-site", PORTAL);
                let request = built.body(Body::from(body)).map_err(|error| told(&error))?;
                let response = router.clone().oneshot(request).await.map_err(|error| told(&error))?;
                let status = response.status().as_u16();
                let bytes = axum::body::to_bytes(response.into_body(), LARGEST_ANSWER).await;
                Ok((status, bytes.map_err(|error| told(&error))?))
            }
            Self::Door { client, address } => {
                let host = format!("{PORTAL}.localhost:{}", address.port());
                let built = built.uri(format!("http://{address}{path}")).header("host", host);
                let request = built.body(Full::new(body)).map_err(|error| told(&error))?;
                let response = client.request(request).await.map_err(|error| told(&error))?;
                let status = response.status().as_u16();
                let bytes = Limited::new(response.into_body(), LARGEST_ANSWER).collect().await;
                Ok((status, bytes.map_err(|error| told(&error))?.to_bytes()))
            }
        }
    }
}
