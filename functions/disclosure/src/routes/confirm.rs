//! `POST /requests/{id}/confirm`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/confirm";

/// Nothing more is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmReceipt {}

/// Confirms the receipt of an application with its applicant: the reply's term begins (handler, supervisor; art. 31).
///
/// Who does not within a working day has confirmed: an applicant's term does not wait for a clerk.
#[utoipa::path(post, operation_id = "confirm_request", path = "/{id}/confirm", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = ConfirmReceipt, responses(Changed))]
pub(crate) async fn confirm(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ConfirmReceipt>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        act::<_, Request>(&state, &order, Action::HandleCase, |case, now| Ok(request::confirm(case, now)?)).await
    })
    .await
}
