//! `POST /requests/{id}/seek-opinion`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{Sealing, letter_name, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Asking, Consulted as Whom, Request},
    text::{Line, Prose},
};
use gateway::{Body, PathParam, Problem};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    DisclosureState,
    refusal::Refusal,
    shapes::{Consulted, day},
};

const ACTION: &str = "POST requests/{id}/seek-opinion";

/// Whose opinion is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeekOpinion {
    /// Whose.
    of: Consulted,
    /// Who it is and what is asked, 1–5,000 characters; kept under the case's key. Nothing of who applies.
    #[schema(
        min_length = 1,
        max_length = 5000,
        example = "某公司：申请公开的材料涉及贵公司，请在15个工作日内提出意见。"
    )]
    text: String,
    /// The day on which it was delivered, where that is known: his term is counted from it. Recorded later by `record-delivery`.
    #[serde(default)]
    #[schema(format = "date", example = "2026-11-27")]
    delivered_on: Option<String>,
    /// Why somebody is asked although the round is over, 1–300 characters: a supervisor says so.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 300, example = "另有一方权益受影响")]
    reason: Option<String>,
}

/// Asks a third party, or another body, for its opinion; the reply's clock stands while any is awaited (handler, supervisor; art. 32–34).
///
/// The letter has the next number of its case; several are on their way at once. Once all have come or lapsed, or a week after the first, a further round takes a supervisor and a reason.
#[utoipa::path(post, operation_id = "seek_opinion", path = "/{id}/seek-opinion", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = SeekOpinion, responses(Changed))]
pub(crate) async fn seek_opinion(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<SeekOpinion>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let RequestedOpinion { of, delivered_on, further } = RequestedOpinion::checked(&body.value)?;
        let action = if further.is_some() { Action::SuperviseCase } else { Action::HandleCase };
        let text: Prose<5000> = target::prose("/text", &body.value.text)?;
        sealing
            .act::<_, Request>(
                &state,
                action,
                text.as_str(),
                |case| letter_name(case.own.letters.len() + 1),
                |case, letter, now| {
                    let asking = Asking { of, letter, delivered_on, further: further.clone() };
                    Ok(request::seek_opinion(case, asking, now)?)
                },
            )
            .await
    })
    .await
}

/// What stands in the open of what is asked.
struct RequestedOpinion {
    of: Whom,
    delivered_on: Option<Date>,
    further: Option<Line<300>>,
}

impl RequestedOpinion {
    fn checked(asked: &SeekOpinion) -> Result<Self, Problem> {
        let delivered_on = asked.delivered_on.as_deref().map(|text| day("/delivered_on", text)).transpose()?;
        let further = asked.reason.as_deref().map(|reason| target::line("/reason", reason)).transpose()?;
        Ok(Self { of: asked.of.into(), delivered_on, further })
    }
}
