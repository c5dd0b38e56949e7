//! The person that a request is about, and whether its sender may.

use access::{Action, Resource};
use command::{Checks, may};
use domain::{ActorId, StaffId, staff::Staff, text::Line};
use gateway::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{assignment::Assignment, problems::STAFF_NOT_FOUND, refusal::Refusal, state::PublishState};

/// A role that is granted or revoked, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeRole {
    /// The role and where it counts.
    assignment: Assignment,
    /// Why, 1–300 characters in one line.
    #[schema(example = "岗位调整", max_length = 300, min_length = 1)]
    reason: String,
}

/// Why a person is disabled or enabled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Because {
    /// Why, 1–300 characters in one line.
    #[schema(example = "账号疑似被盗用", max_length = 300, min_length = 1)]
    reason: String,
}

impl ChangeRole {
    pub(super) fn checked(&self) -> Result<(domain::staff::Assignment, Line<300>), Refusal> {
        let mut checks = Checks::default();
        let assignment = self.assignment.checked(&mut checks, "/assignment");
        let reason = checks.line("/reason", &self.reason);
        match (assignment, reason) {
            (Some(assignment), Some(reason)) => Ok((assignment, reason)),
            _ => Err(checks.refusal()),
        }
    }
}

impl Because {
    pub(super) fn checked(&self) -> Result<Line<300>, Refusal> {
        let mut checks = Checks::default();
        match checks.line("/reason", &self.reason) {
            Some(reason) => Ok(reason),
            None => Err(checks.refusal()),
        }
    }
}

/// An id in a path; one of another shape names nobody.
pub(super) fn staff_id(text: &str) -> Result<StaffId, Problem> {
    text.parse().map_err(|_| Problem::plain(&STAFF_NOT_FOUND))
}

/// Lets pass who may do `action` over all that `person` holds.
pub(super) fn over_all(state: &PublishState, staff: &Staff, action: Action, person: &Staff) -> Result<(), Refusal> {
    person.extent().iter().try_for_each(|scope| may(state, staff, action, &Resource::all_of(scope)))
}

/// Lets pass the person himself, and whoever may read who holds a role in one of his scopes.
pub(in crate::routes) fn may_see(
    state: &PublishState,
    actor: &ActorId,
    staff: &Staff,
    person: &Staff,
) -> Result<(), Refusal> {
    if person.enrolled.as_ref().is_some_and(|enrolled| enrolled.subject == *actor) {
        return Ok(());
    }
    let mut answer = Ok(());
    for scope in person.extent() {
        answer = may(state, staff, Action::ReadStaff, &Resource::all_of(&scope));
        if answer.is_ok() {
            break;
        }
    }
    answer
}
