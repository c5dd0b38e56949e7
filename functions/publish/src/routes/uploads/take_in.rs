//! `POST /uploads/{upload}/take-in`.

use axum::{extract::State, response::Response};
use command::{Caller, Checks};
use domain::{StaffId, document::BodyHash};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    permission::may_take_in,
    problems::UPLOAD_NOT_FOUND,
    refusal::Refusal,
    routes::{
        files::{FileView, taken_in},
        responses::FileProblems,
    },
    state::PublishState,
};

/// How the file is called where it comes from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeIn {
    /// Its name with its ending, which must fit what it is.
    #[schema(example = "规划图.pdf", min_length = 1, max_length = 200)]
    name: String,
}

/// Takes in what was sent to quarantine (who opened the upload): as `POST /files`, of at most 32 MB.
///
/// It may be sent again: what was sent stays in quarantine for a day.
#[utoipa::path(post, operation_id = "take_in_upload", path = "/uploads/{upload}/take-in", tag = "files",
    params(("upload" = String, Path, description = "The upload's name.", pattern = "^[0-9a-f]{64}$")), request_body = TakeIn,
    responses((status = 200, description = "The file.", body = FileView), FileProblems))]
pub(crate) async fn take_in(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(upload): PathParam,
    body: Body<TakeIn>,
) -> Result<Response, Refusal> {
    may_take_in(&caller.staff)?;
    let mut checks = Checks::default();
    let Some(name) = checks.line::<200>("/name", &body.value.name) else { return Err(checks.refusal()) };
    let hash = BodyHash::try_from(upload).map_err(|_| Problem::plain(&UPLOAD_NOT_FOUND))?;
    let staff = StaffId::of(&caller.actor);
    let bytes = state.quarantine.get(&staff, &hash).await?.ok_or_else(|| Problem::plain(&UPLOAD_NOT_FOUND))?;
    taken_in(&state, &staff, name.into(), bytes).await
}
