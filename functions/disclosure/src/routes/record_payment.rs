//! `POST /requests/{id}/record-payment`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/record-payment";

/// Nothing more is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordPayment {}

/// Records that the fee was paid: the reply's clock runs again (handler, supervisor; art. 42).
#[utoipa::path(post, operation_id = "record_payment", path = "/{id}/record-payment", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RecordPayment, responses(Changed))]
pub(crate) async fn record_payment(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RecordPayment>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        act::<_, Request>(&state, &order, Action::HandleCase, |case, now| Ok(request::pay(case, now)?)).await
    })
    .await
}
