//! Entries of lists.

use pages::Entry;
use views::{Row, city::EntryRow};

use super::{Addresses, document};

/// The live entries of `rows` in their order, as seen from a page of `site`.
pub(super) fn of<'a>(addresses: &Addresses, site: &str, rows: impl Iterator<Item = &'a Row>) -> Vec<Entry> {
    rows.filter_map(Row::content::<EntryRow>)
        .map(|entry| Entry {
            url: addresses.seen_from(site, &entry.site, &entry.path),
            title: entry.title,
            dated: document::dated(entry.dated, entry.public_at),
            document_number: entry.document_number,
            issuer: None,
        })
        .collect()
}
