//! `PUT /documents/{id}/draft`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed, proceed};
use domain::document::{self, Document};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::document_id;
use crate::{
    content::{CheckedContent, ContentInput},
    permission::may_on,
    refusal::Refusal,
    relations::may_relate,
    state::PublishState,
};

const ACTION: &str = "PUT documents/{id}/draft";

/// What the draft says from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviseDraft {
    /// The whole new content.
    content: ContentInput,
}

/// Changes the draft, or begins a new one beside the public text (editor).
///
/// An approval of the earlier revision is void.
#[utoipa::path(put, operation_id = "revise_draft", path = "/documents/{id}/draft", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = ReviseDraft, responses(Changed))]
pub(crate) async fn revise(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ReviseDraft>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let staff = order.envelope.staff();
        // Read once more than a plain command: nobody without permission may have a body read or stored.
        let (standing, _, _) = state.ledger.read::<Document>(&order.stream).await?;
        may_on(&state, staff, Action::Revise, &standing)?;
        let content = checked(&body.value)?;
        may_relate(&state, staff, &standing, content.relations()).await?;
        let written = content.store(&state, &order.envelope.staff_id(), &standing).await?;
        let permit = |standing: &Document| may_on(&state, staff, Action::Revise, standing);
        proceed(&state, &order, permit, |standing, context| Ok(document::revise(standing, written.clone(), context)?))
            .await
    })
    .await
}

fn checked(request: &ReviseDraft) -> Result<CheckedContent, Refusal> {
    let mut checks = Checks::default();
    match request.content.checked(&mut checks) {
        Some(content) => Ok(content),
        None => Err(checks.refusal()),
    }
}
