//! `GET /{id}/readings`: who opened it, and why.

use axum::{extract::State, response::Response};
use command::{Before, Caller, listed, openapi::PartProblems};
use gateway::{PathParam, QueryParams};
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
    /// The readings, newest first: the newest 200, or the 200 before the one that was asked for.
    readings: Vec<ReadingView>,
    /// What `before` asks for the readings before these by; absent if these end with the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<u64>,
}

/// Lists who opened a case, when, what of it and why (auditor).
///
/// In parts of 200 readings, the newest first.
#[utoipa::path(get, operation_id = "list_readings", path = "/{id}/readings", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), Before),
    responses((status = 200, description = "The readings.", body = Readings), PartProblems))]
pub(crate) async fn read<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    caller: Caller,
    PathParam(id): PathParam,
    QueryParams(before): QueryParams<Before>,
) -> Result<Response, C::Refusal> {
    let stream = target::stream::<K>(&id)?;
    let (readings, earlier) = readings::<_, K>(&state, &caller, &stream, &before).await?;
    Ok(listed(Readings { readings, earlier }))
}
