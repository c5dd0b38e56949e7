//! `GET /staff/me`.

use std::collections::BTreeSet;

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, openapi::ReadProblems, problems::STAFF_UNKNOWN, versioned};
use domain::staff::{Assignment as Known, Role as KnownRole, Scope, Staff};
use gateway::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::StaffView;
use crate::{assignment::Role, refusal::Refusal, state::PublishState};

/// The caller, and all that he may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Permissions {
    /// Who he is and what he holds.
    person: StaffView,
    /// What he may do, scope by scope; what he may do in one he may do in all that lies within it.
    may: Vec<PermissionsIn>,
}

/// What the caller may do in one scope.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermissionsIn {
    /// The only department; all if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    /// The only site; all if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    /// Actions, as refusals name them.
    #[schema(example = json!(["draft", "revise", "submit"]))]
    actions: Vec<&'static str>,
    /// Roles that he may grant.
    grants: Vec<Role>,
}

/// Tells the caller what he may do.
#[utoipa::path(get, operation_id = "read_permissions", path = "/staff/me", tag = "staff",
    responses((status = 200, description = "The caller and all that he may do.", body = Permissions), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Caller { staff, version, .. } = caller;
    let scopes: BTreeSet<Scope> = staff.held.iter().map(|held| held.assignment.scope.clone()).collect();
    let may = scopes.into_iter().map(|scope| permissions(&state, &staff, scope)).collect();
    let person = StaffView::of(staff, version).ok_or_else(|| Problem::plain(&STAFF_UNKNOWN))?;
    Ok(versioned(&headers, version, Permissions { person, may }))
}

/// Asks the policies about every action and role in `scope`.
fn permissions(state: &PublishState, staff: &Staff, scope: Scope) -> PermissionsIn {
    let resource = Resource::all_of(&scope);
    let allowed = |action: &Action| state.gate.allowed(staff, *action, &resource).is_allowed();
    let actions = Action::ALL.iter().filter(|action| allowed(action)).map(|action| action.as_str()).collect();
    let grants = KnownRole::ALL
        .into_iter()
        .filter(|role| state.gate.may_grant(staff, &Known { role: *role, scope: scope.clone() }).is_allowed())
        .map(Role::from)
        .collect();
    let Scope { department, site } = scope;
    PermissionsIn { department: department.map(Into::into), site: site.map(Into::into), actions, grants }
}
