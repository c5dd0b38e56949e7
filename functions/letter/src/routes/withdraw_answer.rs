//! `POST /corrections/{id}/withdraw-answer`.

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

const ACTION: &str = "POST corrections/{id}/withdraw-answer";

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawAnswer {
    /// Why, 1–300 characters; the reader is told.
    #[schema(min_length = 1, max_length = 300)]
    reason: String,
}

/// Takes the answer of an error report from the public; it stays in the history (supervisor).
///
/// The case is open again, and another answer is owed within the usual limit.
#[utoipa::path(post, operation_id = "withdraw_answer_correction", path = "/{id}/withdraw-answer", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = WithdrawAnswer, responses(Changed))]
pub(crate) async fn withdraw_answer(
    State(state): State<LetterState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<WithdrawAnswer>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Correction>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let reason: Line<300> = target::line("/reason", &body.value.reason)?;
        act::<_, Correction>(&state, &order, Action::SuperviseCase, |case, now| {
            Ok(correction::withdraw_answer(case, reason.clone(), state.limits.answer.clone(), now)?)
        })
        .await
    })
    .await
}
