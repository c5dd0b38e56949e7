//! Functions that run elsewhere: `cargo lambda watch`, or anything with Lambda's Invoke API.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use super::functions::{Function, InvokeError};

/// The first invocation of a function may have to compile it.
const PATIENCE: Duration = Duration::from_secs(300);
/// Lambda's own limit of an answer.
const LARGEST_ANSWER: usize = 6 * 1024 * 1024;

/// A function behind Lambda's Invoke API (`POST /2015-03-31/functions/<name>/invocations`).
#[derive(Debug, Clone)]
pub struct RemoteFunction {
    name: &'static str,
    url: String,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl RemoteFunction {
    /// The function `name` at `base`, for example `http://127.0.0.1:9000`.
    #[must_use]
    pub fn new(name: &'static str, base: &Uri) -> Self {
        let base = base.to_string();
        let url = format!("{}/2015-03-31/functions/{name}/invocations", base.trim_end_matches('/'));
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(Duration::from_secs(2)));
        Self { name, url, client: Client::builder(TokioExecutor::new()).build(connector) }
    }
}

#[async_trait]
impl Function for RemoteFunction {
    async fn invoke(&self, event: Bytes) -> Result<Bytes, InvokeError> {
        let unreachable =
            |reason: String| InvokeError::Unreachable { name: self.name.to_owned(), url: self.url.clone(), reason };
        let failed = |reason: String| InvokeError::Failed { name: self.name.to_owned(), reason };
        let request = Request::post(&self.url)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(event))
            .map_err(|error| unreachable(error.to_string()))?;
        let exchange = async {
            let answer = self.client.request(request).await.map_err(|error| unreachable(causes(&error)))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, LARGEST_ANSWER).collect().await.map_err(|error| failed(error.to_string()))?;
            Ok((parts, body.to_bytes()))
        };
        let answer = tokio::time::timeout(PATIENCE, exchange).await;
        let (parts, body) = answer.map_err(|_| failed(format!("no answer in {} s", PATIENCE.as_secs())))??;
        // A handler's error is a 200 with this header on AWS; a runtime's is another status.
        if !parts.status.is_success() || parts.headers.contains_key("x-amz-function-error") {
            let said: String = String::from_utf8_lossy(&body).chars().take(500).collect();
            return Err(failed(format!("{}: {said}", parts.status)));
        }
        Ok(body)
    }
}

/// An error with all that caused it: "connect error" alone helps nobody.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests;
