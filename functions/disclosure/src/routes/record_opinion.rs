//! `POST /requests/{id}/record-opinion`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{Sealing, opinion_name, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Received, Request},
    text::Prose,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    DisclosureState,
    refusal::Refusal,
    shapes::{Stance, day, letter},
};

const ACTION: &str = "POST requests/{id}/record-opinion";

/// An opinion that came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordOpinion {
    /// To which letter, by its number.
    #[schema(minimum = 1, maximum = 999, example = 1)]
    letter: u16,
    /// What it says.
    stance: Stance,
    /// The opinion, 1–5,000 characters; kept under the case's key.
    #[schema(min_length = 1, max_length = 5000, example = "涉及商业秘密，不同意公开附件二。")]
    text: String,
    /// The day on which it came: not before it was asked for, not after today. What it changes counts from that day.
    #[schema(format = "date", example = "2026-11-27")]
    received_on: String,
}

/// Records an opinion that came: the reply's clock runs again from that day on, once none is awaited (handler, supervisor; art. 32–34).
///
/// One that counted as lapsed and had come in time is taken in, and the clock is counted again.
#[utoipa::path(post, operation_id = "record_opinion", path = "/{id}/record-opinion", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RecordOpinion, responses(Changed))]
pub(crate) async fn record_opinion(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RecordOpinion>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let (letter, stance) = (letter(body.value.letter)?, body.value.stance.into());
        let received = Received::On(day("/received_on", &body.value.received_on)?);
        let text: Prose<5000> = target::prose("/text", &body.value.text)?;
        sealing
            .act::<_, Request>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |case| opinion_name(case.own.opinions.len() + 1),
                |case, sealed, now| Ok(request::record_opinion(case, letter, stance, sealed, received, now)?),
            )
            .await
    })
    .await
}
