//! `GET /cases`: what is to be answered, whatever kind it is of.

use axum::{extract::State, response::Response};
use casework::{CaseList, Wanted, routes::listed_cases};
use command::{Caller, openapi::QueryProblems};
use gateway::QueryParams;

use crate::{LetterState, refusal::Refusal};

/// Lists cases of every kind that are to be answered, error reports and applications for information: by the caller, or by a department (handler, supervisor, auditor).
///
/// What is late or owed first stands first. No word of what anybody wrote is in it. From the views, which follow an accepted command within moments.
#[utoipa::path(get, operation_id = "list_cases", path = "/cases", tag = "cases", params(Wanted),
    responses((status = 200, description = "The cases.", body = CaseList), QueryProblems))]
pub(crate) async fn list(
    State(state): State<LetterState>,
    caller: Caller,
    QueryParams(wanted): QueryParams<Wanted>,
) -> Result<Response, Refusal> {
    listed_cases(&state, &caller, &wanted, None).await
}
