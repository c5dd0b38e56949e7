//! What the views hold.

use std::collections::BTreeMap;

use domain::StreamId;

use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    snapshot::Snapshot,
    store::{CHECKPOINT, Prefix},
};

/// Slice of the repair's low-water day, which follows from no event.
const LOW_WATER: &str = "low-water";

/// The stored rows of a prefix, and how far each stream is.
#[derive(Debug, Default)]
pub(super) struct Stored {
    pub(super) rows: Snapshot,
    checkpoints: BTreeMap<String, u64>,
}

impl Stored {
    /// How far a stream is; 0 where it has no checkpoint.
    pub(super) fn checkpoint(&self, stream: &StreamId) -> u64 {
        self.checkpoints.get(stream.as_str()).copied().unwrap_or(0)
    }
}

impl<P: Projection> Worker<P> {
    /// Reads every row of a prefix.
    pub(super) async fn stored_rows(&self, prefix: &Prefix) -> Result<Stored, WorkerError> {
        let mut stored = Stored::default();
        let mut rows = self.views.scan_rows(prefix);
        while let Some(row) = rows.recv().await {
            let row = row?;
            match row.at.slice.strip_prefix(CHECKPOINT) {
                Some(stream) => drop(stored.checkpoints.insert(stream.to_owned(), row.version)),
                None if row.at.slice == LOW_WATER => {}
                None => stored.rows.insert(row),
            }
        }
        Ok(stored)
    }
}
