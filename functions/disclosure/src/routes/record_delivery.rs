//! `POST /requests/{id}/record-delivery`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    DisclosureState,
    refusal::Refusal,
    shapes::{day, letter},
};

const ACTION: &str = "POST requests/{id}/record-delivery";

/// When a letter reached whom it asks.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordDelivery {
    /// Which letter, by its number.
    #[schema(minimum = 1, maximum = 999, example = 1)]
    letter: u16,
    /// The day on which it was delivered: not before it was sent, not after today.
    #[schema(format = "date", example = "2026-11-27")]
    delivered_on: String,
}

/// Records that a letter was delivered: the fifteen days of whom it asks are counted from that day (handler, supervisor; art. 32, 34).
///
/// Until then they are counted from the day on which it was sent; one that counted as lapsed meanwhile is awaited again.
#[utoipa::path(post, operation_id = "record_delivery", path = "/{id}/record-delivery", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RecordDelivery, responses(Changed))]
pub(crate) async fn record_delivery(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RecordDelivery>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let letter = letter(body.value.letter)?;
        let day = day("/delivered_on", &body.value.delivered_on)?;
        act::<_, Request>(&state, &order, Action::HandleCase, |case, now| {
            Ok(request::record_delivery(case, letter, day, now)?)
        })
        .await
    })
    .await
}
