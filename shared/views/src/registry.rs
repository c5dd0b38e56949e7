//! Which view prefixes there are and what each is for.
//!
//! A prefix belongs to a fold generation; code feeds only prefixes of its own. One prefix is active: pages are rendered from it alone.

use serde::{Deserialize, Serialize};

/// Generation of the folds in `views::city`: raised when a row's shape or place changes, so that old rows are rebuilt, not mixed.
pub const FOLD_GENERATION: u64 = 1;

/// How far a prefix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrefixState {
    /// A rebuild fills it; closed to doorbells.
    Filling,
    /// Doorbells feed it.
    Open,
    /// Another prefix took over; batches that began before the switch may still use it.
    Draining,
}

/// One prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PrefixEntry {
    /// Its name: the first part of its keys.
    pub name: String,
    /// Fold generation of its rows.
    pub fold: u64,
    /// How far it is.
    pub state: PrefixState,
}

/// The registry row; read consistently by every batch, never from a cache.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Registry {
    /// Counts the changes of this row: each is a compare-and-swap.
    pub revision: u64,
    /// Name of the prefix that pages are rendered from.
    pub active: String,
    /// Highest number a prefix that is gone had: names are never given twice.
    pub highest: u64,
    /// All prefixes.
    pub prefixes: Vec<PrefixEntry>,
    /// Generation of code and templates that pages are rendered with.
    pub generation: u64,
    /// Fingerprint of that generation's templates; where generations are given at deployment it stays empty.
    pub fingerprint: String,
    /// When that generation's pages were first marked dirty, Unix milliseconds.
    pub generation_at: i64,
    /// Whether they were marked again after every worker of the generation before was gone.
    pub settled: bool,
}

impl Registry {
    /// The registry of a new city: one active, open prefix.
    #[must_use]
    pub fn first(generation: u64, fingerprint: &str) -> Self {
        Self {
            revision: 1,
            active: "v1".to_owned(),
            highest: 0,
            prefixes: vec![PrefixEntry { name: "v1".to_owned(), fold: FOLD_GENERATION, state: PrefixState::Open }],
            generation,
            fingerprint: fingerprint.to_owned(),
            generation_at: 0,
            settled: true,
        }
    }

    /// Prefixes that doorbells feed by this code.
    #[must_use]
    pub fn fed(&self) -> Vec<&PrefixEntry> {
        self.prefixes.iter().filter(|p| p.state == PrefixState::Open && p.fold == FOLD_GENERATION).collect()
    }

    /// A name that no prefix has or had: one more than the highest number.
    #[must_use]
    pub fn fresh_name(&self) -> String {
        let highest = self.prefixes.iter().filter_map(|p| p.name.strip_prefix('v')?.parse::<u64>().ok()).max();
        format!("v{}", highest.unwrap_or(0).max(self.highest) + 1)
    }
}
