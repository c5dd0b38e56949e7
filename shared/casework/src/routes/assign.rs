//! `POST /{id}/assign`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    function::{Capability, CaseState},
    hand_over::hand_over,
    target,
    words::Words,
};

/// To whom a case is given, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignCase {
    /// Code of the department that answers for it from now on.
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: String,
    /// Why, 1–300 characters; the citizen is told.
    #[schema(min_length = 1, max_length = 300, example = "属教育部门职责")]
    reason: String,
}

/// Gives a case to another department, which can open it from then on; the former one cannot (handler, supervisor).
///
/// Its deadlines go on: a hand-over buys no time.
#[utoipa::path(post, operation_id = "assign_case", path = "/{id}/assign", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AssignCase, responses(Changed))]
pub(crate) async fn assign<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AssignCase>,
) -> Result<Response, C::Refusal> {
    let order = envelope.change(K::ACTIONS.assign, target::stream::<K>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let department = checks.name("/department", &body.value.department);
        let Some(department) = department else { return Err(checks.problem().into()) };
        let reason = target::line("/reason", &body.value.reason)?;
        hand_over::<_, K>(&state, &order, department, reason).await
    })
    .await
}
