//! A document as its rows tell it.

use data_encoding::HEXLOWER;
use domain::{document::OriginalDate, shanghai};
use jiff::civil::Date;
use search::Entry;
use serde_json::Value;
use sha2::{Digest, Sha256};
use views::{
    Row,
    city::{DocumentPage, EntryRow, PageRow, Standing},
};

use crate::force::{self, Later};

/// A public document as its rows tell it, before its text is read.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    id: String,
    /// The row that queries compare with: its version is the entry's.
    entry: Row,
    /// The page that stands at its path.
    page: Row,
    line: EntryRow,
    document: DocumentPage,
}

/// The document whose page `row` is; none where it stands there no more.
pub(crate) fn standing(row: &Row) -> Option<DocumentPage> {
    match row.content::<PageRow>()?.standing {
        Some(Standing::Here(document)) => Some(*document),
        _ => None,
    }
}

impl Told {
    /// What the rows tell; none if they do not belong together: the document moves just now, and is left to the index again by that.
    pub(crate) fn of(id: &str, entry: Row, page: Row) -> Option<Self> {
        let (line, document) = (entry.content::<EntryRow>()?, standing(&page)?);
        (document.stream.strip_prefix("document:") == Some(id)).then(|| Self { id: id.to_owned(), entry, page, line, document })
    }

    /// The document itself.
    pub(crate) fn document(&self) -> &DocumentPage {
        &self.document
    }

    /// Digest of all that its entry is made of, with the rows of documents that change it: texts lie under their hashes, which stand in rows.
    pub(crate) fn stamp(&self, changing: &[Row]) -> String {
        let mut digest = Sha256::new();
        for row in [&self.entry, &self.page].into_iter().chain(changing) {
            digest.update(format!("{}\n{}\n{}\n", row.at.slice, row.at.key, row.version));
            digest.update(row.body.as_deref().unwrap_or_default());
            digest.update([0]);
        }
        let digest = digest.finalize();
        HEXLOWER.encode(digest.get(..16).unwrap_or_default())
    }

    /// The entry, with its text as a reader sees it.
    pub(crate) fn entry(self, stamp: String, body: String, later: &[Later]) -> Entry {
        let Self { id, entry, line, document, .. } = self;
        let (day, instant) = day(&document);
        let force = force::of(&document, &body, later);
        let catalogue = document.catalogue;
        let arrived = document.arrival.and_then(|arrival| arrival.subject);
        let terms = catalogue.terms.iter().map(ToString::to_string).chain(document.keywords);
        Entry {
            id,
            version: entry.version,
            stamp,
            site: line.site,
            column: document.column,
            department: document.department,
            title: document.title,
            summary: document.summary,
            body,
            document_number: document.document_number,
            index_number: Some(document.index_number).filter(|number| !number.is_empty()),
            class: catalogue.class.and_then(name),
            subject: catalogue.subject.map(String::from).or(arrived),
            genre: catalogue.genre.and_then(name),
            terms: unique(terms),
            form: form(&document.form),
            day,
            instant,
            force,
        }
    }
}

/// The name of a value as events have it.
fn name(value: impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// The day a document goes by, and the instant that it sorts by.
fn day(document: &DocumentPage) -> (Option<Date>, i64) {
    match document.dated {
        None => (Some(shanghai::local(document.public_at).date()), document.public_at.as_millisecond()),
        Some(dated) => (dated.day(), dated.begins().map_or(i64::MIN, |begins| begins.as_millisecond())),
    }
}

/// The name of what a document is beside a text, as events have it.
fn form(form: &domain::document::Form) -> String {
    let value = serde_json::to_value(form).unwrap_or_default();
    value.get("kind").and_then(Value::as_str).unwrap_or("article").to_owned()
}

fn unique(terms: impl Iterator<Item = String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::new();
    for term in terms {
        if !unique.contains(&term) {
            unique.push(term);
        }
    }
    unique
}

/// The day on which a version was adopted, where the source tells it.
pub(crate) fn version_day(dated: Option<OriginalDate>) -> Option<Date> {
    match dated {
        Some(OriginalDate::Version { day }) => Some(day),
        _ => None,
    }
}
