//! What a generation of the index is at one moment, and what is still to be done for it.

use serde::{Deserialize, Serialize};

use crate::Manifest;

/// The head of a generation: one object, replaced as a whole by compare-and-swap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// What queries are answered from.
    pub manifest: Manifest,
    /// The prefix of the views over whose documents it has walked whole; none before its first walk ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walked: Option<String>,
    /// How far a walk over all documents has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk: Option<Walk>,
    /// Objects that no manifest names any more, for whoever still reads by an older one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
}

/// A walk over every document there is, site by site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// The prefix of the views that is walked.
    pub prefix: String,
    /// The site whose documents are being walked; none at the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Key of the last row that was walked of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// An object that is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Its key.
    pub key: String,
    /// Since when nothing names it, Unix milliseconds.
    pub since: i64,
}

impl Head {
    /// The head of a generation that nothing was written to.
    #[must_use]
    pub fn empty(generation: u64) -> Self {
        Self { manifest: Manifest::empty(generation.to_string()), walked: None, walk: None, left: Vec::new() }
    }
}
