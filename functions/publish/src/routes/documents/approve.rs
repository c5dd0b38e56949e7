//! `POST /documents/{id}/approve`.

use access::Action;
use axum::{extract::State, response::Response};
use domain::document::{self, Document};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::{document_id, may, revision};
use crate::{
    envelope::{ChangeHeaders, Envelope},
    order::{carry_out, proceed},
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
    carry_out(&state, &order, async {
        let revision = revision(&body.value.revision)?;
        let permit = |standing: &Document| may(&state, order.envelope.staff(), Action::Approve, standing);
        proceed(&state, &order, permit, |standing, context| Ok(document::approve(standing, revision.clone(), context)?))
            .await
    })
    .await
}
