//! `GET /messages/{id}`.

use axum::{extract::State, response::Response};
use command::{Caller, listed, openapi::ReadProblems};
use gateway::PathParam;

use super::view::{self, MessageView};
use crate::{refusal::Refusal, state::ReactState};

/// Reads a message, as it stands now (supervisor, administrator).
#[utoipa::path(get, operation_id = "read_message", path = "/messages/{id}", tag = "messages",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The message.", body = MessageView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<ReactState>,
    caller: Caller,
    PathParam(id): PathParam,
) -> Result<Response, Refusal> {
    let row = view::found(&state, &caller.staff, &view::id(&id)?).await?;
    Ok(listed(MessageView::of(&row)))
}
