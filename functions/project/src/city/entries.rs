//! Entries of lists.

use domain::document::Form;
use pages::{Entry, FormNote};
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
            form: form(entry.form, &entry.summary),
        })
        .collect()
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
