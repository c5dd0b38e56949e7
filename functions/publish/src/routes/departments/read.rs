//! `GET /departments/{code}`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::{
    DepartmentCode,
    department::{Declared, Department},
    mandatory,
};
use gateway::{PathParam, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{category::Category, profile::DepartmentProfile};
use crate::{problems::DEPARTMENT_NOT_FOUND, refusal::Refusal, state::PublishState};

/// A department as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DepartmentView {
    /// Its code.
    code: String,
    /// Its version: what the next `If-Match` names.
    version: u64,
    /// What the public may know.
    profile: DepartmentProfile,
    /// Categories of what is to be disclosed that it declared not to concern it, in the order of the regulation.
    not_concerned: Vec<NotConcerned>,
}

/// That a category does not concern the department.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotConcerned {
    /// Which.
    category: Category,
    /// Why.
    reason: String,
    /// Since when that is the reason.
    #[schema(format = "date-time", example = "2026-11-23T01:00:00Z")]
    since: String,
}

impl From<(mandatory::Category, Declared)> for NotConcerned {
    fn from((category, declared): (mandatory::Category, Declared)) -> Self {
        Self { category: category.into(), reason: declared.reason.into(), since: declared.at.to_string() }
    }
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
    let (Department { registered, not_concerned }, version, _) = state.ledger.read(&code.stream()).await?;
    let (_, profile) = registered.ok_or_else(not_found)?;
    let view = DepartmentView {
        code: code.into(),
        version,
        profile: DepartmentProfile::of(profile),
        not_concerned: not_concerned.into_iter().map(NotConcerned::from).collect(),
    };
    Ok(versioned(&headers, version, view))
}
