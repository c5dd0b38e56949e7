//! One row of a read model.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a row lies: its slice, and its place there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowKey {
    /// What is read together: `list|www.tzgg`.
    pub slice: String,
    /// Place within the slice; sorts as the slice is shown.
    pub key: String,
}

impl RowKey {
    /// The row `key` of `slice`.
    #[must_use]
    pub fn new(slice: impl Into<String>, key: impl Into<String>) -> Self {
        Self { slice: slice.into(), key: key.into() }
    }
}

/// A row with the version of its own content.
///
/// INVARIANT: `version` is the last commit at which this row's own content changed (a tombstone's: the commit that removed it), never the
/// stream's head; so equal folds give equal rows however doorbells were batched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Row {
    /// Where it lies.
    pub at: RowKey,
    /// Commit at which its content last changed; 1 for a constant that several streams may write.
    pub version: u64,
    /// Its content as JSON text; none on a tombstone.
    pub body: Option<String>,
}

/// Most bytes of a row's key and content: DynamoDB's limit of an item, less what stands beside them.
pub(crate) const LARGEST_ROW: usize = 390 * 1024;

/// Beginning of the slices of open work.
///
/// Their rows come and go: what was done leaves a tombstone for good, and what is to be done is little. The live ones are found by a sparse index.
pub(crate) const OPEN: &str = "open|";

impl Row {
    /// Whether it is work that somebody has still to do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_live() && self.at.slice.starts_with(OPEN)
    }

    /// Bytes of its key and content, as the table counts them.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.at.slice.len() + self.at.key.len() + self.body.as_ref().map_or(0, String::len)
    }

    /// Whether the row is no tombstone.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.body.is_some()
    }

    /// The content as `T`; none on a tombstone or on content of another shape.
    #[must_use]
    pub fn content<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        self.body.as_deref().and_then(|body| serde_json::from_str(body).ok())
    }

    /// The content as a JSON value; null on a tombstone.
    #[must_use]
    pub fn value(&self) -> Value {
        self.content().unwrap_or(Value::Null)
    }
}
