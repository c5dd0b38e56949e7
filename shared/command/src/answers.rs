//! Answers to reads: a thing with its version as ETag, or a list.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// `thing` at `version`; 304 without a body if `If-None-Match` names that version.
pub fn versioned(asked: &HeaderMap, version: u64, thing: impl Serialize) -> Response {
    let etag = format!("\"{version}\"");
    let known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|list| list.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag));
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, value);
    }
    // Drafts are nobody else's business: no cache may keep them.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if known { (StatusCode::NOT_MODIFIED, headers).into_response() } else { (headers, Json(thing)).into_response() }
}

/// A list as the views have it: it follows an accepted command within moments, so it is of this moment, and for whoever asked.
pub fn listed(list: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "private, no-store")], Json(list)).into_response()
}
