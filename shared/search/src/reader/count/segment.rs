//! The best and the counts of one segment.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    io,
    sync::Arc,
};

use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, collector::SegmentCollector};

use super::{Columns, Count};
use crate::{cursor::Place, facet::Facet, known::Known, reader::columns::names};

/// Counts by the places of names in the segment's dictionaries; names are looked up at the end.
pub(crate) struct SegmentCount {
    ord: SegmentOrdinal,
    columns: Arc<Columns>,
    /// For each facet that is filtered, its place in [`Facet::ALL`] and the sorted places of the names that are wanted.
    wanted: Vec<(usize, Vec<u64>)>,
    on: Option<i64>,
    /// None of the best is better than this.
    before: Option<Key>,
    ranked: bool,
    /// What every document scores where no word tells them apart.
    alike: Option<Score>,
    most: usize,
    best: BinaryHeap<Reverse<(Key, DocId)>>,
    counts: Vec<Vec<u64>>,
    matched: u64,
    total: u64,
}

/// The order of a [`Place`] within the segment: the greater the better. The last part is the place of the id.
type Key = (u32, i64, Reverse<u64>);

/// What one segment has.
pub(crate) struct Part {
    pub(super) matched: u64,
    pub(super) total: u64,
    pub(super) best: Vec<(Place, DocAddress)>,
    pub(super) counts: Vec<HashMap<String, u64>>,
}

impl SegmentCount {
    pub(super) fn new(count: &Count<'_>, ord: SegmentOrdinal, columns: Arc<Columns>) -> tantivy::Result<Self> {
        let mut wanted = Vec::new();
        let mut counts = Vec::new();
        for (at, (facet, column)) in Facet::ALL.iter().zip(&columns.facets).enumerate() {
            let names = column.as_ref().map_or(0, |column| column.dictionary().num_terms());
            counts.push(vec![0; names]);
            if let Some(values) = count.filters.wanted(*facet) {
                let mut ords = Vec::new();
                for value in values {
                    ords.extend(
                        column.as_ref().map(|column| column.dictionary().term_ord(value)).transpose()?.flatten(),
                    );
                }
                ords.sort_unstable();
                wanted.push((at, ords));
            }
        }
        let before = count.after.map(|place| {
            let ids = columns.ids_up_to(&place.id)?;
            // The first id behind the place has this place itself: counted from zero.
            io::Result::Ok((place.rank, place.instant, ids))
        });
        let before = before.transpose()?.map(|(rank, instant, ids)| (rank, instant, Reverse(ids)));
        Ok(Self {
            ord,
            wanted,
            on: count.on,
            before,
            ranked: count.ranked,
            alike: (!count.scored).then_some(1.0),
            most: count.most,
            best: BinaryHeap::with_capacity(count.most + 1),
            counts,
            columns,
            matched: 0,
            total: 0,
        })
    }

    /// The filters it fails: none, one, or more, of which nothing is told.
    fn failed(&self, doc: DocId) -> Failed {
        let mut failed = Failed::None;
        for (at, ords) in &self.wanted {
            let column = self.columns.facets.get(*at).and_then(Option::as_ref);
            let has = column
                .is_some_and(|column| column.ords().values_for_doc(doc).any(|ord| ords.binary_search(&ord).is_ok()));
            failed = match (has, failed) {
                (true, failed) => failed,
                (false, Failed::None) => Failed::One(*at),
                (false, _) => return Failed::More,
            };
        }
        failed
    }

    fn count(&mut self, at: usize, doc: DocId) {
        let (Some(Some(column)), Some(counts)) = (self.columns.facets.get(at), self.counts.get_mut(at)) else {
            return;
        };
        for ord in column.ords().values_for_doc(doc) {
            if let Some(count) = usize::try_from(ord).ok().and_then(|ord| counts.get_mut(ord)) {
                *count += 1;
            }
        }
    }

    fn offer(&mut self, doc: DocId, score: Score) {
        let score = self.alike.unwrap_or(score);
        let rank = if self.ranked { (score * self.columns.standing(doc)).max(0.0).to_bits() } else { 0 };
        let key = (rank, self.columns.instant(doc), Reverse(self.columns.id(doc)));
        if self.before.is_some_and(|before| key > before) {
            return;
        }
        self.best.push(Reverse((key, doc)));
        if self.best.len() > self.most {
            self.best.pop();
        }
    }

    fn part(self) -> tantivy::Result<Part> {
        let mut best: Vec<(Key, DocId)> = self.best.into_iter().map(|Reverse(found)| found).collect();
        best.sort_unstable_by_key(|((_, _, Reverse(id)), _)| *id);
        let ids = self.columns.ids(&best.iter().map(|((_, _, Reverse(id)), _)| *id).collect::<Vec<_>>())?;
        let places = best
            .into_iter()
            .zip(ids)
            .map(|(((rank, instant, _), doc), id)| (Place { rank, instant, id }, DocAddress::new(self.ord, doc)));
        let mut counts = Vec::with_capacity(self.counts.len());
        for (column, of_ords) in self.columns.facets.iter().zip(self.counts) {
            let counted: Vec<(u64, u64)> = (0..).zip(of_ords).filter(|(_, count)| *count > 0).collect();
            let ords: Vec<u64> = counted.iter().map(|(ord, _)| *ord).collect();
            let mut named = HashMap::with_capacity(counted.len());
            let mut counted = counted.into_iter();
            if let Some(column) = column {
                names(column, &ords, |name| {
                    named.extend(counted.next().map(|(_, count)| (name.to_owned(), count)));
                })?;
            }
            counts.push(named);
        }
        Ok(Part { matched: self.matched, total: self.total, best: places.collect(), counts })
    }
}

enum Failed {
    None,
    One(usize),
    More,
}

impl SegmentCollector for SegmentCount {
    type Fruit = tantivy::Result<Part>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.matched += 1;
        if self.on.is_some_and(|day| self.columns.in_force(doc, day) == Known::No) {
            return;
        }
        match self.failed(doc) {
            Failed::None => {
                self.total += 1;
                for at in 0..Facet::ALL.len() {
                    self.count(at, doc);
                }
                self.offer(doc, score);
            }
            Failed::One(at) => self.count(at, doc),
            Failed::More => {}
        }
    }

    fn harvest(self) -> tantivy::Result<Part> {
        self.part()
    }
}
