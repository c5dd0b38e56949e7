//! When something may be read: when it can be recorded.

use super::{MOST_FIELDS, event::ReadingEvent, refusal::ReadingRefusal, state::Readings};
use crate::{
    aggregate::Context,
    id::{DepartmentCode, FieldName},
    text::Line,
};

/// Records that the actor opens `fields` by the key of `department`; each field once, in the order given.
///
/// Whether he may is not asked here: who asks for a record has been let in before.
///
/// # Errors
/// No field is named, or more than one reading opens.
pub fn record(
    _: &Readings,
    fields: &[FieldName],
    department: &DepartmentCode,
    why: &Line<200>,
    _: &Context,
) -> Result<Vec<ReadingEvent>, ReadingRefusal> {
    let mut named: Vec<FieldName> = Vec::new();
    for field in fields {
        if !named.contains(field) {
            named.push(field.clone());
        }
    }
    match named.len() {
        0 => Err(ReadingRefusal::Nothing),
        given if given > MOST_FIELDS => Err(ReadingRefusal::TooMany { given, limit: MOST_FIELDS }),
        _ => Ok(vec![ReadingEvent::CaseRead { fields: named, department: department.clone(), why: why.clone() }]),
    }
}
