//! What happened to a document, and what differs between its texts.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document::Content;

/// A part of its history, oldest first.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct History {
    pub(crate) commits: Vec<Commit>,
    #[serde(default)]
    pub(crate) earlier: Option<u64>,
}

/// Who did something, and when.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Commit {
    pub(crate) number: u64,
    pub(crate) at: String,
    pub(crate) actor: String,
    pub(crate) events: Vec<Happened>,
}

/// What happened, with what a page tells of it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Happened {
    pub(crate) name_zh: String,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) remark: Option<String>,
    #[serde(default)]
    pub(crate) note: Option<String>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) column: Option<String>,
    #[serde(default)]
    pub(crate) due: Option<String>,
    #[serde(default)]
    pub(crate) index_number: Option<String>,
}

/// A part of its texts, oldest first.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Revisions {
    pub(crate) revisions: Vec<Revision>,
    #[serde(default)]
    pub(crate) earlier: Option<u64>,
}

/// A text, as somebody wrote it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Revision {
    pub(crate) revision: String,
    pub(crate) number: u64,
    pub(crate) at: String,
    pub(crate) actor: String,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) public_at: Option<String>,
    #[serde(default)]
    pub(crate) discarded_at: Option<String>,
    /// Whether its text is not to be kept.
    #[serde(default)]
    pub(crate) erased: bool,
    #[serde(default)]
    pub(crate) restores: Option<u64>,
}

/// One text with what it says.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct WholeRevision {
    pub(crate) revision: String,
    pub(crate) number: u64,
    pub(crate) at: String,
    pub(crate) actor: String,
    pub(crate) content: Content,
}

/// What differs between two texts.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Difference {
    #[serde(default)]
    pub(crate) from: Option<Written>,
    pub(crate) to: Written,
    pub(crate) fields: Vec<FieldChange>,
    #[serde(default)]
    pub(crate) body: Option<BodyChange>,
}

/// Which text, and who wrote it when.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Written {
    pub(crate) revision: String,
    pub(crate) number: u64,
    pub(crate) at: String,
    pub(crate) actor: String,
}

/// A field that differs.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct FieldChange {
    pub(crate) field: String,
    pub(crate) name_zh: String,
    #[serde(default)]
    pub(crate) from: Value,
    #[serde(default)]
    pub(crate) to: Value,
}

/// What differs in the body.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct BodyChange {
    pub(crate) lines: Vec<Vec<Span>>,
    pub(crate) more: u64,
    pub(crate) too_long: bool,
    pub(crate) erased: bool,
    pub(crate) markup_only: bool,
}

/// A part of a line.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Span {
    pub(crate) kind: String,
    pub(crate) text: String,
}
