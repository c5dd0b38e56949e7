//! The publish API as the machine's own people use it: in process, through the door of the process that serves the folder, or over the web.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, body::Body};
use bytes::Bytes;
use http::{Uri, header, request::Builder};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
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
    /// Commit time.
    pub at: Timestamp,
    /// Address of the commit.
    pub commit: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body; null if it is no JSON.
    pub body: Value,
    /// When it was given, by the clock of who gave it, to the second; none in process.
    pub date: Option<Timestamp>,
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

/// A client of the API.
pub struct Api<'a> {
    way: Way,
    credentials: Credentials<'a>,
}

/// What a client shows of who it is.
enum Credentials<'a> {
    /// It signs its own tokens, one per subject.
    Issuer { issuer: &'a LocalIssuer, tokens: Mutex<HashMap<String, String>> },
    /// Somebody else's token, whatever subject a request names.
    Token(String),
}

impl<'a> Credentials<'a> {
    fn of(issuer: &'a LocalIssuer) -> Self {
        Self::Issuer { issuer, tokens: Mutex::default() }
    }

    fn token(&self, subject: &str) -> Result<String, KeyError> {
        let (issuer, tokens) = match self {
            Self::Token(token) => return Ok(token.clone()),
            Self::Issuer { issuer, tokens } => (issuer, tokens),
        };
        // A token is whole or not there: a panic of another holder left nothing half done.
        let mut tokens = tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = tokens.get(subject) {
            return Ok(token.clone());
        }
        let token = issuer.token(subject, Timestamp::now(), HOURS)?;
        tokens.insert(subject.to_owned(), token.clone());
        Ok(token)
    }
}

/// How requests reach the function.
enum Way {
    /// In this process, past the CDN, whose secret is shown.
    Router { router: Router, origin: String },
    /// Through the public door.
    Door { client: Box<Client<HttpConnector, Full<Bytes>>>, address: SocketAddr },
    /// Over the web, to a city elsewhere.
    Web { client: Box<Client<HttpsConnector<HttpConnector>, Full<Bytes>>>, base: String, host: Option<String> },
}

/// What came over one way or the other.
struct Received {
    status: u16,
    date: Option<Timestamp>,
    bytes: Bytes,
}

impl<'a> Api<'a> {
    /// A client of a publish function in this process, whose clock is `clock`.
    ///
    /// # Errors
    /// The function cannot start.
    pub fn in_process(machine: &'a Machine, clock: Arc<dyn Clock>) -> Result<Self, ServeError> {
        let state = PublishState::new(&machine.config, &machine.clients, clock)?;
        Ok(Self::of(publish::router(state), machine.secrets.origin.clone(), &machine.issuer))
    }

    /// A client of a publish function that stands already; it shows the CDN's secret `origin`.
    #[must_use]
    pub fn of(router: Router, origin: String, issuer: &'a LocalIssuer) -> Self {
        Self { way: Way::Router { router, origin }, credentials: Credentials::of(issuer) }
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
        Self { way, credentials: Credentials::of(issuer) }
    }

    /// A client of a city's site at `base`, `https://www.…`, with a token of its own.
    ///
    /// # Errors
    /// The machine has no certificates to know the city by.
    pub fn over_the_web(base: &Uri, token: String) -> std::io::Result<Self> {
        let provider = rustls::crypto::aws_lc_rs::default_provider();
        let connector = HttpsConnectorBuilder::new().with_provider_and_native_roots(provider)?;
        let client = Client::builder(TokioExecutor::new()).build(connector.https_or_http().enable_http1().build());
        let (base, host) = reachable(base);
        Ok(Self { way: Way::Web { client: Box::new(client), base, host }, credentials: Credentials::Token(token) })
    }

