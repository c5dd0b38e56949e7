//! `POST /documents/{id}/withdraw`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, openapi::Changed};
use domain::{document, text::Prose};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{act::act_in_column, review::may_withdraw, target::document_id};
use crate::{findings::fit_for_the_public, refusal::Refusal, state::PublishState};

const ACTION: &str = "POST documents/{id}/withdraw";

/// Why a document is public no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdraw {
    /// Reason for the public, at most 300 characters; may be empty.
    #[serde(default)]
    #[schema(example = "内容有误，正在核实", max_length = 300)]
    reason: String,
}

/// Takes the document from the public (publisher of its own department, or of the one that publishes in the column).
#[utoipa::path(post, operation_id = "withdraw_document", path = "/documents/{id}/withdraw", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = Withdraw, responses(Changed))]
pub(crate) async fn withdraw(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<Withdraw>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    act_in_column(
        &state,
        &order,
        |staff, standing, review| may_withdraw(&state, staff, standing, review),
        checked(&state, &body.value).await,
        |standing, reason, _, context| document::withdraw(standing, reason.clone(), context),
    )
    .await
}

async fn checked(state: &PublishState, request: &Withdraw) -> Result<Prose<300>, Refusal> {
    let mut checks = Checks::default();
    let Some(reason) = checks.prose("/reason", &request.reason) else { return Err(checks.refusal()) };
    fit_for_the_public(state, "/reason", reason.as_str()).await?;
    Ok(reason)
}
