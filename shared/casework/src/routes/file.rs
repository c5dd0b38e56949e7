//! `POST /{id}/files/{file}`: a file of a case.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use command::{Caller, openapi::FoundProblems};
use gateway::{Body, PathParams, Problem};
use utoipa::ToSchema;

use super::open::OpenCase;
use crate::{
    files::handed_out,
    function::{Capability, CaseState},
    target,
    words::Words,
};

/// A file, with the media type of its kind.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its schema matters")]
pub(crate) struct CaseFileBytes(Vec<u8>);

/// Hands out a file of a case (handler, supervisor).
///
/// Who reads it, when and why is recorded before it is decrypted, each time. A POST, since it leaves a record; it needs no idempotency key, for reading twice is reading twice. It is to be saved, not shown.
#[utoipa::path(post, operation_id = "open_file", path = "/{id}/files/{file}", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ("file" = String, Path, description = "Its name in the case.", pattern = "^file-([1-9][0-9]?|[a-z2-7]{13})$")), request_body = OpenCase,
    responses((status = 200, description = "The file, with the media type of its kind.", body = CaseFileBytes, content_type = "application/octet-stream"), (status = 400, description = "Bad Request", body = Problem, content_type = "application/problem+json"), (status = 410, description = "Gone", body = Problem, content_type = "application/problem+json"), (status = 413, description = "Payload Too Large", body = Problem, content_type = "application/problem+json"), (status = 415, description = "Unsupported Media Type", body = Problem, content_type = "application/problem+json"), FoundProblems))]
pub(crate) async fn open<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    caller: Caller,
    PathParams(id, file): PathParams,
    body: Body<OpenCase>,
) -> Result<Response, C::Refusal> {
    let stream = target::stream::<K>(&id)?;
    let why = target::line("/reason", &body.value.reason)?;
    Ok(handed_out::<_, K>(&state, &caller, &stream, &file, why).await?.into_response())
}
