//! What the search index has still to take in, and which generations of it there are.
//!
//! A document whose searched rows moved leaves a pending row for every generation that is fed: the live one, and the one that is built beside it
//! (PROTOCOLS.md, "Search"). The writer deletes a pending row if its token is unchanged. What moved without a doorbell before a rebuild leaves none: an index
//! walks over all documents whenever another prefix became active.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A generation of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexGeneration {
    /// Its number, which no other ever has.
    pub number: u64,
    /// Which code writes and reads it: fields and analysis of the texts.
    pub schema: u32,
}

/// Which generations of the index there are; each change is a compare-and-swap of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexRegistry {
    /// Counts the changes of this row.
    pub revision: u64,
    /// The generation that queries are answered from; none before the first is built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<IndexGeneration>,
    /// The generation that is being built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building: Option<IndexGeneration>,
    /// The generation that was live before, and since when it is no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<FormerGeneration>,
    /// Highest number a generation ever had.
    pub highest: u64,
}

/// A generation that another replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerGeneration {
    /// Its number.
    pub number: u64,
    /// Since when the other is live.
    pub since: Timestamp,
}

impl IndexRegistry {
    /// The generations that changes are left for, the one that is being built first.
    pub fn fed(&self) -> impl Iterator<Item = IndexGeneration> {
        self.building.into_iter().chain(self.live)
    }

    /// The registry with a fresh generation to be built by code of `schema`, instead of one that is being built.
    #[must_use]
    pub fn begun(&self, schema: u32) -> Self {
        let number = self.highest + 1;
        let building = Some(IndexGeneration { number, schema });
        Self { revision: self.revision + 1, building, highest: number, ..self.clone() }
    }

    /// The registry in which the generation that was being built answers queries, since `now`.
    #[must_use]
    pub fn switched(&self, now: Timestamp) -> Self {
        let former = self.live.map(|live| FormerGeneration { number: live.number, since: now });
        Self { revision: self.revision + 1, live: self.building.or(self.live), building: None, former, ..self.clone() }
    }
}

/// A document that the index has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Its id.
    pub document: String,
    /// Fresh at every mark.
    pub token: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_fed_from_its_beginning_and_its_number_never_comes_back() {
        let numbers = |registry: &IndexRegistry| registry.fed().map(|fed| fed.number).collect::<Vec<_>>();
        let first = IndexRegistry::default().begun(1);
        assert_eq!((first.live, numbers(&first)), (None, vec![1]));
        let live = first.switched(Timestamp::UNIX_EPOCH);
        assert_eq!(live.former, None);
        assert_eq!((live.live, live.building), (Some(IndexGeneration { number: 1, schema: 1 }), None));
        let again = live.begun(1).begun(2);
        assert_eq!((again.building, again.revision), (Some(IndexGeneration { number: 3, schema: 2 }), 4));
        assert_eq!(numbers(&again), [3, 1]);
        let now = again.switched(Timestamp::UNIX_EPOCH);
        assert_eq!((numbers(&now), now.former.map(|former| former.number)), (vec![3], Some(1)));
    }
}
