//! A reader and an editor of the local city, over HTTP through its CDN.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client as Legacy, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;

/// Speaks to the door at an address, as the host of any site; keeps its connections.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    door: SocketAddr,
    inner: Legacy<HttpConnector, Full<Bytes>>,
}

/// What a reader got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Got {
    /// Status.
    pub(crate) status: StatusCode,
    /// Entity tag; empty where there is none.
    pub(crate) etag: String,
}

/// A command of the API.
#[derive(Debug)]
pub(crate) struct Order<'a> {
    /// POST, or PUT for what replaces something.
    pub(crate) method: Method,
    /// Path below `/api/publish/`.
    pub(crate) path: &'a str,
    /// Whose.
    pub(crate) token: &'a str,
    /// Idempotency key.
    pub(crate) key: String,
    /// Version it is about.
    pub(crate) version: Option<u64>,
    /// JSON.
    pub(crate) body: Value,
}

impl Client {
    /// A client of the door.
    pub(crate) fn new(door: SocketAddr) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self { door, inner: Legacy::builder(TokioExecutor::new()).build(connector) }
    }

    /// Reads a page to its end.
    pub(crate) async fn get(&self, site: &str, path: &str) -> Result<Got> {
        let request = self.request(Method::GET, site, path).body(Full::default())?;
        let answer = self.inner.request(request).await?;
        let status = answer.status();
        let etag = answer.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok()).unwrap_or_default();
        let etag = etag.to_owned();
        answer.into_body().collect().await?;
        Ok(Got { status, etag })
    }

    /// Reads something of the API; `path` stands below `/api/publish/`.
    pub(crate) async fn read(&self, path: &str, token: &str) -> Result<Value> {
        let request = self.request(Method::GET, "www", &format!("/api/publish/{path}"));
        let request = request.header(header::AUTHORIZATION, format!("Bearer {token}")).body(Full::default())?;
        let answer = self.inner.request(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        ensure!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).context("an answer")
    }

    /// Sends a command; gives what the API says of it.
    pub(crate) async fn order(&self, order: Order<'_>) -> Result<Value> {
        let path = format!("/api/publish/{}", order.path);
        let mut request = self
            .request(order.method, "www", &path)
            .header(header::AUTHORIZATION, format!("Bearer {}", order.token))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", order.key);
        if let Some(version) = order.version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        let answer = self.inner.request(request.body(order.body.to_string().into())?).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        ensure!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).context("an answer")
    }

    fn request(&self, method: Method, site: &str, path: &str) -> http::request::Builder {
        let host = format!("{site}.localhost:{}", self.door.port());
        Request::builder().method(method).uri(format!("http://{}{path}", self.door)).header(header::HOST, host)
    }
}
