//! `POST /documents/{id}/submit`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed, proceed};
use domain::document::{self, Document};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::document_id;
use crate::{
    findings::{self, OverrideInput},
    permission::may_on,
    refusal::Refusal,
    register,
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/submit";

/// What the sender answers for, if the checks found something that must stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Submit {
    /// Findings of the checks that the sender answers for.
    #[serde(default, rename = "override")]
    overriding: Option<OverrideInput>,
}

/// Asks for review of the draft as it stands (editor).
///
/// The checks before publication look at it first: what blocks is `checks-failed`, unless the request answers for it.
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
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let overriding = findings::overriding(body.value.overriding.as_ref(), &mut checks);
        let Some(overriding) = overriding else { return Err(checks.refusal()) };
        let (standing, version, _) = state.ledger.read::<Document>(&order.stream).await?;
        let permit = |standing: &Document| may_on(&state, order.envelope.staff(), Action::Submit, standing);
        permit(&standing)?;
        let (column, read) = (register::column_of(&state, &standing).await?, (&standing, version));
        let examination = findings::examine(&state, &order, read, &column, Vec::new(), overriding.as_ref()).await?;
        proceed(&state, &order, permit, |standing, context| {
            examination.let_pass(standing, document::submit(standing, context))
        })
        .await
    })
    .await
}
