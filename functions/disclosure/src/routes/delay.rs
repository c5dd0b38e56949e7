//! `POST /requests/{id}/delay`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Request},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/delay";

/// How much later the reply is to come, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelayReply {
    /// How many working days more, 1–1,000: what is reasonable, and was told to the applicant.
    #[schema(minimum = 1, maximum = 1000, example = 30)]
    days: u16,
    /// Why, 1–300 characters; the applicant is told.
    #[schema(min_length = 1, max_length = 300, example = "申请数量大，须逐件检索，已与申请人商定")]
    reason: String,
}

/// Gives the reply a longer term beside what art. 33 allows: the applicant gave reasons, they are reasonable, and it cannot be given in time (supervisor; art. 35).
///
/// Once for each term. He gets a message, and the account of his term names the rule.
#[utoipa::path(post, operation_id = "delay_request", path = "/{id}/delay", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = DelayReply, responses(Changed))]
pub(crate) async fn delay(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<DelayReply>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let days = checks.converted_from("/days", body.value.days);
        let reason: Option<Line<300>> = checks.line("/reason", &body.value.reason);
        let (Some(days), Some(reason)) = (days, reason) else { return Err(checks.problem().into()) };
        target::nothing_personal(&[("/reason", reason.as_str())])?;
        act::<_, Request>(&state, &order, Action::SuperviseCase, |case, now| {
            Ok(request::delay(case, days, reason.clone(), now)?)
        })
        .await
    })
    .await
}
