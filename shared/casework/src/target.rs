//! What a path and a body name.

use command::Checks;
use domain::{
    CaseId, StreamId,
    case::Kind,
    text::{Line, Prose, TextRefusal},
};
use gateway::{FieldError, Problem};
use vetting::personal_numbers;

use crate::problems::{CASE_NOT_FOUND, TEXT_PERSONAL};

/// The stream of the case with this id.
///
/// # Errors
/// It is no id.
pub fn stream<K: Kind>(id: &str) -> Result<StreamId, Problem> {
    let unknown = |_| Problem::plain(&CASE_NOT_FOUND);
    let id: CaseId = id.parse().map_err(unknown)?;
    id.stream(K::CATEGORY).map_err(unknown)
}

/// One line that a body gives under `pointer`, and that stands in the open for good: no key erases it.
///
/// # Errors
/// It is empty, too long, no line, or holds a number of a person.
pub fn line<const LIMIT: usize>(pointer: &str, text: &str) -> Result<Line<LIMIT>, Problem> {
    let mut checks = Checks::default();
    let line = checks.line(pointer, text).ok_or_else(|| checks.problem())?;
    nothing_personal(&[(pointer, text)])?;
    Ok(line)
}

/// Refuses personal numbers in what stands in the open: each by the pointer to where it was given.
///
/// # Errors
/// There is one.
pub fn nothing_personal(places: &[(&str, &str)]) -> Result<(), Problem> {
    let errors: Vec<FieldError> = places
        .iter()
        .flat_map(|(pointer, text)| personal_numbers(text).into_iter().map(move |found| (pointer, found)))
        .map(|(pointer, found)| FieldError {
            pointer: (*pointer).to_owned(),
            code: TEXT_PERSONAL.code.to_owned(),
            detail: format!("含有{}。", found.name),
            detail_en: format!("It holds a number of a person: {}.", found.rule),
            finding: None,
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Problem::plain(&TEXT_PERSONAL).with_errors(errors)) }
}

/// Paragraphs that a body gives under `pointer`; something has to stand in them.
///
/// # Errors
/// They are empty, or too long.
pub fn prose<const LIMIT: usize>(pointer: &str, text: &str) -> Result<Prose<LIMIT>, Problem> {
    let mut checks = Checks::default();
    let said: Option<Prose<LIMIT>> = checks.prose(pointer, text);
    if said.as_ref().is_some_and(|said| said.as_str().trim().is_empty()) {
        checks.text::<()>(pointer, Err(TextRefusal::Empty));
    }
    said.filter(|_| checks.passed()).ok_or_else(|| checks.problem())
}
