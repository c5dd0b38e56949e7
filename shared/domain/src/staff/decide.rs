//! What may happen to a member of staff next.
//!
//! Who may decide it is asked of the policies (`shared/access`): only an administrator of the scope, and only what he holds himself.

use std::collections::BTreeSet;

use super::{
    event::{Assignment, StaffEvent},
    refusal::StaffRefusal,
    role::Role,
    scope::Scope,
    state::Staff,
};
use crate::{
    aggregate::Context,
    id::{ActorId, StaffId},
    text::Line,
};

type Decision = Result<Vec<StaffEvent>, StaffRefusal>;

/// Makes a person known, with the first roles he is trusted with.
///
/// # Errors
/// He is known, is the one who asks, is the platform itself, or a role is named twice.
pub fn enrol(
    state: &Staff,
    subject: ActorId,
    assignments: Vec<Assignment>,
    reason: &Line<300>,
    context: &Context,
) -> Decision {
    let staff = unknown(state, &subject)?;
    if subject == context.actor {
        return Err(StaffRefusal::Own);
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = assignments.iter().find(|assignment| !seen.insert(*assignment)) {
        return Err(StaffRefusal::AlreadyHeld(twice.clone()));
    }
    let granted = assignments.into_iter().map(|assignment| granted(assignment, reason));
    Ok(std::iter::once(StaffEvent::StaffEnrolled { staff, subject }).chain(granted).collect())
}

/// Makes the one who asks the city's administrator: the first, whom the deployment names.
///
/// He gets every role for the whole city, since nobody can grant what he does not hold; and once more those that there were none of when he took office.
///
/// # Errors
/// He is known, and no role came into the world since; or he is city administrator no more.
pub fn take_office(state: &Staff, reason: &Line<300>, context: &Context) -> Decision {
    let subject = context.actor.clone();
    let every = Role::ALL.map(|role| Assignment { role, scope: Scope::CITY });
    match unknown(state, &subject) {
        Ok(staff) => {
            let granted = every.map(|assignment| granted(assignment, reason));
            Ok(std::iter::once(StaffEvent::StaffEnrolled { staff, subject }).chain(granted).collect())
        }
        Err(refusal) => {
            let in_office = state.holds(&Assignment { role: Role::Administrator, scope: Scope::CITY });
            let new = every.into_iter().filter(|assignment| in_office && !state.ever_held(assignment));
            let events: Vec<StaffEvent> = new.map(|assignment| granted(assignment, reason)).collect();
            if events.is_empty() || state.disabled.is_some() { Err(refusal) } else { Ok(events) }
        }
    }
}

/// Trusts a person with a role.
///
/// # Errors
/// He is unknown, is the one who asks, is disabled, or holds exactly this.
pub fn grant(state: &Staff, assignment: Assignment, reason: &Line<300>, context: &Context) -> Decision {
    other(state, context)?;
    if state.disabled.is_some() {
        return Err(StaffRefusal::Disabled);
    }
    if state.holds(&assignment) {
        return Err(StaffRefusal::AlreadyHeld(assignment));
    }
    Ok(vec![granted(assignment, reason)])
}

/// Takes a role from a person, disabled or not.
///
/// # Errors
/// He is unknown, is the one who asks, or does not hold exactly this.
pub fn revoke(state: &Staff, assignment: Assignment, reason: &Line<300>, context: &Context) -> Decision {
    other(state, context)?;
    if !state.holds(&assignment) {
        return Err(StaffRefusal::NotHeld(assignment));
    }
    let Assignment { role, scope } = assignment;
    Ok(vec![StaffEvent::RoleRevoked { role, scope, reason: reason.clone() }])
}

/// Stops all that a person may do; his roles are kept.
///
/// # Errors
/// He is unknown, is the one who asks, or is disabled.
pub fn disable(state: &Staff, reason: &Line<300>, context: &Context) -> Decision {
    other(state, context)?;
    match state.disabled {
        Some(_) => Err(StaffRefusal::AlreadyDisabled),
        None => Ok(vec![StaffEvent::StaffDisabled { reason: reason.clone() }]),
    }
}

/// Lets a disabled person's roles count again.
///
/// # Errors
/// He is unknown, is the one who asks, or is not disabled.
pub fn enable(state: &Staff, reason: &Line<300>, context: &Context) -> Decision {
    other(state, context)?;
    match state.disabled {
        Some(_) => Ok(vec![StaffEvent::StaffEnabled { reason: reason.clone() }]),
        None => Err(StaffRefusal::NotDisabled),
    }
}

fn granted(assignment: Assignment, reason: &Line<300>) -> StaffEvent {
    let Assignment { role, scope } = assignment;
    StaffEvent::RoleGranted { role, scope, reason: reason.clone() }
}

/// The id of a subject that nobody enrolled.
fn unknown(state: &Staff, subject: &ActorId) -> Result<StaffId, StaffRefusal> {
    match &state.enrolled {
        Some(enrolled) => Err(StaffRefusal::AlreadyEnrolled { staff: enrolled.staff.clone() }),
        None if subject.is_platform() || subject.is_citizen() => Err(StaffRefusal::Platform),
        None => Ok(StaffId::of(subject)),
    }
}

/// An enrolled person who is not the one who asks.
fn other(state: &Staff, context: &Context) -> Result<(), StaffRefusal> {
    match &state.enrolled {
        None => Err(StaffRefusal::NotEnrolled),
        Some(enrolled) if enrolled.subject == context.actor => Err(StaffRefusal::Own),
        Some(_) => Ok(()),
    }
}
