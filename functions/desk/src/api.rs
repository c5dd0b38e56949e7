//! The APIs of other functions, called in process: the very same requests that anybody else sends them.

pub(crate) mod appearance;
pub(crate) mod cases;
pub(crate) mod changes;
pub(crate) mod checks;
pub(crate) mod department;
pub(crate) mod document;
pub(crate) mod drafts;
pub(crate) mod form;
pub(crate) mod messages;
pub(crate) mod problem;
pub(crate) mod queue;
pub(crate) mod receipt;
pub(crate) mod register;
pub(crate) mod sharing;
pub(crate) mod staff;
pub(crate) mod terms;

use axum::{Router, body::Body};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, de::DeserializeOwned};
use tower::ServiceExt;

use crate::words;
use problem::{Problem, Refusal};

/// A file that the API hands out, as it is handed on.
pub(crate) struct Handed {
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

/// Most bytes of an answer: a document has two bodies of a megabyte.
const ANSWER_LIMIT: usize = 16_000_000;

/// Headers of the request at the desk that its requests to the API carry on; those whose names begin with `x-taihu-` besides.
const CARRIED: &[&str] = &["x-request-id", "x-amzn-trace-id", "x-amzn-requestid", "traceparent", "tracestate"];

const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as one part of a path, or as a value behind its question mark.
pub(crate) fn part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

/// Below which path an API stands.
pub(crate) const PUBLISH: &str = "/api/publish";
pub(crate) const LETTER: &str = "/api/letter";
pub(crate) const DISCLOSURE: &str = "/api/disclosure";
pub(crate) const REACT: &str = "/api/react";

/// An API, as one person at the desk asks it.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    router: Router,
    base: &'static str,
    headers: HeaderMap,
}

/// What a command carries besides its body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Envelope<'a> {
    pub(crate) key: &'a str,
    pub(crate) version: Option<u64>,
}

impl Api {
    /// Asks what stands below `base` in the name of whoever holds `token`, as part of the request with these headers.
    pub(crate) fn new(router: Router, base: &'static str, token: &str, around: &HeaderMap) -> Self {
        let carried = |name: &HeaderName| name.as_str().starts_with("x-taihu-") || CARRIED.contains(&name.as_str());
        let mut headers: HeaderMap = around
            .iter()
            .filter(|(name, _)| carried(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("zh"));
        if let Ok(mut bearer) = HeaderValue::try_from(format!("Bearer {token}")) {
            bearer.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, bearer);
        }
        Self { router, base, headers }
    }

    /// Reads something; `path` stands behind the base.
    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, Refusal> {
        self.asked(self.request(Method::GET, path), Body::empty()).await
    }

    /// Sends a command.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        envelope: Envelope<'_>,
        body: &impl Serialize,
    ) -> Result<T, Refusal> {
        self.said(self.enveloped(method, path, envelope), body).await
    }

    /// Reads what asks for a body and leaves a record: no command, so it has no key, and each time is another.
    pub(crate) async fn open<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Refusal> {
        self.said(self.request(Method::POST, path), body).await
    }

    /// Reads a file that asks for a body and leaves a record, as of [`open`](Self::open).
    pub(crate) async fn open_file(&self, path: &str, body: &impl Serialize) -> Result<Handed, Refusal> {
        let bytes = serde_json::to_vec(body).map_err(|error| Refusal::unreadable(&flaw(&error)))?;
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        self.answered(request, Body::from(bytes)).await
    }

    async fn said<T: DeserializeOwned>(
        &self,
        request: http::request::Builder,
        body: &impl Serialize,
    ) -> Result<T, Refusal> {
        let bytes = serde_json::to_vec(body).map_err(|error| Refusal::unreadable(&flaw(&error)))?;
        self.asked(request.header(header::CONTENT_TYPE, "application/json"), Body::from(bytes)).await
    }

    /// Hands in a file.
    pub(crate) async fn take_in<T: DeserializeOwned>(&self, name: &str, bytes: Bytes) -> Result<T, Refusal> {
        let request = self.request(Method::POST, &format!("/files?name={}", part(name)));
        let request = request.header(header::CONTENT_TYPE, gateway::OCTETS).header(header::CONTENT_LENGTH, bytes.len());
        self.asked(request, Body::from(bytes)).await
    }

    /// Carries out a command whose body is a file.
    pub(crate) async fn hand_in<T: DeserializeOwned>(
        &self,
        path: &str,
        envelope: Envelope<'_>,
        bytes: Bytes,
    ) -> Result<T, Refusal> {
        let request = self.enveloped(Method::POST, path, envelope);
        let request = request.header(header::CONTENT_TYPE, gateway::OCTETS).header(header::CONTENT_LENGTH, bytes.len());
        self.asked(request, Body::from(bytes)).await
    }

    fn enveloped(&self, method: Method, path: &str, envelope: Envelope<'_>) -> http::request::Builder {
        let request = self.request(method, path).header("idempotency-key", envelope.key);
        match envelope.version {
            Some(version) => request.header(header::IF_MATCH, format!("\"{version}\"")),
            None => request,
        }
    }

    fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(headers) = request.headers_mut() {
            headers.clone_from(&self.headers);
        }
        request
    }

    async fn asked<T: DeserializeOwned>(&self, request: http::request::Builder, body: Body) -> Result<T, Refusal> {
        let Handed { bytes, .. } = self.answered(request, body).await?;
        serde_json::from_slice(&bytes).map_err(|error| Refusal::unreadable(&flaw(&error)))
    }

    async fn answered(&self, request: http::request::Builder, body: Body) -> Result<Handed, Refusal> {
        let request = request.body(body).map_err(|error| Refusal::unreadable(&error.to_string()))?;
        let answer = match self.router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, ANSWER_LIMIT).await;
        let bytes = bytes.map_err(|error| Refusal::unreadable(&error.to_string()))?;
        if parts.status.is_success() {
            return Ok(Handed { headers: parts.headers, bytes });
        }
        let mut problem: Problem =
            serde_json::from_slice(&bytes).map_err(|error| Refusal::unreadable(&flaw(&error)))?;
        if problem.code == "forbidden" {
            // Which rule of the policy says so helps programs only.
            let told = problem.detail.split_once("；相关规则").map(|(told, _)| format!("{told}。"));
            problem.detail = words::told(told.as_deref().unwrap_or(&problem.detail));
        }
        let retry_after = parts.headers.get(header::RETRY_AFTER).cloned();
        let status = if parts.status.is_informational() { StatusCode::BAD_GATEWAY } else { parts.status };
        Err(Refusal { status, problem, retry_after })
    }
}

/// Where JSON is none that is expected. Its own words would tell what stands there, and an answer may hold what a citizen wrote.
fn flaw(error: &serde_json::Error) -> String {
    format!("{:?} at line {}, column {}", error.classify(), error.line(), error.column())
}
