//! Entries of lists: a column's own documents, and those of others that it lists under their source.

use domain::document::{Form, OriginalDate};
use jiff::Timestamp;
use pages::{Dated, Entry, FormNote};
use views::{
    Read, Reads, Row,
    city::{EntryRow, SharedRow, slice},
};

use super::{Addresses, Composed};

/// A live entry of a list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// The document's id.
    pub(super) id: String,
    /// What is told of the document.
    pub(super) entry: EntryRow,
    /// Where it comes from and since when it is listed, if its own list is another.
    pub(super) shared: Option<SharedRow>,
}

impl Listed {
    /// An entry of the document's own list: its id ends the row's key.
    fn own(row: &Row) -> Option<Self> {
        let id = row.at.key.rsplit('/').next().unwrap_or_default().to_owned();
        Some(Self { id, entry: row.content()?, shared: None })
    }

    /// The day it goes by in this list: a shared one by the instant at which it was shared.
    pub(super) fn dated(&self) -> (Option<OriginalDate>, Timestamp) {
        match &self.shared {
            None => (self.entry.dated, self.entry.public_at),
            Some(shared) => (None, shared.at),
        }
    }
}

/// The live entries of a column's `rows` in their order. A shared document has none while it is not public, in a later public life, and in the column it stands in itself.
pub(super) fn listed<'a>(column: &str, rows: impl Iterator<Item = &'a Row>, reads: &Reads) -> Composed<Vec<Listed>> {
    let mut listed = Vec::new();
    for row in rows {
        if let Some(own) = Listed::own(row) {
            listed.push(own);
        } else if let Some(shared) = row.content::<SharedRow>() {
            let source = reads.row(Read::row(slice::document(&shared.shared), slice::ENTRY))?;
            let Some(entry) = source.and_then(Row::content::<EntryRow>) else { continue };
            if entry.column().as_deref() != Some(column) && entry.public_at == shared.public_at {
                listed.push(Listed { id: shared.shared.clone(), entry, shared: Some(shared) });
            }
        }
    }
    Ok(listed)
}

/// The same as pages of `site` show them.
pub(super) fn of_column<'a>(
    addresses: &Addresses,
    site: &str,
    column: &str,
    rows: impl Iterator<Item = &'a Row>,
    reads: &Reads,
) -> Composed<Vec<Entry>> {
    Ok(listed(column, rows, reads)?.into_iter().map(|listed| shown(addresses, site, listed)).collect())
}

/// The live entries of a department's `rows` in their order, as seen from a page of `site`.
pub(super) fn of<'a>(addresses: &Addresses, site: &str, rows: impl Iterator<Item = &'a Row>) -> Vec<Entry> {
    rows.filter_map(Listed::own).map(|listed| shown(addresses, site, listed)).collect()
}

fn shown(addresses: &Addresses, site: &str, listed: Listed) -> Entry {
    let (dated, at) = listed.dated();
    let entry = listed.entry;
    Entry {
        url: addresses.seen_from(site, &entry.site, &entry.path),
        title: entry.title,
        dated: Dated::of(dated, at),
        document_number: entry.document_number,
        source: listed.shared.map(|shared| if entry.source.is_empty() { shared.department } else { entry.source }),
        form: form(entry.form, &entry.summary),
    }
}

/// What a document is beside a text, as pages tell it.
pub(super) fn form(form: Form, summary: &str) -> FormNote {
    match form {
        Form::Article => FormNote::Article,
        Form::Question { reviewed_on } => FormNote::Question { answer: summary.to_owned(), reviewed_on },
        Form::Leader { post, duties } => FormNote::Leader { post: post.into(), duties: duties.into() },
        Form::Link { address } => FormNote::Link { host: address.host().to_owned(), address: address.into() },
        Form::File => FormNote::File,
        Form::Pictures => FormNote::Pictures,
        Form::Film => FormNote::Film,
    }
}
