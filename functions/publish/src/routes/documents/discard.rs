//! `POST /documents/{id}/discard`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed, proceed};
use domain::document::{self, Document};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::{document_id, revision};
use crate::{permission::may_on, refusal::Refusal, state::PublishState};

const ACTION: &str = "POST documents/{id}/discard";

/// Which draft is thrown away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiscardDraft {
    /// The revision that was read: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
}

/// Throws the draft away, wherever it stands in review (editor).
///
/// What is public stays as it is. The texts stay in the history: any of them can be restored, or a new draft begun. What its review granted is void, and so is its schedule, as after any edit.
#[utoipa::path(post, operation_id = "discard_draft", path = "/documents/{id}/discard", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = DiscardDraft, responses(Changed))]
pub(crate) async fn discard(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<DiscardDraft>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let revision = revision(&body.value.revision)?;
        let permit = |standing: &Document| may_on(&state, order.envelope.staff(), Action::Revise, standing);
        proceed(&state, &order, permit, |standing, context| Ok(document::discard(standing, revision.clone(), context)?))
            .await
    })
    .await
}
