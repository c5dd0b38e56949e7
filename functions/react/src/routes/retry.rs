//! `POST /messages/{id}/retry`.

use axum::{extract::State, response::Response};
use command::{CreationHeaders, Envelope, Function, listed, openapi::problems};
use gateway::{Body, PathParam, Problem};
use outbox::Raising;
use serde::Deserialize;
use utoipa::{IntoResponses, ToSchema};

use super::view::{self, MessageView};
use crate::{
    problems::{MESSAGE_NOT_DEAD, MESSAGE_NOT_FOUND},
    refusal::Refusal,
    state::ReactState,
};

/// Part of requests' identities, so never renamed.
const ACTION: &str = "POST messages/{id}/retry";

/// Nothing more is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetryMessage {}

/// What this can fail with.
struct RetryProblems;

impl IntoResponses for RetryProblems {
    fn responses() -> command::openapi::Responses {
        problems(&[400, 401, 403, 404, 409, 413, 415, 422, 500, 503])
    }
}

/// Has a message sent again that could not be delivered (supervisor, administrator).
///
/// It is due at once and gets all its attempts anew; should they fail, its case tells so again. Sent again under the same key, this changes nothing.
#[utoipa::path(post, operation_id = "retry_message", path = "/messages/{id}/retry", tag = "messages",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), CreationHeaders), request_body = RetryMessage,
    responses((status = 200, description = "It is to be sent again.", body = MessageView), RetryProblems))]
pub(crate) async fn retry(
    State(state): State<ReactState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    _: Body<RetryMessage>,
) -> Result<Response, Refusal> {
    if let Some(problem) = envelope.sender.barred() {
        return Err(problem.into());
    }
    let id = view::id(&id)?;
    view::found(&state, envelope.staff(), &id).await?;
    let request = envelope.commit_id(ACTION, id.as_str());
    let raised = state.outbox().raise(&id, &envelope.sender.actor, request.as_str(), state.clock().now()).await?;
    match raised {
        Raising::Raised(row) => {
            tracing::info!(message = id.as_str(), round = row.round, "a message is to be sent again");
            Ok(listed(MessageView::of(&row)))
        }
        Raising::NotDead(_) => Err(Problem::plain(&MESSAGE_NOT_DEAD).into()),
        Raising::Unknown => Err(Problem::plain(&MESSAGE_NOT_FOUND).into()),
    }
}
