//! What is searched for.

use serde::{Deserialize, Serialize};

/// What was searched for often in a month.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct SearchTerms {
    pub(crate) month: String,
    /// How often a text is searched for before it stands here.
    pub(crate) from: u64,
    pub(crate) popular: Vec<SearchTerm>,
    pub(crate) without_results: Vec<SearchTerm>,
}

/// A text, and how often it was searched for.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct SearchTerm {
    pub(crate) text: String,
    pub(crate) asked: u64,
    pub(crate) without_results: u64,
}
