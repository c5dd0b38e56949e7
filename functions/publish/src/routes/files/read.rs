//! `GET /files/{file}`.

use std::time::Duration;

use access::{Action, Resource};
use axum::{Json, extract::State};
use domain::{document::BodyHash, staff::Scope};
use gateway::{PathParam, Problem};

use super::FileView;
use crate::{
    caller::{Caller, may},
    problems::FILE_NOT_FOUND,
    refusal::Refusal,
    routes::responses::ReadProblems,
    state::PublishState,
};

/// How long the address is good for.
const LASTS: Duration = Duration::from_secs(5 * 60);

/// Tells what a file is, and an address at which it can be looked at for five minutes (staff).
#[utoipa::path(get, operation_id = "read_file", path = "/files/{file}", tag = "files",
    params(("file" = String, Path, description = "Its name.", pattern = "^[0-9a-f]{64}$")),
    responses((status = 200, description = "The file.", body = FileView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(file): PathParam,
) -> Result<Json<FileView>, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let hash = BodyHash::try_from(file).map_err(|_| Problem::plain(&FILE_NOT_FOUND))?;
    let file = state.ledger.file(&hash).await?.ok_or_else(|| Problem::plain(&FILE_NOT_FOUND))?;
    let url = state.ledger.body_address(&hash, LASTS).await?;
    Ok(Json(FileView::of(&file).at(url)))
}
