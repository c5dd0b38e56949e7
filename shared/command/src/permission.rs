//! Lets pass whoever may; who may not is told which role it takes, and where.

use access::{Action, Decision, Resource};
use domain::staff::{Assignment, Role, Staff};
use gateway::{Problem, Sentence};

use crate::{
    function::Function,
    problems::{FORBIDDEN, STAFF_UNKNOWN},
    setback::Setback,
};

/// Lets pass what the policies permit.
///
/// # Errors
/// They do not permit it, or nobody enrolled `staff`.
pub fn may<S: Function>(state: &S, staff: &Staff, action: Action, resource: &Resource) -> Result<(), S::Refusal> {
    let decision = state.gate().allowed(staff, action, resource);
    told(staff, action, resource, decision).map_err(|problem| Setback::from(problem).into())
}

/// Lets pass who may trust somebody else with `assignment`.
///
/// # Errors
/// As of [`may`].
pub fn may_grant<S: Function>(state: &S, staff: &Staff, assignment: &Assignment) -> Result<(), S::Refusal> {
    let resource = Resource::all_of(&assignment.scope);
    let decision = state.gate().may_grant(staff, assignment);
    told(staff, Action::GrantRole, &resource, decision).map_err(|problem| Setback::from(problem).into())
}

/// Lets pass who has one of `roles` anywhere: for what is not about anybody's things yet.
///
/// # Errors
/// As of [`may`].
pub fn holds_somewhere(staff: &Staff, roles: &[Role]) -> Result<(), Problem> {
    match roles.iter().flat_map(|role| staff.scopes(*role)).next() {
        Some(_) => Ok(()),
        None if staff.enrolled.is_none() => Err(Problem::plain(&STAFF_UNKNOWN)),
        None => {
            let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            Err(Problem::of(
                &FORBIDDEN,
                Sentence::new(
                    format!("此操作需要任一部门的 {} 角色。", names.join("、")),
                    format!("This takes the role {} in some department.", names.join(" or ")),
                ),
            ))
        }
    }
}

fn told(staff: &Staff, action: Action, resource: &Resource, decision: Decision) -> Result<(), Problem> {
    let Decision::Denied { roles, policies } = decision else { return Ok(()) };
    if staff.enrolled.is_none() {
        return Err(Problem::plain(&STAFF_UNKNOWN));
    }
    let scope = resource.scope();
    let department = scope.department.as_ref().map_or("全市各部门".to_owned(), |code| format!("部门 {code}"));
    let site = scope.site.as_ref().map(|site| format!("、站点 {site}")).unwrap_or_default();
    Err(Problem::of(
        &FORBIDDEN,
        Sentence::new(
            format!(
                "此操作（{}）需要{department}{site}的 {} 角色；相关规则：{}。",
                action.as_str(),
                roles.join("、"),
                policies.join("、"),
            ),
            format!(
                "`{}` on things of {scope} takes the role {}; policy: {}.",
                action.as_str(),
                roles.join(" or "),
                policies.join(", "),
            ),
        ),
    ))
}
