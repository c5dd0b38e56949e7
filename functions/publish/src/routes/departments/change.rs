//! `PUT /departments/{code}`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::{
    DepartmentCode,
    department::{self, Department},
};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::DepartmentProfile;
use crate::{problems::DEPARTMENT_NOT_FOUND, refusal::Refusal, state::PublishState};

const ACTION: &str = "PUT departments/{code}";

/// What the public may know of a department, from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeDepartment {
    /// The whole new profile, but that without `disclosure` whoever takes applications stays as registered.
    profile: DepartmentProfile,
}

/// Changes a department's profile (registrar).
///
/// Without `disclosure`, who takes applications for information stays as it is registered: a sender that does not know the field takes nobody from the guide. `PUT /departments/{code}/disclosure-office` changes that alone, and takes it away.
#[utoipa::path(put, operation_id = "change_department", path = "/departments/{code}", tag = "departments", params(("code" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj"), ChangeHeaders),
    request_body = ChangeDepartment, responses(Changed))]
pub(crate) async fn change(
    State(state): State<PublishState>,
    PathParam(code): PathParam,
    envelope: Envelope,
    body: Body<ChangeDepartment>,
) -> Result<Response, Refusal> {
    let code: DepartmentCode = code.parse().map_err(|_| Problem::plain(&DEPARTMENT_NOT_FOUND))?;
    let order = envelope.change(ACTION, code.stream(), &body.json);
    carry_out(&state, &order, async {
        let profile = body.value.profile.verified()?;
        let permit =
            |_: &Department| may(&state, order.envelope.staff(), Action::ChangeDepartment, &Resource::of(&code));
        proceed(&state, &order, permit, |standing, context| Ok(department::change(standing, profile.clone(), context)?))
            .await
    })
    .await
}
