//! `POST /corrections/{id}/open`: what its reader wrote.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use casework::{OpenedCase, opened};
use command::{Caller, openapi::FoundProblems};
use domain::correction::Correction;
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target;
use crate::{refusal::Refusal, state::LetterState};

/// Why a case is opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenCase {
    /// Why, 1–200 characters; it is recorded.
    #[schema(min_length = 1, max_length = 200, example = "核实并答复")]
    reason: String,
}

/// Opens an error report: what its reader wrote, who he is as far as he told, and the notes (handler, supervisor).
///
/// Who opens it, when and why is recorded before anything is decrypted, each time; without a record nothing is opened. A POST, since it leaves a record; it needs no idempotency key, for opening twice is reading twice.
#[utoipa::path(post, operation_id = "open_correction", path = "/corrections/{id}/open", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")), request_body = OpenCase,
    responses((status = 200, description = "What was written.", body = OpenedCase), (status = 400, description = "Bad Request", body = Problem, content_type = "application/problem+json"), (status = 410, description = "Gone", body = Problem, content_type = "application/problem+json"), (status = 413, description = "Payload Too Large", body = Problem, content_type = "application/problem+json"), (status = 415, description = "Unsupported Media Type", body = Problem, content_type = "application/problem+json"), FoundProblems))]
pub(crate) async fn open(
    State(state): State<LetterState>,
    caller: Caller,
    PathParam(id): PathParam,
    body: Body<OpenCase>,
) -> Result<Response, Refusal> {
    let stream = target::report(&id)?;
    let why = target::reason(&body.value.reason)?;
    let opened: OpenedCase = opened::<_, Correction>(&state, &caller, &stream, why, frontdoor::forms::get).await?;
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(opened)).into_response())
}
