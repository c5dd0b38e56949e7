//! `POST /documents/{id}/submit`.

use access::Action;
use axum::{extract::State, response::Response};
use domain::document;
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{act::act, target::document_id};
use crate::{
    envelope::{ChangeHeaders, Envelope},
    refusal::Refusal,
    routes::responses::Changed,
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/submit";

/// Nothing more to say: an empty object.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Submit {}

/// Asks for review of the draft as it stands (editor).
#[utoipa::path(post, operation_id = "submit_draft", path = "/documents/{id}/submit", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = Submit, responses(Changed))]
pub(crate) async fn submit(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<Submit>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    act(&state, &order, Action::Submit, Ok(()), |standing, (), context| document::submit(standing, context)).await
}
