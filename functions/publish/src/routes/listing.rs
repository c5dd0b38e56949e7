//! Lists, as the views have them: they follow an accepted command within moments.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A list as an answer: of this moment, and for whoever asked.
pub(super) fn answer(list: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "private, no-store")], Json(list)).into_response()
}
