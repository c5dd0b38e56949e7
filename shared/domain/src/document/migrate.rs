//! How a document of an older system comes in.

use super::{
    decide::Written,
    event::DocumentEvent,
    origin::{Amended, Origin, OriginalDate},
    refusal::DocumentRefusal,
    state::Document,
};
use crate::{
    aggregate::Context,
    column::Archive,
    id::{ColumnId, DepartmentCode, DocumentId},
    index_number::IndexNumber,
    path::{PagePath, Slug},
    shanghai,
};

/// A document of an older system, as it is to stand here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrate {
    /// The column it is to stand in.
    pub column: ColumnId,
    /// How the column's archive is cut.
    pub archive: Archive,
    /// Who answers for it, for good.
    pub department: DepartmentCode,
    /// Last part of its path; made from its id if none is given.
    pub slug: Option<Slug>,
    /// What it says.
    pub written: Written,
    /// The index number its source tells; it is given none here.
    pub index_number: Option<IndexNumber>,
    /// Where it comes from.
    pub origin: Origin,
    /// The version it amends.
    pub amends: Option<Amended>,
}

/// Makes a document of an older system public under its original date, without review: it was public before.
///
/// What came in once is not brought in again: the same record changes nothing, another content under the same key is for an editor to decide, four eyes
/// included (docs/adr/013).
///
/// # Errors
/// The record came in before; it amends itself, or names relations, which only a review can say; its day lies ahead, or before the year 1000.
pub fn migrate(state: &Document, command: Migrate, context: &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal> {
    let Migrate { column, archive, department, slug, written, index_number, origin, amends } = command;
    let document = DocumentId::migrated(&origin.system, origin.key.as_str());
    plausible(origin.date, context)?;
    if amends.as_ref().is_some_and(|amended| amended.document == document) {
        return Err(DocumentRefusal::RelatedToItself);
    }
    let slug = slug.unwrap_or_else(|| Slug::of_document(&document));
    let path = PagePath::of_day(&column, origin.date.day(), &slug);
    let Written { content, removed } = written;
    if !content.relations.is_empty() {
        return Err(DocumentRefusal::MigratedRelations);
    }
    let revision = content.revision();
    let migrated = DocumentEvent::DocumentMigrated {
        document,
        column,
        archive,
        department,
        path,
        content,
        revision,
        removed,
        index_number,
        origin: Box::new(origin),
        amends: amends.map(Box::new),
    };
    match (&state.id, &state.arrival) {
        (None, _) => Ok(vec![migrated]),
        (Some(_), Some(arrival)) if arrival.tells(&migrated) => Err(DocumentRefusal::Unchanged),
        (Some(_), _) => Err(DocumentRefusal::MigratedOtherwise),
    }
}

fn plausible(date: OriginalDate, context: &Context) -> Result<(), DocumentRefusal> {
    let Some(day) = date.day() else { return Ok(()) };
    let today = shanghai::local(context.now).date();
    if day > today || day.year() < 1000 { Err(DocumentRefusal::DateImplausible { day, today }) } else { Ok(()) }
}
