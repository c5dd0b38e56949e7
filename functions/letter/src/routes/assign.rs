//! `POST /corrections/{id}/assign`.

use axum::{extract::State, response::Response};
use casework::hand_over;
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::correction::Correction;
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target;
use crate::{refusal::Refusal, state::LetterState};

const ACTION: &str = "POST corrections/{id}/assign";

/// To whom a case is given, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignCase {
    /// Code of the department that answers for it from now on.
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: String,
    /// Why, 1–300 characters; the reader is told.
    #[schema(min_length = 1, max_length = 300, example = "属教育部门职责")]
    reason: String,
}

/// Gives a case to another department, which can open it from then on; the former one cannot (handler, supervisor).
///
/// Its deadline goes on: a hand-over buys no time.
#[utoipa::path(post, operation_id = "assign_correction", path = "/corrections/{id}/assign", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AssignCase, responses(Changed))]
pub(crate) async fn assign(
    State(state): State<LetterState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AssignCase>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::report(&id)?, &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let department = checks.name("/department", &body.value.department);
        let reason = checks.line("/reason", &body.value.reason);
        let (Some(department), Some(reason)) = (department, reason) else { return Err(checks.problem().into()) };
        hand_over::<_, Correction>(&state, &order, department, reason).await
    })
    .await
}
