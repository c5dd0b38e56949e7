//! `POST /requests/{id}/record-payment`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::request::{self, Received, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, shapes::day};

const ACTION: &str = "POST requests/{id}/record-payment";

/// When the fee was paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordPayment {
    /// The day on which it was paid: not before it was asked for, not after today.
    #[schema(format = "date", example = "2026-11-27")]
    received_on: String,
}

/// Records that the fee was paid: the reply is counted anew from the next day (handler, supervisor; art. 42, 国办函〔2020〕109号).
///
/// In time is what was paid in time: a case that counted as given up meanwhile is open again.
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
        let received = Received::On(day("/received_on", &body.value.received_on)?);
        act::<_, Request>(&state, &order, Action::HandleCase, |case, now| Ok(request::pay(case, received, now)?)).await
    })
    .await
}
