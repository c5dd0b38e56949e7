//! `POST /departments`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Checks, CreationHeaders, Envelope, carry_out, may, openapi::Created, proceed};
use domain::{
    DepartmentCode,
    department::{self, Department},
};
use gateway::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::DepartmentProfile;
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST departments";

/// A department that joins the platform.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterDepartment {
    /// Its code, for good: 1–40 of a–z, 0–9 and `-`.
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    code: String,
    /// What the public may know.
    profile: DepartmentProfile,
}

/// Registers a department (registrar).
#[utoipa::path(post, operation_id = "register_department", path = "/departments", tag = "departments", params(CreationHeaders), request_body = RegisterDepartment, responses(Created))]
pub(crate) async fn register(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<RegisterDepartment>,
) -> Result<Response, Refusal> {
    let mut checks = Checks::default();
    let code = checks.name::<DepartmentCode>("/code", &body.value.code);
    let profile = body.value.profile.checked(&mut checks);
    let Some(code) = code else {
        return Err(checks.refusal());
    };
    let stream = code.stream();
    let id = envelope.commit_id(ACTION, stream.as_str());
    let order = envelope.creation(ACTION, stream, id, &body.json);
    carry_out(&state, &order, async {
        let profile = profile.ok_or_else(|| checks.problem())?;
        let permit =
            |_: &Department| may(&state, order.envelope.staff(), Action::RegisterDepartment, &Resource::of(&code));
        proceed(&state, &order, permit, |standing, context| {
            Ok(department::register(standing, code.clone(), profile.clone(), context)?)
        })
        .await
    })
    .await
}
