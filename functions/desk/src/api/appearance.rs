//! How pages look, and what is still being carried to them.

use serde::{Deserialize, Serialize};

/// How pages look.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Appearance {
    pub(crate) version: u64,
    #[serde(default)]
    pub(crate) banner: Option<Banner>,
    #[serde(default)]
    pub(crate) greyscale: Option<Greyscale>,
}

/// A banner that stands.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Banner {
    pub(crate) level: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) link: Option<BannerLink>,
    pub(crate) since: String,
}

/// Where a banner leads.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct BannerLink {
    pub(crate) name: String,
    pub(crate) address: String,
}

/// That pages are grey.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Greyscale {
    pub(crate) reason: String,
    pub(crate) since: String,
}

/// Changes that are still being carried to pages.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct WideChanges {
    pub(crate) waiting: Vec<WideChange>,
    pub(crate) more: bool,
    pub(crate) parked: usize,
}

/// How far a commit has travelled, as far as the desk tells it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CommitProgress {
    pub(crate) projected: bool,
}

/// Pages that wait for being written again.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct WideChange {
    pub(crate) pages: String,
    #[serde(default)]
    pub(crate) site: Option<String>,
    pub(crate) lane: String,
    pub(crate) done: u64,
}
