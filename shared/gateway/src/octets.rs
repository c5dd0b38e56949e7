//! A file as the body of a request.

use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use bytes::Bytes;

use crate::{body::read, kinds, problem::Problem};

/// Most bytes of a file that comes as the body of a request: 4 MB, which a function is given whole (DESIGN.md, "Edge").
pub const FILE_LIMIT: usize = 4 * 1_048_576;

/// Media type of a file whose kind is found by looking at it.
pub const OCTETS: &str = "application/octet-stream";

/// The bytes of a file, at most [`FILE_LIMIT`].
///
/// Refusals: 413 too large, 415 not sent as [`OCTETS`], 400 not whole.
#[derive(Debug, Clone)]
pub struct Octets(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Octets {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(OCTETS)) {
            return Err(Problem::plain(&kinds::FILE_MEDIA_TYPE));
        }
        read(request, FILE_LIMIT, &kinds::FILE_TOO_LARGE).await.map(Self)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn send(kind: &str, bytes: usize) -> Result<usize, u16> {
        let request = Request::builder().header("content-type", kind).body(Body::from(vec![0; bytes])).unwrap();
        let octets = Octets::from_request(request, &()).await;
        octets.map(|octets| octets.0.len()).map_err(|problem| problem.status().as_u16())
    }

    #[tokio::test]
    async fn a_file_of_four_megabytes_comes_in_and_a_byte_more_does_not() {
        assert_eq!(send(OCTETS, FILE_LIMIT).await, Ok(FILE_LIMIT));
        assert_eq!(send("Application/Octet-Stream; x=y", 0).await, Ok(0));
        assert_eq!(send(OCTETS, FILE_LIMIT + 1).await, Err(413));
    }

    #[tokio::test]
    async fn a_file_says_that_it_is_one() {
        for kind in ["application/json", "multipart/form-data; boundary=x", "image/png", ""] {
            assert_eq!(send(kind, 1).await, Err(415), "{kind}");
        }
    }
}
