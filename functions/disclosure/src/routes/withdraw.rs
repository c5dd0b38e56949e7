//! `POST /requests/{id}/withdraw`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/withdraw";

/// Nothing more is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawApplication {}

/// Records that the applicant takes his application back, where he said so in another way than at the front door (handler, supervisor).
#[utoipa::path(post, operation_id = "withdraw_request", path = "/{id}/withdraw", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = WithdrawApplication, responses(Changed))]
pub(crate) async fn withdraw(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<WithdrawApplication>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        act::<_, Request>(&state, &order, Action::HandleCase, |case, now| Ok(request::withdraw(case, now)?)).await
    })
    .await
}
