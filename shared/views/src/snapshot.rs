//! All rows of a prefix in memory: what a page pass and a verification read from.

use std::collections::BTreeMap;

use crate::{
    incremental::WorkerError,
    reads::Read,
    row::{Row, RowKey},
    store::{CHECKPOINT, Prefix, Views},
};

/// Rows by slice and key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Snapshot {
    slices: BTreeMap<String, BTreeMap<String, Row>>,
}

impl Snapshot {
    /// Reads every row of a prefix, checkpoints apart.
    pub(crate) async fn of(views: &Views, prefix: &Prefix) -> Result<Self, WorkerError> {
        let mut snapshot = Self::default();
        let mut rows = views.scan_rows(prefix);
        while let Some(row) = rows.recv().await {
            snapshot.insert(row?);
        }
        Ok(snapshot)
    }

    /// Takes in a row; of two at one key the newer stays.
    pub(crate) fn insert(&mut self, row: Row) {
        if row.at.slice.starts_with(CHECKPOINT) {
            return;
        }
        let slice = self.slices.entry(row.at.slice.clone()).or_default();
        let newer = slice.get(&row.at.key).is_none_or(|old| old.version < row.version);
        if newer {
            slice.insert(row.at.key.clone(), row);
        }
    }

    /// Puts what was read later in the place of what is known of a key.
    pub(crate) fn replace(&mut self, at: &RowKey, now: Option<Row>) {
        if let Some(slice) = self.slices.get_mut(&at.slice) {
            slice.remove(&at.key);
        }
        if let Some(row) = now {
            self.insert(row);
        }
    }

    /// Every row, in order of slice and key.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.slices.values().flat_map(BTreeMap::values)
    }

    /// The row at a key.
    pub(crate) fn get(&self, at: &RowKey) -> Option<&Row> {
        self.slices.get(&at.slice)?.get(&at.key)
    }

    /// Answers a read of rows as the table would.
    pub(crate) fn read(&self, read: &Read) -> Vec<Row> {
        match read {
            Read::Row(at) => self.get(at).cloned().into_iter().collect(),
            Read::Range { slice, prefix } => self
                .slices
                .get(slice)
                .into_iter()
                .flat_map(|rows| rows.range(prefix.clone()..))
                .take_while(|(key, _)| key.starts_with(prefix.as_str()))
                .map(|(_, row)| row.clone())
                .collect(),
            Read::Newest { slice, live } => {
                let mut left = *live;
                let newest = self.slices.get(slice).into_iter().flat_map(|rows| rows.values().rev());
                newest
                    .take_while(|row| {
                        let wanted = left > 0;
                        left -= usize::from(wanted && row.is_live());
                        wanted
                    })
                    .cloned()
                    .collect()
            }
            Read::Body(_) => Vec::new(),
        }
    }
}
