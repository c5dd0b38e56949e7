//! The bytes of a form.

use axum::body::{Body, to_bytes};
use gateway::BODY_LIMIT;
use http::{HeaderMap, header};

use crate::posted::Posted;

/// Why a body is no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    TooLarge,
    OtherType,
    Malformed,
}

/// The kind of body that forms of ours are sent as.
const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Posted, Unread> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM)) {
        return Err(Unread::OtherType);
    }
    let bytes = to_bytes(body, BODY_LIMIT).await.map_err(|_| Unread::TooLarge)?;
    Posted::parse(&bytes).ok_or(Unread::Malformed)
}
