//! `GET /departments/{code}`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::DepartmentCode;
use gateway::{PathParam, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::profile::DepartmentProfile;
use crate::{problems::DEPARTMENT_NOT_FOUND, refusal::Refusal, register, state::PublishState};

/// A department as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DepartmentView {
    /// Its code.
    code: String,
    /// Its version: what the next `If-Match` names.
    version: u64,
    /// What the public may know.
    profile: DepartmentProfile,
}

/// Reads a department, its own writes included.
#[utoipa::path(get, operation_id = "read_department", path = "/departments/{code}", tag = "departments", params(("code" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj")),
    responses((status = 200, description = "The department.", body = DepartmentView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(code): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let not_found = || Problem::plain(&DEPARTMENT_NOT_FOUND);
    let code: DepartmentCode = code.parse().map_err(|_| not_found())?;
    may(&state, &caller.staff, Action::ReadRegister, &Resource::of(&code))?;
    let found = register::department(&state, &code).await?.ok_or_else(not_found)?;
    let view =
        DepartmentView { code: code.into(), version: found.version, profile: DepartmentProfile::of(found.thing) };
    Ok(versioned(&headers, found.version, view))
}
