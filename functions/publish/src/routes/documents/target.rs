//! The document that a request is about, and whether its sender may.

use access::{Action, Resource};
use domain::{
    DocumentId,
    document::{Document, DocumentRefusal, RevisionHash},
    path::Slug,
    staff::Staff,
};
use gateway::Problem;

use crate::{caller, checks::Checks, problems::DOCUMENT_NOT_FOUND, refusal::Refusal, state::PublishState};

/// An id in a path; one of another shape names nothing.
pub(super) fn document_id(text: &str) -> Result<DocumentId, Problem> {
    text.parse().map_err(|_| Problem::plain(&DOCUMENT_NOT_FOUND))
}

/// Lets pass who may do `action` to `document`.
pub(super) fn may(state: &PublishState, staff: &Staff, action: Action, document: &Document) -> Result<(), Refusal> {
    let (Some(department), Some(column)) = (&document.department, &document.column) else {
        return Err(DocumentRefusal::NotDrafted.into());
    };
    caller::may(state, staff, action, &Resource::on(department, column.site()))
}

/// The revision that a reviewer names.
pub(super) fn revision(text: &str) -> Result<RevisionHash, Refusal> {
    let mut checks = Checks::default();
    match checks.converted("/revision", text) {
        Some(revision) => Ok(revision),
        None => Err(checks.refusal()),
    }
}

/// The last part of a path that a request gives, if it gives one.
pub(in crate::routes) fn slug(given: Option<&str>) -> Result<Option<Slug>, Refusal> {
    let Some(given) = given else {
        return Ok(None);
    };
    let mut checks = Checks::default();
    match checks.name("/slug", given) {
        Some(slug) => Ok(Some(slug)),
        None => Err(checks.refusal()),
    }
}
