//! `POST /documents/{id}/set-expiry` and `/clear-expiry`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, openapi::Changed};
use domain::{document, text::Prose};
use gateway::{Body, PathParam};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{act::act_in_column, review::may_withdraw, target::document_id};
use crate::{findings::fit_for_the_public, refusal::Refusal, state::PublishState};

const SET: &str = "POST documents/{id}/set-expiry";
const CLEAR: &str = "POST documents/{id}/clear-expiry";

/// When a document's public life ends, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetExpiry {
    /// When, with its offset; within ten years.
    #[schema(format = "date-time", example = "2027-01-01T00:00:00+08:00")]
    at: String,
    /// Reason for the public, at most 300 characters; may be empty.
    #[serde(default = "passed")]
    #[schema(example = "报名已截止", max_length = 300)]
    reason: String,
}

/// What the page says where no other reason is given.
fn passed() -> String {
    "内容已过有效期".to_owned()
}

/// Nothing more to say: an empty object.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClearExpiry {}

/// Sets when the document is taken from the public (publisher of its own department, or of the one that publishes in the column).
///
/// It can be set before the document is public. It is withdrawn within about a minute of the time, as by hand. Setting it again replaces it; a withdrawal ends it.
#[utoipa::path(post, operation_id = "set_expiry", path = "/documents/{id}/set-expiry", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = SetExpiry, responses(Changed))]
pub(crate) async fn set(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<SetExpiry>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(SET, id.stream(), &body.json);
    act_in_column(
        &state,
        &order,
        |staff, standing, review| may_withdraw(&state, staff, standing, review),
        checked(&state, &body.value).await,
        |standing, (at, reason), _, context| document::set_expiry(standing, *at, reason.clone(), context),
    )
    .await
}

/// Takes the end of the document's public life back (as for setting it).
#[utoipa::path(post, operation_id = "clear_expiry", path = "/documents/{id}/clear-expiry", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = ClearExpiry, responses(Changed))]
pub(crate) async fn clear(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ClearExpiry>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(CLEAR, id.stream(), &body.json);
    act_in_column(
        &state,
        &order,
        |staff, standing, review| may_withdraw(&state, staff, standing, review),
        Ok(()),
        |standing, (), _, context| document::clear_expiry(standing, context),
    )
    .await
}

async fn checked(state: &PublishState, request: &SetExpiry) -> Result<(Timestamp, Prose<300>), Refusal> {
    let mut checks = Checks::default();
    let at = checks.instant("/at", &request.at);
    let reason = checks.prose("/reason", &request.reason);
    let (Some(at), Some(reason)) = (at, reason) else { return Err(checks.refusal()) };
    fit_for_the_public(state, "/reason", reason.as_str()).await?;
    Ok((at, reason))
}
