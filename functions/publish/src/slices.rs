//! Slices of the views: they follow an accepted command within moments.

use serde::de::DeserializeOwned;
use views::{Prefix, Read};

use crate::{refusal::Refusal, state::PublishState};

/// The rows of a slice by their keys; tombstones are passed over.
pub(crate) async fn rows<T: DeserializeOwned>(
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
