//! Finds the best and counts the rest, in one pass.

mod segment;

use std::collections::BTreeMap;

use tantivy::{DocAddress, Searcher, query::EnableScoring};

use self::segment::SegmentCount;
use super::{AskError, error::in_time, loaded::Loaded};
use crate::{answer::Answer, cursor::Place, deadline::Deadline, facet::Facet, filters::Filters};

/// Finds the best and counts the rest, in one pass over what has the words.
///
/// A document that fails the filter of one facet only counts in that facet; one that fails none counts in every facet and is a hit.
pub(crate) struct Count<'a> {
    pub(crate) loaded: &'a Loaded,
    pub(crate) filters: &'a Filters,
    /// Leaves out what was not in force on this day.
    pub(crate) on: Option<i64>,
    /// Only what comes after this place is among the best.
    pub(crate) after: Option<&'a Place>,
    /// Whether what fits better comes first.
    pub(crate) ranked: bool,
    /// Whether words say how well a document fits.
    pub(crate) scored: bool,
    /// How many of the best are kept.
    pub(crate) most: usize,
    pub(crate) deadline: &'a dyn Deadline,
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// Documents that have the words.
    pub(crate) matched: u64,
    /// Those of them that pass the filters.
    pub(crate) total: u64,
    /// The best of these, in order.
    pub(crate) best: Vec<(Place, DocAddress)>,
    /// For each facet, in the order of [`Facet::ALL`], how many have each of its names.
    counts: Vec<Vec<u64>>,
}

impl Count<'_> {
    /// Goes over what `wanted` finds.
    ///
    /// # Errors
    /// The index cannot be read, or nobody waits any more.
    pub(crate) fn run(&self, searcher: &Searcher, wanted: &dyn tantivy::query::Query) -> Result<Found, AskError> {
        let scoring = match self.scored {
            true => EnableScoring::enabled_from_searcher(searcher),
            false => EnableScoring::disabled_from_searcher(searcher),
        };
        let weight = wanted.weight(scoring)?;
        let counts = self.loaded.names.iter().map(|names| vec![0; names.all.len()]).collect();
        let mut found = Found { counts, ..Found::default() };
        for (at, (segment, columns)) in searcher.segment_readers().iter().zip(&self.loaded.segments).enumerate() {
            in_time(self.deadline)?;
            let mut scorer = weight.scorer(segment, 1.0)?;
            let mut count = SegmentCount::new(self, columns)?;
            count.run(scorer.as_mut(), segment.alive_bitset())?;
            found.matched += count.matched();
            found.total += count.total();
            for ((names, all), counts) in self.loaded.names.iter().zip(&mut found.counts).zip(count.counts()) {
                names.add(at, counts, all);
            }
            let ord = u32::try_from(at).unwrap_or(u32::MAX);
            found.best.extend(count.best()?.into_iter().map(|(place, doc)| (place, DocAddress::new(ord, doc))));
        }
        found.best.sort_by(|(left, _), (right, _)| right.cmp(left));
        found.best.truncate(self.most);
        Ok(found)
    }
}

impl Found {
    /// The values of each facet, the largest first.
    pub(crate) fn facets(&self, loaded: &Loaded, filters: &Filters) -> BTreeMap<Facet, Vec<(String, u64)>> {
        let counted = Facet::ALL.into_iter().zip(loaded.names.iter().zip(&self.counts));
        counted
            .map(|(facet, (names, counts))| {
                let counted = names.all.iter().zip(counts.iter().copied()).filter(|(_, count)| *count > 0);
                (facet, largest(facet, counted.map(|(name, count)| (name.as_ref(), count)).collect(), filters))
            })
            .collect()
    }
}

/// The largest of counts, whose names have their order, and those that are asked for.
fn largest(facet: Facet, mut counted: Vec<(&str, u64)>, filters: &Filters) -> Vec<(String, u64)> {
    // Of equal counts the names keep their order.
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rest = counted.split_off(counted.len().min(Answer::VALUES));
    let wanted = filters.wanted(facet);
    counted.extend(rest.into_iter().filter(|(name, _)| wanted.is_some_and(|wanted| wanted.contains(*name))));
    counted.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}
