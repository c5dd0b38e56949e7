//! Every request has an id; every problem names it.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use data_encoding::BASE32_NOPAD;
use http::{HeaderMap, HeaderValue, Uri, header};

use crate::problem::Problem;

/// Correlation id of a request: the caller's `x-request-id`, or 128 random bits in base32.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a request with these headers.
    #[must_use]
    pub fn of_request(headers: &HeaderMap) -> Self {
        Self::of(headers.get("x-request-id"))
    }

    /// Takes a caller's id only if it can stand in a log line as it is.
    fn of(header: Option<&HeaderValue>) -> Self {
        let given = header
            .and_then(|value| value.to_str().ok())
            .filter(|id| (1..=64).contains(&id.len()))
            .filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')));
        match given {
            Some(id) => Self(id.to_owned()),
            None => Self(BASE32_NOPAD.encode(&rand::random::<[u8; 16]>()).to_ascii_lowercase()),
        }
    }
}

/// Gives the request its id, and a problem its `instance` and `request`.
pub async fn complete(mut request: Request, next: Next) -> Response {
    let id = RequestId::of_request(request.headers());
    let uri = request.uri().clone();
    request.extensions_mut().insert(id.clone());
    completed(next.run(request).await, &uri, &id)
}

/// The answer to a request for `uri`; if it is a problem, with its `instance` and `request`.
///
/// For whoever answers without the middleware: a CDN in front of the functions.
#[must_use]
pub fn completed(mut response: Response, uri: &Uri, id: &RequestId) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let mut completed = problem.at(&path_of(uri), id.as_str()).into_response();
    // axum knows which methods an address takes, and who could not read a body closes the connection: the problem knows neither.
    for name in [header::ALLOW, header::CONNECTION] {
        if let Some(value) = response.headers_mut().remove(&name) {
            completed.headers_mut().insert(name, value);
        }
    }
    completed
}

/// The path without its query: that may hold what does not belong into a log or an answer.
fn path_of(uri: &Uri) -> String {
    uri.path().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_could_forge_a_log_line_is_replaced() {
        let good = HeaderValue::from_static("trace-1_a.b");
        assert_eq!(RequestId::of(Some(&good)).as_str(), "trace-1_a.b");
        for hostile in ["", "a b", "a\"b", &"a".repeat(65)] {
            let header = HeaderValue::from_str(hostile).unwrap();
            assert_eq!(RequestId::of(Some(&header)).as_str().len(), 26, "{hostile}");
        }
        assert_ne!(RequestId::of(None), RequestId::of(None));
    }
}
