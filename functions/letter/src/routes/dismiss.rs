//! `POST /corrections/{id}/dismiss`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    correction::{self, Correction},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{LetterState, refusal::Refusal};

const ACTION: &str = "POST corrections/{id}/dismiss";

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DismissReport {
    /// Why, 1–300 characters; the reader is told.
    #[schema(min_length = 1, max_length = 300)]
    reason: String,
}

/// Ends a case that reports no error, be it an advertisement, an insult or a letter about something else (handler, supervisor).
#[utoipa::path(post, operation_id = "dismiss_correction", path = "/{id}/dismiss", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = DismissReport, responses(Changed))]
pub(crate) async fn dismiss(
    State(state): State<LetterState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<DismissReport>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Correction>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let reason: Line<300> = target::line("/reason", &body.value.reason)?;
        act::<_, Correction>(&state, &order, Action::HandleCase, |case, now| {
            Ok(correction::dismiss(case, reason.clone(), now)?)
        })
        .await
    })
    .await
}
