//! `POST /documents/{id}/submit`.

use access::Action;
use axum::{extract::State, response::Response};
use domain::document::{self, Document};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::{document_id, may};
use crate::{
    envelope::{ChangeHeaders, Envelope},
    order::{carry_out, proceed},
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
    let permit = |standing: &Document| may(&state, order.envelope.staff(), Action::Submit, standing);
    carry_out(
        &state,
        &order,
        proceed(&state, &order, permit, |standing, context| Ok(document::submit(standing, context)?)),
    )
    .await
}
