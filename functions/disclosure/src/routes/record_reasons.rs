//! `POST /requests/{id}/record-reasons`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{REASONS, Sealing, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Received, Request},
    text::Prose,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, shapes::day};

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
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let received = Received::On(day("/received_on", &body.value.received_on)?);
        let text: Prose<2000> = target::prose("/text", &body.value.text)?;
        sealing
            .act::<_, Request>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |_| REASONS.to_owned(),
                |case, sealed, now| Ok(request::give_reasons(case, sealed, received, now)?),
            )
            .await
    })
    .await
}
