//! What waits for somebody.

use serde::{Deserialize, Serialize};

/// A part of the queue.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Queue {
    pub(crate) entries: Vec<QueueEntry>,
    #[serde(default)]
    pub(crate) next: Option<String>,
}

/// A text that waits.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct QueueEntry {
    pub(crate) document: String,
    pub(crate) title: String,
    pub(crate) site: String,
    pub(crate) column: String,
    pub(crate) department: String,
    pub(crate) revision: String,
    pub(crate) since: String,
    pub(crate) approved_by: Vec<String>,
    pub(crate) levels: usize,
    pub(crate) public: bool,
    #[serde(default)]
    pub(crate) remark: Option<String>,
    #[serde(default)]
    pub(crate) overridden: Vec<String>,
    #[serde(default)]
    pub(crate) scheduled_at: Option<String>,
    #[serde(default)]
    pub(crate) failed: Option<String>,
    pub(crate) decisions: Vec<String>,
}
