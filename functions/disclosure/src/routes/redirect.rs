//! `POST /requests/{id}/redirect`.

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

const ACTION: &str = "POST requests/{id}/redirect";

/// Where else it is to go, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedirectRequest {
    /// The right channel, 1–120 characters: `信访渠道`.
    #[schema(min_length = 1, max_length = 120, example = "信访渠道")]
    channel: String,
    /// Why, 1–300 characters; the applicant is told.
    #[schema(min_length = 1, max_length = 300, example = "内容属于投诉")]
    reason: String,
}

/// Ends a case that is no application for information, and tells where to go with it (handler, supervisor; art. 39).
#[utoipa::path(post, operation_id = "redirect_request", path = "/{id}/redirect", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RedirectRequest, responses(Changed))]
pub(crate) async fn redirect(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RedirectRequest>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let channel: Option<Line<120>> = checks.line("/channel", &body.value.channel);
        let reason: Option<Line<300>> = checks.line("/reason", &body.value.reason);
        let (Some(channel), Some(reason)) = (channel, reason) else { return Err(checks.problem().into()) };
        target::nothing_personal(&[("/channel", channel.as_str()), ("/reason", reason.as_str())])?;
        act::<_, Request>(&state, &order, Action::HandleCase, |case, now| {
            Ok(request::redirect(case, channel.clone(), reason.clone(), now)?)
        })
        .await
    })
    .await
}
