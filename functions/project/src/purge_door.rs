//! Purges sent to a CDN that has a door for them: `taihu`'s own.

use std::{future::Future, pin::Pin, time::Duration};

use bytes::Bytes;
use gateway::PurgeDoor;
use http::{Method, Request, header};
use http_body_util::Full;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::json;
use views::{NoPurge, PurgeError, PurgeRow, Purger};

/// Posts URLs to the CDN's purge door: `{"purge": [{"site", "path"}]}` with the secret in `x-taihu-purge`.
#[derive(Debug)]
pub struct PurgeByPost {
    door: PurgeDoor,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl PurgeByPost {
    /// Posts to `door`, a plain HTTP address on this machine.
    #[must_use]
    pub fn new(door: PurgeDoor) -> Self {
        Self { door, client: Client::builder(TokioExecutor::new()).build_http() }
    }

    async fn post(&self, body: String) -> Result<(), PurgeError> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.door.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-taihu-purge", self.door.secret.expose())
            .body(Full::from(body))
            .map_err(|error| PurgeError(error.to_string()))?;
        let answer = tokio::time::timeout(PATIENCE, self.client.request(request)).await;
        match answer {
            Ok(Ok(answer)) if answer.status().is_success() => Ok(()),
            Ok(Ok(answer)) => Err(PurgeError(format!("it answered {}", answer.status()))),
            Ok(Err(error)) => Err(PurgeError(error.to_string())),
            Err(_) => Err(PurgeError(format!("no answer within {} s", PATIENCE.as_secs()))),
        }
    }
}

/// How long the door may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// The purger of a deployment: its door's, or nobody where only the edge's short life bounds what it keeps (CloudFront: see `clock`).
#[must_use]
pub fn purger_of(door: Option<&PurgeDoor>) -> std::sync::Arc<dyn Purger> {
    match door {
        Some(door) => std::sync::Arc::new(PurgeByPost::new(door.clone())),
        None => std::sync::Arc::new(NoPurge),
    }
}

impl Purger for PurgeByPost {
    fn purge<'a>(&'a self, rows: &'a [PurgeRow]) -> Pin<Box<dyn Future<Output = Result<(), PurgeError>> + Send + 'a>> {
        let body = json!({ "purge": rows.iter().map(|row| json!({ "site": row.site, "path": row.path })).collect::<Vec<_>>() });
        Box::pin(self.post(body.to_string()))
    }
}
