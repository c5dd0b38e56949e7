//! `POST /requests/{id}/record-completion`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{COMPLETION, target};
use command::{ChangeHeaders, Envelope, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, texts::Written};

const ACTION: &str = "POST requests/{id}/record-completion";

/// A completion that came in another way than at the front door.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordCompletion {
    /// What the applicant says, 1–2,000 characters; kept under the case's key, as what he sends himself is.
    #[schema(min_length = 1, max_length = 2000, example = "申请的是2025年度的清单。")]
    text: String,
    /// The day on which it came: not before it was asked for, not after today. What it changes counts from that day.
    #[schema(format = "date", example = "2026-11-27")]
    received_on: String,
}

/// Records a completion that came by post, by telephone or in person: the reply is counted anew from that day (handler, supervisor; art. 30).
///
/// In time is what came in time: a case that counted as given up meanwhile is open again.
#[utoipa::path(post, operation_id = "record_completion", path = "/{id}/record-completion", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RecordCompletion, responses(Changed))]
pub(crate) async fn record_completion(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RecordCompletion>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let written = Written { order, body: &body.json, text: &body.value.text, action: Action::HandleCase };
    written
        .record(&state, &body.value.received_on, COMPLETION, |case, sealed, received, now| {
            Ok(request::complete(case, sealed.into(), received, now)?)
        })
        .await
}
