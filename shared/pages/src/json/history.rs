//! The JSON beside the page of a document's public versions.

use serde::Serialize;

use super::{Named, Published, page};
use crate::html::filled;
use crate::model::{Changes, Frame, HistoryPage};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct History<'a> {
    document: Named<'a>,
    versions: Vec<Version<'a>>,
}

#[derive(Serialize)]
struct Version<'a> {
    number: u64,
    published: Published,
    note: Option<&'a str>,
    changes: Option<&'a Changes>,
}

/// Writes the JSON beside the page of a document's public versions, newest first.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn history(frame: &Frame, model: &HistoryPage) -> Result<Rendered, RenderError> {
    let versions = model.versions.iter().map(|version| Version {
        number: version.number,
        published: version.dated.into(),
        note: filled(version.note.as_deref()),
        changes: version.changes.as_ref(),
    });
    let history = History { document: Named::of(frame, &model.document)?, versions: versions.collect() };
    page("history", frame, &model.title, history)
}
