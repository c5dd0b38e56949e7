//! `GET /files/{file}`.

use axum::{Json, extract::State};
use command::{Caller, openapi::ReadProblems};
use domain::{StaffId, document::BodyHash};
use gateway::{PathParam, Problem};

use super::{FileView, looked_at};
use crate::{problems::FILE_NOT_FOUND, refusal::Refusal, state::PublishState};

/// Tells what a file is that the caller took in himself, and an address at which it can be looked at for five minutes.
#[utoipa::path(get, operation_id = "read_file", path = "/files/{file}", tag = "files",
    params(("file" = String, Path, description = "Its name.", pattern = "^[0-9a-f]{64}$")),
    responses((status = 200, description = "The file.", body = FileView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(file): PathParam,
) -> Result<Json<FileView>, Refusal> {
    let missing = || Problem::plain(&FILE_NOT_FOUND);
    let hash = BodyHash::try_from(file).map_err(|_| missing())?;
    let file = state.ledger.file(&hash, &StaffId::of(&caller.actor)).await?.ok_or_else(missing)?;
    looked_at(&state, &file).await
}
