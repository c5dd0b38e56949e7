//! Fetches what a question will read, before it is read.

use std::{
    collections::{BTreeSet, HashSet},
    sync::{Mutex, PoisonError},
};

use tantivy::{SegmentReader, TantivyError, Term, query::Query, schema::IndexRecordOption};

use super::{Reader, error::AskError};
use crate::directory::in_parallel;

/// Terms that are remembered; then all are forgotten, and asked of the cache again.
const REMEMBERED: usize = 10_000;

/// Terms whose postings were fetched once: the cache has them, or reads them again one by one.
#[derive(Default)]
pub(super) struct Fetched(Mutex<HashSet<Term>>);

impl Fetched {
    /// Those of `terms` that were not fetched, each once.
    fn others(&self, terms: impl Iterator<Item = (Term, IndexRecordOption)>) -> Vec<(Term, IndexRecordOption)> {
        let fetched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = HashSet::new();
        terms.filter(|(term, _)| !fetched.contains(term) && seen.insert(term.clone())).collect()
    }

    fn remember(&self, terms: Vec<(Term, IndexRecordOption)>) {
        let mut fetched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if fetched.len() > REMEMBERED {
            fetched.clear();
        }
        fetched.extend(terms.into_iter().map(|(term, _)| term));
    }
}

impl Reader {
    /// Fetches the dictionaries and postings that `query` will read, of all segments at once: tantivy reads them one after the other, and
    /// each read is a round to the shelf.
    pub(super) fn fetch(&self, query: &dyn Query) -> Result<(), AskError> {
        let mut terms = Vec::new();
        query.query_terms(&mut |term, positions| {
            let option =
                if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
            terms.push((term.clone(), option));
        });
        self.fetch_terms(terms.into_iter())
    }

    pub(super) fn fetch_terms(&self, terms: impl Iterator<Item = (Term, IndexRecordOption)>) -> Result<(), AskError> {
        let terms = self.fetched.others(terms);
        let fields: BTreeSet<_> = terms.iter().map(|(term, _)| term.field()).collect();
        in_parallel(&self.of_segments(fields), |(segment, field)| segment.inverted_index(*field).map(drop))?;
        in_parallel(&self.of_segments(&terms), |(segment, (term, option))| {
            let index = segment.inverted_index(term.field())?;
            index.read_postings(term, *option).map(drop).map_err(TantivyError::from)
        })?;
        self.fetched.remember(terms);
        Ok(())
    }

    fn of_segments<T: Clone>(&self, items: impl IntoIterator<Item = T>) -> Vec<(&SegmentReader, T)> {
        let segments = self.searcher.segment_readers();
        items.into_iter().flat_map(|item| segments.iter().map(move |segment| (segment, item.clone()))).collect()
    }
}
