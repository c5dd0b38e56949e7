//! What a command that was accepted tells.

use serde::{Deserialize, Serialize};

/// A receipt, as far as the desk tells it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Receipt {
    pub(crate) id: String,
    pub(crate) version: u64,
    #[serde(default)]
    pub(crate) removed: Vec<String>,
    #[serde(default)]
    pub(crate) index_number: Option<String>,
}

/// A file that was taken in, or is looked at.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct TakenIn {
    pub(crate) file: String,
    pub(crate) kind: String,
    pub(crate) media_type: String,
    pub(crate) bytes: u64,
    #[serde(default)]
    pub(crate) url: Option<String>,
}

/// What became of many decisions.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Outcomes {
    pub(crate) accepted: usize,
    pub(crate) refused: usize,
    pub(crate) outcomes: Vec<Outcome>,
}

/// What became of one.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Outcome {
    pub(crate) document: String,
    #[serde(default)]
    pub(crate) problem: Option<super::problem::Problem>,
}
