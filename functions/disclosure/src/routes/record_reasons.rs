//! `POST /requests/{id}/record-reasons`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{REASONS, target};
use command::{ChangeHeaders, Envelope, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, texts::Written};

const ACTION: &str = "POST requests/{id}/record-reasons";

/// Reasons that came in another way than at the front door.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordReasons {
    /// What the applicant says, 1–2,000 characters; kept under the case's key, as what he sends himself is.
    #[schema(min_length = 1, max_length = 2000, example = "为撰写学位论文。")]
    text: String,
    /// The day on which they came: not before they were asked for, not after today.
    #[schema(format = "date", example = "2026-11-27")]
    received_on: String,
}

/// Records reasons that came by post, by telephone or in person (handler, supervisor; art. 35).
///
/// Who finds them unreasonable drafts a reply of the kind `excessive`; else the application is replied to as any other.
#[utoipa::path(post, operation_id = "record_reasons", path = "/{id}/record-reasons", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RecordReasons, responses(Changed))]
pub(crate) async fn record_reasons(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RecordReasons>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let written = Written { order, body: &body.json, text: &body.value.text, action: Action::HandleCase };
    written
        .record(&state, &body.value.received_on, REASONS, |case, sealed, received, now| {
            Ok(request::give_reasons(case, sealed, received, now)?)
        })
        .await
}
