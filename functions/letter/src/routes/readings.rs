//! `GET /corrections/{id}/readings`: who opened it, and why.

use axum::{extract::State, response::Response};
use casework::{ReadingView, readings};
use command::{Caller, listed, openapi::ReadProblems};
use domain::correction::Correction;
use gateway::PathParam;
use serde::Serialize;
use utoipa::ToSchema;

use super::target;
use crate::{refusal::Refusal, state::LetterState};

/// Readings of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Readings {
    /// The readings, newest first.
    readings: Vec<ReadingView>,
}

/// Lists who opened an error report, when, what of it and why (auditor).
#[utoipa::path(get, operation_id = "list_readings", path = "/corrections/{id}/readings", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The readings.", body = Readings), ReadProblems))]
pub(crate) async fn read(
    State(state): State<LetterState>,
    caller: Caller,
    PathParam(id): PathParam,
) -> Result<Response, Refusal> {
    let stream = target::report(&id)?;
    Ok(listed(Readings { readings: readings::<_, Correction>(&state, &caller, &stream).await? }))
}