    /// Sends a request under an idempotency key and gives whatever comes back.
    ///
    /// # Errors
    /// Nothing came back.
    pub async fn ask(&self, key: &str, request: &Request) -> Result<Answer, String> {
        let token = self.credentials.token(&request.subject).map_err(|error| error.to_string())?;
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
        let received = tokio::time::timeout(PATIENCE, exchange).await.map_err(|late| late.to_string())??;
        let Received { status, date, bytes } = received;
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or_default(), date })
    }

    /// Has a file looked at and stored, and gives the name that texts name it by.
    ///
    /// # Errors
    /// The API refused or failed, with what it said.
    pub async fn take_in(&self, subject: &str, name: &str, bytes: &'static [u8]) -> Result<String, String> {
        let token = self.credentials.token(subject).map_err(|error| error.to_string())?;
        let built = http::Request::builder()
            .method("POST")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", gateway::OCTETS);
        let path = format!("/api/publish/files?name={name}");
        let received = self.way.exchange(built, &path, Bytes::from_static(bytes)).await?;
        let told: Value = serde_json::from_slice(&received.bytes).unwrap_or_default();
        let named = told.get("file").and_then(Value::as_str).filter(|_| received.status == 200);
        named.map(str::to_owned).ok_or_else(|| format!("{name} as {subject}: {} {told}", received.status))
    }

    /// Sends a command.
    ///
    /// # Errors
    /// The API refused or failed, with what it said.
    pub async fn send(&self, key: &str, request: &Request) -> Result<Receipt, String> {
        let answer = self.ask(key, request).await?;
        if answer.is_success() {
            return serde_json::from_value(answer.body).map_err(|error| error.to_string());
        }
        let Request { method, path, subject, .. } = request;
        Err(format!("{method} {path} as {subject}: {} {}", answer.status, answer.body))
    }
}

impl Way {
    async fn exchange(&self, built: Builder, path: &str, body: Bytes) -> Result<Received, String> {
        let told = |error: &dyn std::fmt::Display| error.to_string();
        match self {
            Self::Router { router, origin } => {
                let built = built.uri(path).header("x-taihu-origin", origin).header("x-taihu-site", PORTAL);
                let request = built.body(Body::from(body)).map_err(|error| told(&error))?;
                let response = router.clone().oneshot(request).await.map_err(|error| told(&error))?;
                let status = response.status().as_u16();
                let bytes = axum::body::to_bytes(response.into_body(), LARGEST_ANSWER).await;
                Ok(Received { status, date: None, bytes: bytes.map_err(|error| told(&error))? })
            }
            Self::Door { client, address } => {
                let host = format!("{PORTAL}.localhost:{}", address.port());
                let built = built.uri(format!("http://{address}{path}")).header("host", host);
                let request = built.body(Full::new(body)).map_err(|error| told(&error))?;
                received(client.request(request).await.map_err(|error| told(&error))?).await
            }
            Self::Web { client, base, host } => {
                let built = host.iter().fold(built, |built, host| built.header("host", host));
                let request = built.uri(format!("{base}{path}")).body(Full::new(body)).map_err(|error| told(&error))?;
                received(client.request(request).await.map_err(|error| told(&error))?).await
            }
        }
    }
}

/// Where a site is reached, and the host to ask for if that is another: names under `localhost` are this machine, whatever the system knows (RFC 6761).
fn reachable(base: &Uri) -> (String, Option<String>) {
    let whole = base.to_string().trim_end_matches('/').to_owned();
    let here = base.host().is_some_and(|host| host == "localhost" || host.ends_with(".localhost"));
    let Some(authority) = base.authority().filter(|_| here) else { return (whole, None) };
    let address = authority.port_u16().map_or("127.0.0.1".to_owned(), |port| format!("127.0.0.1:{port}"));
    (whole.replacen(authority.as_str(), &address, 1), Some(authority.to_string()))
}

async fn received(response: http::Response<hyper::body::Incoming>) -> Result<Received, String> {
    let status = response.status().as_u16();
    let date = response.headers().get(header::DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()).map(|date| date.timestamp());
    let bytes = Limited::new(response.into_body(), LARGEST_ANSWER).collect().await;
    Ok(Received { status, date, bytes: bytes.map_err(|error| error.to_string())?.to_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_under_localhost_is_this_machine_and_any_other_is_left_to_the_system() {
        let of = |base: &'static str| reachable(&Uri::from_static(base));
        let here = ("http://127.0.0.1:8080".to_owned(), Some("www.localhost:8080".to_owned()));
        assert_eq!(of("http://www.localhost:8080/"), here);
        assert_eq!(of("https://www.chenghu.example"), ("https://www.chenghu.example".to_owned(), None));
        assert_eq!(of("http://notlocalhost:80"), ("http://notlocalhost:80".to_owned(), None));
    }
}
