//! `POST /documents/{id}/review-after`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, openapi::Changed};
use domain::document;
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    act::act_in_column,
    review::may_review_after,
    target::{document_id, revision},
};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST documents/{id}/review-after";

/// Which public revision is approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewAfter {
    /// The public revision that was read: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
}

/// Approves, at the level whose turn it is, what became public before its review (reviewer of that level's department).
///
/// Who finds it wrong has it corrected or withdrawn; the debt ends with every level's approval, with a correction that was reviewed, or with a withdrawal.
#[utoipa::path(post, operation_id = "review_after", path = "/documents/{id}/review-after", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = ReviewAfter, responses(Changed))]
pub(crate) async fn review_after(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ReviewAfter>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    act_in_column(
        &state,
        &order,
        |staff, standing, review| may_review_after(&state, staff, standing, review),
        revision(&body.value.revision),
        |standing, revision, review, context| {
            document::review_after(standing, revision.clone(), &review.levels, context)
        },
    )
    .await
}
