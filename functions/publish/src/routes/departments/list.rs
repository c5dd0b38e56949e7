//! `GET /departments`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, openapi::ReadProblems};
use domain::staff::Scope;
use serde::Serialize;
use utoipa::ToSchema;
use views::city::{DepartmentLine, slice};

use crate::{refusal::Refusal, slices, state::PublishState};

/// All departments.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DepartmentList {
    /// The departments, in order of code.
    departments: Vec<DepartmentEntry>,
}

/// A department among all.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DepartmentEntry {
    /// Its code.
    #[schema(example = "jyj")]
    code: String,
    /// Its name.
    #[schema(example = "教育局")]
    name: String,
}

/// Lists the departments (staff).
///
/// From the views, which follow an accepted command within moments; a department's own address is always at the head.
#[utoipa::path(get, operation_id = "list_departments", path = "/departments", tag = "departments",
    responses((status = 200, description = "The departments.", body = DepartmentList), ReadProblems))]
pub(crate) async fn list(State(state): State<PublishState>, caller: Caller) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let rows = slices::rows(&state, slice::DEPARTMENTS).await?;
    let departments = rows.into_iter().map(|(code, DepartmentLine { name })| DepartmentEntry { code, name }).collect();
    Ok(listed(DepartmentList { departments }))
}
