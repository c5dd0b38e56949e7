//! The JSON beside a document's page.

use serde::Serialize;

use super::{Named, Published, page, url};
use crate::html::{body, filled, issuer, newest_first};
use crate::model::{ChangeNote, DocumentPage, Frame, OriginNote, VersionLink};
use crate::when::{When, iso};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Document<'a> {
    index_number: Option<&'a str>,
    document_number: Option<&'a str>,
    kind: Option<&'a str>,
    summary: Option<&'a str>,
    keywords: &'a [String],
    written_on: Option<String>,
    published: Published,
    source: Option<&'a str>,
    issuer: Option<&'a str>,
    department: Named<'a>,
    column: Named<'a>,
    body_html: String,
    notes: Vec<Note<'a>>,
    origin: Option<Origin<'a>>,
    amends: Option<Version<'a>>,
    amended_by: Vec<Version<'a>>,
}

#[derive(Serialize)]
struct Note<'a> {
    at: String,
    note: &'a str,
    version: u64,
}

impl<'a> From<&'a ChangeNote> for Note<'a> {
    fn from(note: &'a ChangeNote) -> Self {
        Self { at: When::from(note.at).machine, note: &note.note, version: note.version }
    }
}

#[derive(Serialize)]
struct Origin<'a> {
    name: &'a str,
    url: Option<String>,
    migrated_at: String,
    issuer: Option<&'a str>,
    subject: Option<&'a str>,
    validity: Option<&'a str>,
    history: &'a [String],
}

impl<'a> Origin<'a> {
    fn of(frame: &Frame, note: &'a OriginNote) -> Result<Self, RenderError> {
        Ok(Self {
            name: &note.name,
            url: filled(note.url.as_deref()).map(|address| url(frame, address)).transpose()?,
            migrated_at: When::from(note.migrated_at).machine,
            issuer: filled(note.issuer.as_deref()),
            subject: filled(note.subject.as_deref()),
            validity: filled(note.validity.as_deref()),
            history: &note.history,
        })
    }
}

#[derive(Serialize)]
struct Version<'a> {
    title: &'a str,
    url: String,
    published: Published,
}

impl<'a> Version<'a> {
    fn of(frame: &Frame, link: &'a VersionLink) -> Result<Self, RenderError> {
        Ok(Self { title: &link.title, url: url(frame, &link.url)?, published: link.dated.into() })
    }
}

/// Writes the JSON beside the page of one document.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn document(frame: &Frame, model: &DocumentPage) -> Result<Rendered, RenderError> {
    let document = Document {
        index_number: filled(Some(&model.index_number)),
        document_number: filled(model.document_number.as_deref()),
        kind: filled(Some(&model.kind)),
        summary: filled(Some(&model.summary)),
        keywords: &model.keywords,
        written_on: model.written_on.map(iso),
        published: model.dated.into(),
        source: filled(Some(&model.source)),
        issuer: issuer(model),
        department: Named::of(frame, &model.issuer)?,
        column: Named::of(frame, &model.column)?,
        body_html: body(model).0,
        notes: newest_first(&model.notes).into_iter().map(Note::from).collect(),
        origin: model.origin.as_ref().map(|note| Origin::of(frame, note)).transpose()?,
        amends: model.amends.as_ref().map(|link| Version::of(frame, link)).transpose()?,
        amended_by: model.amended_by.iter().map(|link| Version::of(frame, link)).collect::<Result<_, _>>()?,
    };
    page("document", frame, &model.title, document)
}
