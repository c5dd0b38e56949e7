//! `GET /`: what is to be answered.

use axum::{extract::State, response::Response};
use command::{Caller, listed, openapi::QueryProblems};
use gateway::QueryParams;

use crate::{
    function::{Capability, CaseState},
    queue::{CaseList, Wanted, by_number, queue},
    words::Words,
};

/// Lists cases of this kind that are to be answered: by the caller, or by a department (handler, supervisor, auditor).
///
/// What is late or owed first stands first; a page may hold fewer than asked for, since cases of other kinds stand between them. No word of what anybody wrote is in it. From the views, which follow an accepted command within moments.
#[utoipa::path(get, operation_id = "list_of_kind", path = "/", tag = "cases", params(Wanted),
    responses((status = 200, description = "The cases.", body = CaseList), QueryProblems))]
pub(crate) async fn list<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    caller: Caller,
    QueryParams(wanted): QueryParams<Wanted>,
) -> Result<Response, C::Refusal> {
    if let Some(number) = &wanted.number {
        return Ok(listed(by_number::<_, K>(&state, &caller, number).await?));
    }
    listed_cases(&state, &caller, &wanted, Some(K::CATEGORY)).await
}

/// The cases that are to be answered, of one kind or of all, as an answer.
///
/// # Errors
/// As of [`queue`].
pub async fn listed_cases<C: Capability>(
    state: &CaseState<C>,
    caller: &Caller,
    wanted: &Wanted,
    category: Option<&str>,
) -> Result<Response, C::Refusal> {
    Ok(listed(queue(state, caller, wanted, category).await?))
}
