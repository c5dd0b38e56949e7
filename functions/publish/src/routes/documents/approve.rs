//! `POST /documents/{id}/approve`.

use access::Action;
use axum::{extract::State, response::Response};
use domain::document;
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    act::act,
    target::{document_id, revision},
};
use crate::{
    envelope::{ChangeHeaders, Envelope},
    refusal::Refusal,
    routes::responses::Changed,
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/approve";

/// Which revision is approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Approve {
    /// The revision that was read: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
}

/// Approves exactly this revision; nobody approves what he edited (reviewer).
#[utoipa::path(post, operation_id = "approve_draft", path = "/documents/{id}/approve", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = Approve, responses(Changed))]
pub(crate) async fn approve(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<Approve>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    act(&state, &order, Action::Approve, revision(&body.value.revision), |standing, revision, context| {
        document::approve(standing, revision.clone(), context)
    })
    .await
}
