//! `POST /requests/{id}/approve-reply`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/approve-reply";

/// Nothing more is to be said: what is approved is the draft of the version that `If-Match` names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveReply {}

/// Approves the draft of somebody else: the reply is given with it (supervisor; art. 45). One that is late is given nevertheless, and the delay stays told.
#[utoipa::path(post, operation_id = "approve_reply", path = "/{id}/approve-reply", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = ApproveReply, responses(Changed))]
pub(crate) async fn approve_reply(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ApproveReply>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let by = order.envelope.staff_id();
        act::<_, Request>(&state, &order, Action::SuperviseCase, |case, now| {
            Ok(request::approve_reply(case, &by, now)?)
        })
        .await
    })
    .await
}
