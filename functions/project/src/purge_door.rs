//! Purges sent to a CDN that has a door for them: `taihu`'s own.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use gateway::PurgeDoor;
use http::{Method, Request, header};
use http_body_util::Full;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::json;
use views::{Copies, PurgeError, PurgeRow, Purger};

/// Posts every purge to the CDN's door, where none costs anything: `{"purge": [{"site", "path"}], "all"}`, the secret in `x-taihu-purge`.
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

/// Who sends purges to this door; nobody without one: the rows are left to the clock.
#[must_use]
pub fn purger_of(door: Option<&PurgeDoor>) -> Option<Arc<dyn Purger>> {
    Some(Arc::new(PurgeByPost::new(door?.clone())))
}

impl Purger for PurgeByPost {
    fn purge<'a>(&'a self, rows: &'a [PurgeRow]) -> Pin<Box<dyn Future<Output = Result<(), PurgeError>> + Send + 'a>> {
        let pages: Vec<_> = rows
            .iter()
            .filter_map(|row| match &row.copies {
                Copies::Page { site, path } => Some(json!({ "site": site, "path": path })),
                Copies::All => None,
            })
            .collect();
        let all = rows.iter().any(|row| row.copies == Copies::All);
        Box::pin(self.post(json!({ "purge": pages, "all": all }).to_string()))
    }
}
