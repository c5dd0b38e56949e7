//! Work that is left for later: dirty pages and scopes, parked streams and pages, purges.

use serde::{Deserialize, Serialize};

use crate::page::PageKey;

/// Rows whose pages all have to be rendered again: a slice, from a beginning of its keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The slice.
    pub slice: String,
    /// Beginning of the keys; empty for all.
    pub prefix: String,
    /// How soon.
    pub lane: Lane,
    /// Why copies of those pages are old.
    #[serde(default)]
    pub cause: Cause,
}

impl Scope {
    /// The rows of `slice` whose keys begin with `prefix`, whose pages show something new.
    #[must_use]
    pub fn changed(slice: impl Into<String>, prefix: impl Into<String>, lane: Lane) -> Self {
        Self { slice: slice.into(), prefix: prefix.into(), lane, cause: Cause::Changed }
    }

    /// The same, of pages that showed what was taken from the public: before all else, and no copy may stay.
    #[must_use]
    pub fn for_cause(self, cause: Cause) -> Self {
        match cause {
            Cause::Changed => self,
            Cause::Withdrawn => Self { lane: Lane::Urgent, cause, ..self },
        }
    }
}

/// How soon dirty work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// As [`AtOnce`](Self::AtOnce), ahead of what else is to be done at once: a scope of sites, before what it leaves of each.
    Ahead,
    /// By whoever left it, right after what else it did; what is left of it then, before all else.
    AtOnce,
    /// Before all that is not to be done at once.
    Urgent,
    /// In slices, when nothing urgent waits.
    Bulk,
}

/// What is dirty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirtyWork {
    /// Every page of every site there is when it is worked: it becomes a scope per site.
    City,
    /// One page.
    Page(PageKey),
    /// All pages of a scope.
    Scope(Scope),
    /// Every cached copy, once all that waits before it is written: a rebuild stopped before it told the CDN of withdrawals.
    Copies,
}

impl Lane {
    /// Whether whoever leaves it works it right away.
    #[must_use]
    pub fn is_at_once(self) -> bool {
        matches!(self, Self::Ahead | Self::AtOnce)
    }
}

impl DirtyWork {
    /// Key of its row: what is to be done at once before the urgent, that before bulk, equal work in one row.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            // First of all that is not done at once, for it begins anew what waits in the scopes of the sites.
            Self::City => "0|city".to_owned(),
            Self::Page(page) => format!("0|page|{}|{}|{}|{}", page.site, page.path, page.kind, page.about),
            Self::Scope(scope) => {
                let lane = match scope.lane {
                    Lane::Ahead => "000",
                    Lane::AtOnce => "00",
                    Lane::Urgent => "0",
                    Lane::Bulk => "1",
                };
                // One row per cause, so that no later change hides a withdrawal.
                let name = match scope.cause {
                    Cause::Withdrawn => "gone",
                    Cause::Changed => "scope",
                };
                format!("{lane}|{name}|{}|{}", scope.slice, scope.prefix)
            }
            // Last of all: a copy fetched before its page was written would be old again.
            Self::Copies => "2|copies".to_owned(),
        }
    }
}

/// A dirty row as stored. A new mark carries a fresh token; a row is deleted only if its token is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dirty {
    /// What is dirty.
    pub work: DirtyWork,
    /// Fresh at every mark.
    pub token: String,
    /// Last row key worked; none at the start.
    pub cursor: Option<String>,
    /// Rows worked so far.
    pub done: u64,
}

/// What is parked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParkedWork {
    /// A stream that cannot be folded.
    Stream(String),
    /// A page that cannot be rendered.
    Page(PageKey),
}

impl ParkedWork {
    /// Key of its row.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Stream(stream) => format!("stream|{stream}"),
            Self::Page(page) => format!("page|{}|{}|{}|{}", page.site, page.path, page.kind, page.about),
        }
    }
}

/// A parked row as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// What is parked.
    pub work: ParkedWork,
    /// Why.
    pub reason: String,
    /// Fresh at every parking.
    pub token: String,
}

/// Why cached copies are old; the greater is the more pressing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The page shows something new; a copy may live out its seconds.
    #[default]
    Changed,
    /// Something was taken from the public; no copy may show it, not even while the origin fails.
    Withdrawn,
}

/// Which cached copies are old.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Copies {
    /// Those of one page.
    Page {
        /// Label of the site.
        site: String,
        /// Root-relative path as a reader asks for it.
        path: String,
    },
    /// All there are: a rebuild cannot tell which were missed.
    All,
}

/// A purge row as stored: copies that are old, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurgeRow {
    /// Which copies.
    pub copies: Copies,
    /// Why they are old.
    pub cause: Cause,
    /// Fresh at every mark.
    pub token: String,
}

impl PurgeRow {
    /// Key of its row: withdrawals first; a page has one row per cause, so that no later change hides a withdrawal.
    #[must_use]
    pub fn key(&self) -> String {
        let urgency = match self.cause {
            Cause::Withdrawn => 0,
            Cause::Changed => 1,
        };
        match &self.copies {
            Copies::Page { site, path } => format!("{urgency}|page|{site}{path}"),
            Copies::All => format!("{urgency}|all"),
        }
    }
}
