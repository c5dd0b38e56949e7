//! Columns that list a document of another.

use serde::{Deserialize, Serialize};

/// All of them.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Sharing {
    pub(crate) columns: Vec<SharedIn>,
}

/// One of them.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct SharedIn {
    pub(crate) column: String,
    pub(crate) since: String,
}
