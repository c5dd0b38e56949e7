//! `POST /files`.

use axum::{extract::State, response::Response};
use command::{Caller, Checks};
use domain::StaffId;
use gateway::{Octets, QueryParams};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{FileView, taken_in};
use crate::{permission::may_take_in, refusal::Refusal, routes::responses::FileProblems, state::PublishState};

/// How the file is called where it comes from.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Name {
    /// Its name with its ending, which must fit what it is.
    #[param(example = "报名表.xlsx", min_length = 1, max_length = 200)]
    name: String,
}

/// The file itself.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its schema matters")]
pub(super) struct FileBytes(Vec<u8>);

/// Takes in a file of at most 4 MB (editor, migrator): its kind is found by looking at it, pictures are made anew without what cameras write into them.
///
/// The same file again gets the same answer; no `Idempotency-Key` is needed.
#[utoipa::path(post, operation_id = "take_in_file", path = "/files", tag = "files", params(Name),
    request_body(content = FileBytes, content_type = "application/octet-stream"),
    responses((status = 200, description = "The file.", body = FileView), FileProblems))]
pub(crate) async fn take_in(
    State(state): State<PublishState>,
    caller: Caller,
    QueryParams(Name { name }): QueryParams<Name>,
    Octets(bytes): Octets,
) -> Result<Response, Refusal> {
    may_take_in(&caller.staff)?;
    let mut checks = Checks::default();
    let Some(name) = checks.line::<200>("/name", &name) else { return Err(checks.refusal()) };
    taken_in(&state, &StaffId::of(&caller.actor), name.into(), bytes.to_vec()).await
}
