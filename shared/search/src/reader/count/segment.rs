//! The best and the counts of one segment.

use std::{cmp::Reverse, collections::BinaryHeap, io};

use tantivy::{DocId, Score, TERMINATED, fastfield::AliveBitSet, query::Scorer};

use super::{super::error::in_time, AskError, Count};
use crate::{cursor::Place, facet::Facet, known::Known, reader::columns::Columns};

/// Documents that are counted together, facet after facet, and between two looks at the clock.
const BLOCK: usize = 512;

/// Counts by the places of names in the segment's columns.
pub(crate) struct SegmentCount<'a> {
    count: &'a Count<'a>,
    columns: &'a Columns,
    /// For each facet that is filtered, its place in [`Facet::ALL`], and for each place of a name whether it is wanted.
    wanted: Vec<(usize, Vec<bool>)>,
    /// None of the best is better than this.
    before: Option<Key>,
    best: BinaryHeap<Reverse<(Key, DocId)>>,
    counts: Vec<Vec<u64>>,
    matched: u64,
    total: u64,
}

/// The order of a [`Place`] within the segment: the greater the better. The last part is the place of the id.
type Key = (u32, i64, Reverse<u64>);

impl<'a> SegmentCount<'a> {
    pub(super) fn new(count: &'a Count<'a>, columns: &'a Columns) -> Result<Self, AskError> {
        let mut wanted = Vec::new();
        let mut counts = Vec::new();
        for (at, (facet, places)) in Facet::ALL.iter().zip(&columns.facets).enumerate() {
            // One more for documents that have no name.
            counts.push(vec![0; places.names().len() + 1]);
            if let Some(values) = count.filters.wanted(*facet) {
                let mut is_wanted = vec![false; places.names().len() + 1];
                for place in values.iter().filter_map(|value| places.place(value)) {
                    is_wanted.get_mut(place).into_iter().for_each(|place| *place = true);
                }
                wanted.push((at, is_wanted));
            }
        }
        let before = count.after.map(|place| {
            let ids = columns.ids_up_to(&place.id)?;
            // The first id behind the place has this place itself: counted from zero.
            io::Result::Ok((place.rank, place.instant, ids))
        });
        let before = before.transpose()?.map(|(rank, instant, ids)| (rank, instant, Reverse(ids)));
        let best = BinaryHeap::with_capacity(count.most + 1);
        Ok(Self { count, columns, wanted, before, best, counts, matched: 0, total: 0 })
    }

    /// Goes over all documents of `scorer` that were not deleted.
    pub(super) fn run(&mut self, scorer: &mut dyn Scorer, alive: Option<&AliveBitSet>) -> Result<(), AskError> {
        let mut block: Vec<(DocId, Score)> = Vec::with_capacity(BLOCK);
        let mut hits: Vec<DocId> = Vec::with_capacity(BLOCK);
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            block.clear();
            while doc != TERMINATED && block.len() < BLOCK {
                // What every document scores where no word tells them apart.
                let score = if self.count.scored { scorer.score() } else { 1.0 };
                block.push((doc, score));
                doc = scorer.advance();
            }
            if let Some(alive) = alive {
                block.retain(|(doc, _)| alive.is_alive(*doc));
            }
            self.take_in(&block, &mut hits);
            in_time(self.count.deadline)?;
        }
        Ok(())
    }

    /// Takes in what has the words.
    fn take_in(&mut self, block: &[(DocId, Score)], hits: &mut Vec<DocId>) {
        hits.clear();
        self.matched += block.len() as u64;
        for (doc, score) in block {
            if self.count.on.is_some_and(|day| self.columns.in_force(*doc, day) == Known::No) {
                continue;
            }
            match self.failed(*doc) {
                Failed::None => {
                    hits.push(*doc);
                    self.offer(*doc, *score);
                }
                Failed::One(at) => {
                    if let (Some(places), Some(counts)) = (self.columns.facets.get(at), self.counts.get_mut(at)) {
                        places.count(&[*doc], counts);
                    }
                }
                Failed::More => {}
            }
        }
        self.total += hits.len() as u64;
        for (places, counts) in self.columns.facets.iter().zip(&mut self.counts) {
            places.count(hits, counts);
        }
    }

    /// The filters it fails: none, one, or more, of which nothing is told.
    fn failed(&self, doc: DocId) -> Failed {
        let mut failed = Failed::None;
        for (at, is_wanted) in &self.wanted {
            let mut has = false;
            if let Some(places) = self.columns.facets.get(*at) {
                places.of(doc, |place| has |= is_wanted.get(place).copied().unwrap_or_default());
            }
            failed = match (has, failed) {
                (true, failed) => failed,
                (false, Failed::None) => Failed::One(*at),
                (false, _) => return Failed::More,
            };
        }
        failed
    }

    fn offer(&mut self, doc: DocId, score: Score) {
        let rank = if self.count.ranked { (score * self.columns.standing(doc)).max(0.0).to_bits() } else { 0 };
        let worst = self.best.peek().filter(|_| self.best.len() >= self.count.most);
        // Most are worse already by their rank: nothing else of them is looked up.
        if worst.is_some_and(|Reverse(((worst, ..), _))| rank < *worst) {
            return;
        }
        let key = (rank, self.columns.instant(doc), Reverse(self.columns.id(doc)));
        if self.before.is_some_and(|before| key > before) {
            return;
        }
        self.best.push(Reverse((key, doc)));
        if self.best.len() > self.count.most {
            self.best.pop();
        }
    }

    /// Documents that have the words.
    pub(super) fn matched(&self) -> u64 {
        self.matched
    }

    /// Those of them that pass the filters.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// For each facet how many have each of its names, and how many none.
    pub(super) fn counts(&self) -> &[Vec<u64>] {
        &self.counts
    }

    /// The best, in no order.
    pub(super) fn best(self) -> Result<Vec<(Place, DocId)>, AskError> {
        let mut best: Vec<(Key, DocId)> = self.best.into_iter().map(|Reverse(found)| found).collect();
        best.sort_unstable_by_key(|((_, _, Reverse(id)), _)| *id);
        let ids = self.columns.ids(&best.iter().map(|((_, _, Reverse(id)), _)| *id).collect::<Vec<_>>())?;
        let place = |(((rank, instant, _), doc), id)| (Place { rank, instant, id }, doc);
        Ok(best.into_iter().zip(ids).map(place).collect())
    }
}

enum Failed {
    None,
    One(usize),
    More,
}
