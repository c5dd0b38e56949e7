//! What a path names.

use casework::problems::CASE_NOT_FOUND;
use command::Checks;
use domain::{CaseId, StreamId, case::Kind, correction::Correction, text::Line};
use gateway::Problem;

use crate::refusal::Refusal;

/// The stream of the report with this id.
pub(super) fn report(id: &str) -> Result<StreamId, Refusal> {
    let unknown = |_| Refusal::from(Problem::plain(&CASE_NOT_FOUND));
    let id: CaseId = id.parse().map_err(unknown)?;
    id.stream(Correction::CATEGORY).map_err(unknown)
}

/// A reason that a body gives.
pub(super) fn reason<const LIMIT: usize>(text: &str) -> Result<Line<LIMIT>, Refusal> {
    let mut checks = Checks::default();
    checks.line("/reason", text).ok_or_else(|| checks.problem().into())
}
