//! Which view prefixes there are and what each is for.
//!
//! A prefix belongs to a fold generation; code feeds only prefixes of its own. One prefix is active: pages are rendered from it alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Generation of the folds in `views::city`: raised when a row's shape or place changes, so that old rows are rebuilt, not mixed.
pub const FOLD_GENERATION: u64 = 13;

/// How far a prefix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrefixState {
    /// A rebuild fills it; closed to doorbells.
    Filling,
    /// Doorbells feed it.
    Open,
    /// Nobody begins anything with it: another prefix took over, or its rebuild died. Turns that began before may still use it.
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
    /// Until when a rebuild answers for all prefixes but the active one, Unix milliseconds; it moves this on while it works. 0: none is at work.
    #[serde(default)]
    pub rebuild_until: i64,
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
            rebuild_until: 0,
        }
    }

    /// Prefixes that doorbells feed by this code.
    #[must_use]
    pub fn fed(&self) -> Vec<&PrefixEntry> {
        self.prefixes.iter().filter(|p| p.state == PrefixState::Open && p.fold == FOLD_GENERATION).collect()
    }

    /// The same, the active one last: what a page shows is then in every prefix that may show it next.
    ///
    /// A page rendered from rows that the next prefix lacks would go back when that one takes over, and its ETag with it.
    #[must_use]
    pub fn fed_active_last(&self) -> Vec<&PrefixEntry> {
        let mut fed = self.fed();
        fed.sort_by_key(|entry| entry.name == self.active);
        fed
    }

    /// Fold generation of the rows that pages are rendered from.
    #[must_use]
    pub fn active_fold(&self) -> Option<u64> {
        self.prefixes.iter().find(|entry| entry.name == self.active).map(|entry| entry.fold)
    }

    /// Whether a rebuild is at work; one that died is so for as long as any worker that it should have waited for may live.
    #[must_use]
    pub fn is_rebuilt(&self, now: Timestamp) -> bool {
        now.as_millisecond() < self.rebuild_until
    }

    /// Registers a fresh prefix, closed to doorbells; gives its name.
    pub fn begin_prefix(&mut self) -> String {
        let name = self.fresh_name();
        self.prefixes.push(PrefixEntry { name: name.clone(), fold: FOLD_GENERATION, state: PrefixState::Filling });
        name
    }

    /// Opens a prefix to doorbells.
    pub fn open(&mut self, name: &str) {
        self.prefixes.iter_mut().filter(|entry| entry.name == name).for_each(|entry| entry.state = PrefixState::Open);
    }

    /// Pages are rendered from `name` from now on; every other prefix is closed.
    pub fn switch_to(&mut self, name: &str) {
        name.clone_into(&mut self.active);
        self.close_unused();
    }

    /// Closes every prefix but the active one to doorbells; gives their names.
    pub fn close_unused(&mut self) -> Vec<String> {
        let unused = self.prefixes.iter_mut().filter(|entry| entry.name != self.active);
        unused
            .map(|entry| {
                entry.state = PrefixState::Draining;
                entry.name.clone()
            })
            .collect()
    }

    /// Forgets every prefix but the active one: their rows are gone. Their names are not given again.
    pub fn forget_unused(&mut self) {
        self.highest = self.highest_number();
        self.prefixes.retain(|entry| entry.name == self.active);
    }

    fn highest_number(&self) -> u64 {
        let numbers = self.prefixes.iter().filter_map(|entry| entry.name.strip_prefix('v')?.parse::<u64>().ok());
        numbers.max().unwrap_or(0).max(self.highest)
    }

    /// A name that no prefix has or had: one more than the highest number.
    #[must_use]
    pub fn fresh_name(&self) -> String {
        format!("v{}", self.highest_number() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doorbells_feed_the_fresh_prefix_between_its_opening_and_the_end_of_the_old_one() {
        let mut registry = Registry::first(1, "");
        let fed = |registry: &Registry| registry.fed().iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
        let fresh = registry.begin_prefix();
        assert_eq!(fed(&registry), ["v1"]);
        registry.open(&fresh);
        assert_eq!(fed(&registry), ["v1", "v2"]);
        assert_eq!(
            registry.fed_active_last().iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(),
            ["v2", "v1"]
        );
        registry.switch_to(&fresh);
        assert_eq!((fed(&registry), registry.active.as_str()), (vec!["v2".to_owned()], "v2"));
        assert_eq!(registry.close_unused(), ["v1"]);
        registry.forget_unused();
        assert_eq!(registry.prefixes.len(), 1);
    }

    #[test]
    fn a_name_is_never_given_twice() {
        let mut registry = Registry::first(1, "");
        assert_eq!(registry.begin_prefix(), "v2");
        registry.close_unused();
        registry.forget_unused();
        assert_eq!(registry.begin_prefix(), "v3");
    }
}
