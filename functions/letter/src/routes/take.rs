//! `POST /corrections/{id}/take`.

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

const ACTION: &str = "POST corrections/{id}/take";

/// Nothing more is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeCase {}

/// Takes a case: the caller answers for it from now on (handler, supervisor).
#[utoipa::path(post, operation_id = "take_correction", path = "/corrections/{id}/take", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = TakeCase, responses(Changed))]
pub(crate) async fn take(
    State(state): State<LetterState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<TakeCase>,
) -> Result<Response, Refusal> {
    let staff = envelope.staff_id();
    let order = envelope.change(ACTION, target::report(&id)?, &body.json);
    carry_out(&state, &order, async {
        act::<_, Correction>(&state, &order, Action::HandleCase, |case, _| Ok(case::name_handler(case, staff.clone())?))
            .await
    })
    .await
}
