//! What the views hold.

use std::collections::BTreeMap;

use domain::StreamId;

use super::{Derived, Difference};
use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    reads::Read,
    row::RowKey,
    snapshot::Snapshot,
    store::{CHECKPOINT, Prefix},
};

/// Slice of the repair's low-water day, which follows from no event.
const LOW_WATER: &str = "low-water";

/// Rows that are read once more at most: more of them are no race.
const READ_AGAIN: usize = 1000;

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

    /// Reads rows once more that are not as the ledger says, each after the checkpoint of its stream; tells whether anything changed.
    ///
    /// A scan passes the rows of a batch one by one: it may have seen some of them before the batch, and its checkpoint after it.
    pub(super) async fn read_rows_again(
        &self,
        prefix: &Prefix,
        derived: &Derived,
        stored: &mut Stored,
        differences: &[Difference],
    ) -> Result<bool, WorkerError> {
        let mut changed = false;
        for difference in differences.iter().take(READ_AGAIN) {
            let Difference::Row { slice, key, .. } = difference else { continue };
            let at = RowKey::new(slice.as_str(), key.as_str());
            if let Some(stream) = derived.owners.get(&at) {
                let now = self.views.checkpoint(prefix, stream).await?;
                changed |= stored.checkpoints.insert(stream.to_string(), now).unwrap_or(0) != now;
            }
            let now = self.views.read(prefix, &Read::Row(at.clone())).await?.into_iter().next();
            changed |= now.as_ref() != stored.rows.get(&at);
            stored.rows.replace(&at, now);
        }
        Ok(changed)
    }
}
