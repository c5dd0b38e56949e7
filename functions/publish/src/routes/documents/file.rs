//! `GET /documents/{id}/files/{file}`.

use axum::{Json, extract::State};
use command::{Caller, openapi::ReadProblems};
use domain::document::{BodyHash, Document};
use gateway::{PathParams, Problem};

use super::{review::may_read, target::document_id};
use crate::{
    attachments::files_of,
    problems::FILE_NOT_FOUND,
    refusal::Refusal,
    routes::files::{FileView, looked_at},
    state::PublishState,
};

/// Tells what a file of a document is, and an address at which it can be looked at for five minutes (who may read the document).
#[utoipa::path(get, operation_id = "read_document_file", path = "/documents/{id}/files/{file}", tag = "documents",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ("file" = String, Path, description = "Its name.", pattern = "^[0-9a-f]{64}$")),
    responses((status = 200, description = "The file.", body = FileView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParams(id, file): PathParams,
) -> Result<Json<FileView>, Refusal> {
    let (document, _, _) = state.ledger.read::<Document>(&document_id(&id)?.stream()).await?;
    may_read(&state, &caller.staff, &document).await?;
    let missing = || Problem::plain(&FILE_NOT_FOUND);
    let hash = BodyHash::try_from(file).map_err(|_| missing())?;
    let files = files_of(&document);
    looked_at(&state, files.get(&hash).ok_or_else(missing)?).await
}
