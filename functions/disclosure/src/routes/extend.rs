//! `POST /requests/{id}/extend`.

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

const ACTION: &str = "POST requests/{id}/extend";

/// How much more time, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendReply {
    /// How many working days more, 1–20.
    #[schema(minimum = 1, maximum = 20, example = 20)]
    days: u16,
    /// Why, 1–300 characters; the applicant is told.
    #[schema(min_length = 1, max_length = 300, example = "需要汇总多个部门的资料")]
    reason: String,
}

/// Gives the reply more time, as the head of the disclosure office approved: once, by at most 20 working days (supervisor; art. 33).
#[utoipa::path(post, operation_id = "extend_request", path = "/{id}/extend", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = ExtendReply, responses(Changed))]
pub(crate) async fn extend(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ExtendReply>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let days = checks.converted_from("/days", body.value.days);
        let reason: Option<Line<300>> = checks.line("/reason", &body.value.reason);
        let (Some(days), Some(reason)) = (days, reason) else { return Err(checks.problem().into()) };
        target::nothing_personal(&[("/reason", reason.as_str())])?;
        act::<_, Request>(&state, &order, Action::SuperviseCase, |case, now| {
            Ok(request::extend(case, days, reason.clone(), now)?)
        })
        .await
    })
    .await
}
