//! `POST /documents/{id}/approve`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, openapi::Changed};
use domain::document;
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    act::act_in_column,
    review::may_review,
    target::{document_id, revision},
};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST documents/{id}/approve";

/// Which revision is approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Approve {
    /// The revision that was read: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
}

/// Approves exactly this revision at the level whose turn it is (reviewer of that level's department).
///
/// Nobody approves what he edited, nor at two levels. The column says how many levels there are and whose they are.
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
    act_in_column(
        &state,
        &order,
        |staff, standing, review| may_review(&state, staff, Action::Approve, standing, review),
        revision(&body.value.revision),
        |standing, revision, review, context| document::approve(standing, revision.clone(), &review.levels, context),
    )
    .await
}
