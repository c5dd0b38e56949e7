//! A document as its rows tell it.

use data_encoding::HEXLOWER;
use domain::document::{CatalogueClass, OriginalDate, RelationKind};
use jiff::civil::Date;
use search::Entry;
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
        (document.stream.strip_prefix("document:") == Some(id)).then(|| Self {
            id: id.to_owned(),
            entry,
            page,
            line,
            document,
        })
    }

    /// The document itself.
    pub(crate) fn document(&self) -> &DocumentPage {
        &self.document
    }

    /// Digest of all that its entry is made of, with the rows of documents that change it: texts lie under their hashes, which stand in rows.
    fn stamp(&self, changing: &[(RelationKind, Row)]) -> String {
        let mut digest = Sha256::new();
        for row in [&self.entry, &self.page].into_iter().chain(changing.iter().map(|(_, row)| row)) {
            digest.update(format!("{}\n{}\n{}\n", row.at.slice, row.at.key, row.version));
            digest.update(row.body.as_deref().unwrap_or_default());
            digest.update([0]);
        }
        let digest = digest.finalize();
        HEXLOWER.encode(digest.get(..16).unwrap_or_default())
    }

    /// The entry, with its text as a reader sees it; `changing` are the pages of documents that amend or repeal it.
    pub(crate) fn entry(self, body: String, changing: &[(RelationKind, Row)], later: &[Later]) -> Entry {
        let stamp = self.stamp(changing);
        let Self { id, entry, line, document, .. } = self;
        let day = OriginalDate::day_of(document.dated, document.public_at);
        let instant = instant(&document);
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
            class: catalogue.class.and_then(code),
            subject: catalogue.subject.map(String::from).or(arrived),
            genre: catalogue.genre.map(|genre| genre.code().to_owned()),
            terms: unique(terms),
            form: document.form.name().to_owned(),
            day,
            instant,
            force,
        }
    }
}

/// A class as events name it.
fn code(class: CatalogueClass) -> Option<String> {
    serde_json::to_value(class).ok()?.as_str().map(str::to_owned)
}

/// The instant that a document sorts by, Unix milliseconds.
fn instant(document: &DocumentPage) -> i64 {
    let begins = document.dated.map_or(Some(document.public_at), OriginalDate::begins);
    begins.map_or(i64::MIN, |begins| begins.as_millisecond())
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
