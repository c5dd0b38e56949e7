//! `POST /requests/{id}/decide`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{REPLY, Sealing, target};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Request},
    text::Prose,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, shapes::Outcome};

const ACTION: &str = "POST requests/{id}/decide";

/// A reply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecideRequest {
    /// Of which kind.
    outcome: Outcome,
    /// The reply with the way to appeal, 1–10,000 characters; kept under the case's key, the applicant reads it with number and code. A blank line begins a paragraph.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "经审查，您申请的信息予以公开。\n\n如不服本答复，可以自收到之日起六十日内申请行政复议。"
    )]
    text: String,
}

/// Replies to an application (handler, supervisor; art. 36, 37). A reply that is late is given nevertheless, and the delay stays told.
#[utoipa::path(post, operation_id = "decide_request", path = "/{id}/decide", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = DecideRequest, responses(Changed))]
pub(crate) async fn decide(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<DecideRequest>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let mut checks = Checks::default();
        let Some(outcome) = body.value.outcome.checked(&mut checks) else { return Err(checks.problem().into()) };
        // The reply is under the case's key; of which kind it is, and why, is not.
        let told = body.json.get("outcome").map(ToString::to_string).unwrap_or_default();
        target::nothing_personal(&[("/outcome", &told)])?;
        let text: Prose<10000> = target::prose("/text", &body.value.text)?;
        sealing
            .act::<_, Request>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |_| REPLY.to_owned(),
                |case, sealed, now| Ok(request::decide(case, outcome.clone(), sealed, now)?),
            )
            .await
    })
    .await
}
