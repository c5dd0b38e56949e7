//! What was found.

use std::collections::BTreeMap;

use crate::{cursor::Cursor, facet::Facet, hit::Hit, reading::Reading};

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Documents that fit text and filters, on all pages together.
    pub total: u64,
    /// This page of them.
    pub hits: Vec<Hit>,
    /// For each facet, its values and how many documents would be found if the filter of this facet asked for that value alone: filters
    /// of the other facets count. The largest first, [`Answer::VALUES`] of them; values that are asked for are never dropped.
    pub facets: BTreeMap<Facet, Vec<(String, u64)>>,
    /// How the text was understood.
    pub reading: Reading,
    /// What may have been meant, where nothing was found.
    pub did_you_mean: Vec<String>,
    /// Where the next page begins; none after the last.
    pub next: Option<Cursor>,
    /// The index that answered: it only grows.
    pub counter: u64,
}

impl Answer {
    /// Values of a facet that are told.
    pub const VALUES: usize = 100;
}
