//! Rows of sharing: a column's entry for a document of another.

use domain::{
    shanghai,
    sharing::{Shared, Sharing},
};

use super::{
    document::archive_rows,
    rows::{SharedRow, SharingRow},
    slice,
};
use crate::{fold::RowSet, row::RowKey};

/// Rows of the state. The entry says which document it is; what is told of that one is its own row's.
pub(super) fn rows(state: &Sharing) -> RowSet {
    let mut rows = RowSet::default();
    let Some(shared) = &state.shared else { return rows };
    let Shared { document, column, archive, source, at } = shared;
    let (archive, instant) = (archive.slice(*at), shanghai::sortable(*at));
    let entry = SharedRow { shared: document.to_string(), source: source.to_string(), at: *at };
    // Never the key of the document's own entry, should it come to stand here.
    let place = format!("{archive}/{instant}/{document}/shared");
    rows.own(RowKey::new(slice::list(column.as_str()), place), &entry);
    let key = slice::shared_in(column.as_str(), &archive);
    rows.own(RowKey::new(slice::shared(document.as_str()), key), &SharingRow { since: *at });
    archive_rows(&mut rows, column, &archive);
    rows
}
