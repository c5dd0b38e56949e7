//! `POST /{id}/open`: what its citizen wrote.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use command::{Caller, openapi::FoundProblems};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    function::{Capability, CaseState},
    show::{OpenedCase, opened},
    target,
    words::Words,
};

/// Why a case is opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenCase {
    /// Why, 1–200 characters; it is recorded.
    #[schema(min_length = 1, max_length = 200, example = "核实并答复")]
    pub(super) reason: String,
}

/// Opens a case: what its citizen wrote, who he is as far as he told, what was written to him and others, and the notes (handler, supervisor).
///
/// Who opens it, when and why is recorded before anything is decrypted, each time; without a record nothing is opened. A POST, since it leaves a record; it needs no idempotency key, for opening twice is reading twice.
#[utoipa::path(post, operation_id = "open_case", path = "/{id}/open", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")), request_body = OpenCase,
    responses((status = 200, description = "What was written.", body = OpenedCase), (status = 400, description = "Bad Request", body = Problem, content_type = "application/problem+json"), (status = 410, description = "Gone", body = Problem, content_type = "application/problem+json"), (status = 413, description = "Payload Too Large", body = Problem, content_type = "application/problem+json"), (status = 415, description = "Unsupported Media Type", body = Problem, content_type = "application/problem+json"), FoundProblems))]
pub(crate) async fn open<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    caller: Caller,
    PathParam(id): PathParam,
    body: Body<OpenCase>,
) -> Result<Response, C::Refusal> {
    let stream = target::stream::<K>(&id)?;
    let why = target::line("/reason", &body.value.reason)?;
    let opened: OpenedCase = opened::<_, K>(&state, &caller, &stream, why, frontdoor::forms::get).await?;
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(opened)).into_response())
}
