//! Finds the best and counts the rest, in one pass.

mod segment;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tantivy::{DocAddress, SegmentOrdinal, SegmentReader, collector::Collector};

use self::segment::{Part, SegmentCount};
use super::columns::Columns;
use crate::{answer::Answer, cursor::Place, facet::Facet, filters::Filters};

/// Finds the best and counts the rest, in one pass over what has the words.
///
/// A document that fails the filter of one facet only counts in that facet; one that fails none counts in every facet and is a hit.
pub(crate) struct Count<'a> {
    /// Of each segment.
    pub(crate) columns: &'a [Arc<Columns>],
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
    /// In the order of [`Facet::ALL`].
    counts: Vec<HashMap<String, u64>>,
}

impl Collector for Count<'_> {
    type Fruit = tantivy::Result<Found>;
    type Child = SegmentCount;

    fn for_segment(&self, ord: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentCount> {
        let columns = self
            .columns
            .get(ord as usize)
            .ok_or_else(|| tantivy::TantivyError::InternalError("a segment without columns".to_owned()))?;
        SegmentCount::new(self, ord, Arc::clone(columns))
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, parts: Vec<tantivy::Result<Part>>) -> tantivy::Result<tantivy::Result<Found>> {
        let mut found = Found::default();
        found.counts.resize_with(Facet::ALL.len(), HashMap::new);
        for part in parts {
            let part = match part {
                Ok(part) => part,
                Err(error) => return Ok(Err(error)),
            };
            found.matched += part.matched;
            found.total += part.total;
            found.best.extend(part.best);
            for (all, these) in found.counts.iter_mut().zip(part.counts) {
                for (name, count) in these {
                    *all.entry(name).or_default() += count;
                }
            }
        }
        found.best.sort_by(|(left, _), (right, _)| right.cmp(left));
        found.best.truncate(self.most);
        Ok(Ok(found))
    }
}

impl Found {
    /// The values of each facet, the largest first.
    pub(crate) fn facets(&mut self, filters: &Filters) -> BTreeMap<Facet, Vec<(String, u64)>> {
        let counts = Facet::ALL.into_iter().zip(std::mem::take(&mut self.counts));
        counts.map(|(facet, counts)| (facet, largest(facet, counts, filters))).collect()
    }
}

fn largest(facet: Facet, counts: HashMap<String, u64>, filters: &Filters) -> Vec<(String, u64)> {
    let mut values: Vec<(String, u64)> = counts.into_iter().collect();
    values.sort_by(|(name, count), (other, others)| others.cmp(count).then_with(|| name.cmp(other)));
    let rest = values.split_off(values.len().min(Answer::VALUES));
    let wanted = filters.wanted(facet);
    values.extend(rest.into_iter().filter(|(name, _)| wanted.is_some_and(|wanted| wanted.contains(name))));
    values
}
