//! The document that a request is about, and what it says of it.

use command::Checks;
use domain::{DocumentId, document::RevisionHash, path::Slug};
use gateway::Problem;

use crate::{problems::DOCUMENT_NOT_FOUND, refusal::Refusal};

/// An id in a path; one of another shape names nothing.
pub(in crate::routes) fn document_id(text: &str) -> Result<DocumentId, Problem> {
    text.parse().map_err(|_| Problem::plain(&DOCUMENT_NOT_FOUND))
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
