//! Answers that a CDN may keep for a few seconds, with an entity tag.

use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

/// As long as a page: what is withdrawn is gone everywhere within seconds.
const CACHING: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=10");

/// Bytes of an answer as a response; 304 where whoever asks has them.
///
/// The tag is of the bytes: it changes with the index, with what the views say of the hits, and with the templates.
pub(super) fn fresh(request: &HeaderMap, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let digest = Sha256::digest(&bytes);
    let tag = format!("\"{}\"", BASE64URL_NOPAD.encode(digest.get(..18).unwrap_or_default()));
    let known = request.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    let is_known = known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => bytes.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, CACHING);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
