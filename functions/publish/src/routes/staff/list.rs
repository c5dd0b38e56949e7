//! `GET /staff`.

use access::{Action, Resource};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use command::{Caller, listed, may, openapi::ReadProblems};
use domain::{DepartmentCode, staff::Scope};
use gateway::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use views::city::{StaffLine, slice};

use crate::{problems::DEPARTMENT_NOT_FOUND, refusal::Refusal, slices, state::PublishState};

/// Whose staff.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Whose {
    /// Code of the department whose staff is listed; those with roles for all departments if absent.
    #[serde(default)]
    #[param(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: Option<String>,
}

/// The people who hold a role for a department, or for all of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffList {
    /// The people, in order of id; those who lost their last role here are left out.
    staff: Vec<StaffEntry>,
}

/// A person and his roles for that department.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffEntry {
    /// His id.
    id: String,
    /// The subject that tokens name him by.
    subject: String,
    /// Whether nothing he asks for is done.
    disabled: bool,
    /// His roles for that department.
    roles: Vec<RoleEntry>,
}

/// A role for the department that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleEntry {
    /// The role.
    #[schema(example = "editor")]
    role: String,
    /// The only site; all if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
}

/// Lists who holds a role for a department (administrator or auditor of the department).
///
/// From the views, which follow an accepted command within moments; a person's own page is always at the head.
#[utoipa::path(get, operation_id = "list_staff", path = "/staff", tag = "staff", params(Whose),
    responses((status = 200, description = "The people.", body = StaffList), ReadProblems))]
pub(crate) async fn list(
    State(state): State<PublishState>,
    caller: Caller,
    whose: Result<Query<Whose>, QueryRejection>,
) -> Result<Response, Refusal> {
    let not_found = || Problem::plain(&DEPARTMENT_NOT_FOUND);
    let Query(Whose { department }) = whose.map_err(|_| not_found())?;
    let department: Option<DepartmentCode> =
        department.map(|code| code.parse()).transpose().map_err(|_| not_found())?;
    let scope = Scope { department, site: None };
    may(&state, &caller.staff, Action::ReadStaff, &Resource::all_of(&scope))?;
    let rows = slices::rows(&state, slice::staff(scope.department.as_ref().map(DepartmentCode::as_str))).await?;
    Ok(listed(StaffList { staff: rows.into_iter().map(entry).collect() }))
}

fn entry((id, line): (String, StaffLine)) -> StaffEntry {
    let StaffLine { subject, disabled, roles } = line;
    let roles = roles.into_iter().map(|held| RoleEntry { role: held.role, site: held.site }).collect();
    StaffEntry { id, subject, disabled, roles }
}
