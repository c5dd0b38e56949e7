//! `GET /staff/{id}`.

use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, openapi::ReadProblems, versioned};
use domain::staff::Staff;
use gateway::{PathParam, Problem};

use super::{
    target::{may_see, staff_id},
    view::StaffView,
};
use crate::{problems::STAFF_NOT_FOUND, refusal::Refusal, state::PublishState};

/// Reads a member of staff: the person himself, and administrators and auditors of one of his scopes.
#[utoipa::path(get, operation_id = "read_staff", path = "/staff/{id}", tag = "staff", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The person.", body = StaffView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = staff_id(&id)?;
    let (person, version, _) = state.ledger.read::<Staff>(&id.stream()).await?;
    may_see(&state, &caller.actor, &caller.staff, &person)?;
    let view = StaffView::of(person, version).ok_or_else(|| Problem::plain(&STAFF_NOT_FOUND))?;
    Ok(versioned(&headers, version, view))
}
