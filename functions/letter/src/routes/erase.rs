//! `POST /corrections/{id}/erase`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::act;
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{case, correction::Correction};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target;
use crate::{refusal::Refusal, state::LetterState};

const ACTION: &str = "POST corrections/{id}/erase";

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseCase {
    /// Why, 1–300 characters; the reader is told.
    #[schema(min_length = 1, max_length = 300)]
    reason: String,
}

/// Erases what is personal in a closed case because its citizen asks for it; its history stays (supervisor).
#[utoipa::path(post, operation_id = "erase_correction", path = "/corrections/{id}/erase", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = EraseCase, responses(Changed))]
pub(crate) async fn erase(
    State(state): State<LetterState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<EraseCase>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::report(&id)?, &body.json);
    carry_out(&state, &order, async {
        let reason = target::reason(&body.value.reason)?;
        act::<_, Correction>(&state, &order, Action::SuperviseCase, |case, _| Ok(case::erase(case, reason.clone())?))
            .await
    })
    .await
}
