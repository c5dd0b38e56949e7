//! What is written and not public yet.

use serde::{Deserialize, Serialize};

/// A part of the drafts.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Drafts {
    pub(crate) entries: Vec<DraftEntry>,
    #[serde(default)]
    pub(crate) next: Option<String>,
}

/// A draft.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct DraftEntry {
    pub(crate) document: String,
    pub(crate) title: String,
    pub(crate) site: String,
    pub(crate) column: String,
    pub(crate) department: String,
    pub(crate) stage: String,
    pub(crate) since: String,
    pub(crate) saved_at: String,
    pub(crate) saved_by: String,
    pub(crate) approved_by: Vec<String>,
    pub(crate) levels: usize,
    pub(crate) public: bool,
    pub(crate) same_as_public: bool,
    #[serde(default)]
    pub(crate) remark: Option<String>,
    #[serde(default)]
    pub(crate) scheduled_at: Option<String>,
    #[serde(default)]
    pub(crate) failed: Option<String>,
    pub(crate) acts: Vec<String>,
}
