//! What a path and a body name.

use command::Checks;
use domain::{
    CaseId, StreamId,
    case::Kind,
    text::{Line, Prose, TextRefusal},
};
use gateway::Problem;

use crate::problems::CASE_NOT_FOUND;

/// The stream of the case with this id.
///
/// # Errors
/// It is no id.
pub fn stream<K: Kind>(id: &str) -> Result<StreamId, Problem> {
    let unknown = |_| Problem::plain(&CASE_NOT_FOUND);
    let id: CaseId = id.parse().map_err(unknown)?;
    id.stream(K::CATEGORY).map_err(unknown)
}

/// One line that a body gives under `pointer`.
///
/// # Errors
/// It is empty, too long, or no line.
pub fn line<const LIMIT: usize>(pointer: &str, text: &str) -> Result<Line<LIMIT>, Problem> {
    let mut checks = Checks::default();
    checks.line(pointer, text).ok_or_else(|| checks.problem())
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
