//! `GET /cases`: what is to be answered.

use axum::{extract::State, response::Response};
use casework::{CaseList, Wanted, queue};
use command::{Caller, listed, openapi::QueryProblems};
use domain::{case::Kind, correction::Correction};
use gateway::QueryParams;

use crate::{refusal::Refusal, state::LetterState};

/// Lists error reports that are to be answered: by the caller, or by a department (handler, supervisor, auditor).
///
/// What is late or owed first stands first. No word of what anybody wrote is in it. From the views, which follow an accepted command within moments.
#[utoipa::path(get, operation_id = "list_cases", path = "/cases", tag = "cases", params(Wanted),
    responses((status = 200, description = "The cases.", body = CaseList), QueryProblems))]
pub(crate) async fn list(
    State(state): State<LetterState>,
    caller: Caller,
    QueryParams(wanted): QueryParams<Wanted>,
) -> Result<Response, Refusal> {
    Ok(listed(queue(&state, &caller, &wanted, Correction::CATEGORY).await?))
}
