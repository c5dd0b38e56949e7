//! `POST /requests/{id}/reopen`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{Sealing, reopening_name, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Request},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/reopen";

/// Why an application is opened again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReopenRequest {
    /// The good reason that the applicant had, 1–300 characters; kept under the case's key.
    #[schema(min_length = 1, max_length = 300, example = "因不可抗力未能按期补正")]
    reason: String,
}

/// Opens an application again that counts as given up for want of a completion, because there was a good reason (supervisor; art. 30).
///
/// The completion is awaited anew, for a term as long as the first one; meanwhile no reply is owed.
#[utoipa::path(post, operation_id = "reopen_request", path = "/{id}/reopen", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = ReopenRequest, responses(Changed))]
pub(crate) async fn reopen(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ReopenRequest>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let reason: Line<300> = target::line("/reason", &body.value.reason)?;
        sealing
            .act::<_, Request>(
                &state,
                Action::SuperviseCase,
                reason.as_str(),
                |case| reopening_name(case.own.reopenings.len() + 1),
                |case, sealed, now| Ok(request::reopen(case, sealed, now)?),
            )
            .await
    })
    .await
}
