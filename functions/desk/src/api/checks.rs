//! What the checks before publication find.

use serde::{Deserialize, Serialize};

/// What was found in a text.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Checks {
    pub(crate) revision: String,
    pub(crate) passes: bool,
    pub(crate) findings: Vec<Finding>,
    #[serde(default)]
    pub(crate) more: Option<u64>,
    #[serde(default)]
    pub(crate) unasked: Option<u64>,
}

/// One thing that was found.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Finding {
    pub(crate) id: String,
    pub(crate) level: String,
    pub(crate) overridden: bool,
    pub(crate) pointer: String,
    pub(crate) excerpt: String,
    pub(crate) detail: String,
    #[serde(default)]
    pub(crate) instead: Option<String>,
}

impl Finding {
    /// Whether it keeps the text from review and from the public until somebody answers for it.
    pub(crate) fn blocks(&self) -> bool {
        self.level == "block" && !self.overridden
    }
}
