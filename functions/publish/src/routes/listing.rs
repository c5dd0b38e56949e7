//! Lists, as the views have them: they follow an accepted command within moments.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use views::{Prefix, Read};

use crate::{refusal::Refusal, state::PublishState};

/// The rows of a slice by their keys; tombstones are passed over.
pub(super) async fn rows<T: DeserializeOwned>(
    state: &PublishState,
    slice: impl Into<String>,
) -> Result<Vec<(String, T)>, Refusal> {
    let Some(registry) = state.views.registry().await? else {
        // No worker has ever run: nothing is projected.
        return Ok(Vec::new());
    };
    let rows = state.views.read(&Prefix(registry.active), &Read::all(slice)).await?;
    Ok(rows.into_iter().filter_map(|row| row.content().map(|content| (row.at.key, content))).collect())
}

/// A list as an answer: of this moment, and for whoever asked.
pub(super) fn answer(list: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "private, no-store")], Json(list)).into_response()
}
