//! `GET /{id}/readings`: who opened it, and why.

use axum::{extract::State, response::Response};
use command::{Caller, listed, openapi::ReadProblems};
use gateway::PathParam;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    function::{Capability, CaseState},
    show::{ReadingView, readings},
    target,
    words::Words,
};

/// Readings of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Readings {
    /// The readings, newest first.
    readings: Vec<ReadingView>,
}

/// Lists who opened a case, when, what of it and why (auditor).
#[utoipa::path(get, operation_id = "list_readings", path = "/{id}/readings", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The readings.", body = Readings), ReadProblems))]
pub(crate) async fn read<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    caller: Caller,
    PathParam(id): PathParam,
) -> Result<Response, C::Refusal> {
    let stream = target::stream::<K>(&id)?;
    Ok(listed(Readings { readings: readings::<_, K>(&state, &caller, &stream).await? }))
}
