//! Which changes change anything.

use std::collections::BTreeMap;

use tantivy::{DocSet as _, Searcher, SegmentReader, TERMINATED, Term, columnar::Column, schema::IndexRecordOption};

use super::built::Report;
use crate::{change::Change, schema::Fields, stamp::Stamp};

/// The changes that change anything, and what became of the others.
pub(super) struct Settled {
    pub(super) changes: Vec<Effective>,
    pub(super) report: Report,
}

/// A change that changes something.
pub(super) struct Effective {
    pub(super) change: Change,
    /// Whether the document is indexed: only then is there something to delete, and a delete opens every segment.
    pub(super) replaces: bool,
}

/// What is indexed of a document.
struct Known {
    version: u64,
    stamp: Stamp,
}

/// The documents that are indexed.
pub(super) struct Indexed<'a> {
    segments: Vec<(&'a SegmentReader, Column<u64>, Column<u64>)>,
}

impl<'a> Indexed<'a> {
    pub(super) fn new(searcher: &'a Searcher) -> tantivy::Result<Self> {
        let columns = |segment: &'a SegmentReader| {
            let columns = segment.fast_fields();
            Ok((segment, columns.u64("version")?, columns.u64("stamp")?))
        };
        let segments = searcher.segment_readers().iter().map(columns).collect::<tantivy::Result<_>>()?;
        Ok(Self { segments })
    }

    fn find(&self, id: &str) -> tantivy::Result<Option<Known>> {
        let field = Fields::get().id;
        let term = Term::from_field_text(field, id);
        for (segment, versions, stamps) in &self.segments {
            let index = segment.inverted_index(field)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc)
                    && let (Some(version), Some(stamp)) = (versions.first(doc), stamps.first(doc))
                {
                    return Ok(Some(Known { version, stamp: Stamp(stamp) }));
                }
                doc = postings.advance();
            }
        }
        Ok(None)
    }
}

/// Sorts out which changes change anything.
pub(super) fn settle(changes: Vec<Change>, indexed: &Indexed<'_>) -> tantivy::Result<Settled> {
    let mut report = Report::default();
    let mut highest: BTreeMap<String, Change> = BTreeMap::new();
    for change in changes {
        let higher = highest.get(change.id()).is_some_and(|known| known.version() > change.version());
        let settled = if higher { Some(change) } else { highest.insert(change.id().to_owned(), change) };
        report.skipped += usize::from(settled.is_some());
    }
    let mut settled = Vec::new();
    for (id, change) in highest {
        let known = indexed.find(&id)?;
        let replaces = known.is_some();
        match (&change, known) {
            (_, Some(known)) if known.version > change.version() => report.refused.push(id),
            (Change::Upsert(entry), Some(known)) if known.stamp == entry.stamped() => report.skipped += 1,
            (Change::Remove { .. }, None) => report.skipped += 1,
            (Change::Upsert(_), _) => {
                report.upserted += 1;
                settled.push(Effective { change, replaces });
            }
            (Change::Remove { .. }, Some(_)) => {
                report.removed += 1;
                settled.push(Effective { change, replaces });
            }
        }
    }
    Ok(Settled { changes: settled, report })
}
