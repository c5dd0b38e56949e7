//! What may happen between a column and a document of another.

use super::{event::SharingEvent, refusal::SharingRefusal, state::Sharing};
use crate::{
    aggregate::Context,
    column::Archive,
    id::{ColumnId, DocumentId},
    text::Line,
};

type Decision = Result<Vec<SharingEvent>, SharingRefusal>;

/// A public document as whoever shares it found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub document: DocumentId,
    /// The column it stands in itself.
    pub column: ColumnId,
    /// Where it comes from, as its readers are told.
    pub name: Line<60>,
}

/// Lists a public document of another column in `column`, whose archive is cut so; `source` is none where it is not public.
///
/// # Errors
/// It is not public, stands in this very column, or is listed there already.
pub fn share(state: &Sharing, source: Option<&Source>, column: ColumnId, archive: Archive, _: &Context) -> Decision {
    let source = source.ok_or(SharingRefusal::NotPublic)?;
    if source.column == column {
        return Err(SharingRefusal::OwnColumn { column });
    }
    if state.shared.is_some() {
        return Err(SharingRefusal::AlreadyShared);
    }
    let (document, source) = (source.document.clone(), source.name.clone());
    Ok(vec![SharingEvent::DocumentShared { document, column, archive, source }])
}

/// Takes the document from the column's list; it stays public where it stands.
///
/// # Errors
/// The column does not list it.
pub fn end(state: &Sharing, reason: Line<200>, _: &Context) -> Decision {
    match state.shared {
        Some(_) => Ok(vec![SharingEvent::SharingEnded { reason }]),
        None => Err(SharingRefusal::NotShared),
    }
}
