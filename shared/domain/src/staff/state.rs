//! A member of staff as his events tell it.

use jiff::Timestamp;

use super::{
    event::{Assignment, StaffEvent},
    role::Role,
    scope::Scope,
};
use crate::{
    aggregate::{Aggregate, Fact},
    id::{ActorId, StaffId},
    text::Line,
};

/// Who he is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// His id.
    pub staff: StaffId,
    /// The subject that tokens name him by.
    pub subject: ActorId,
}

/// A role he holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The role and where it counts.
    pub assignment: Assignment,
    /// Who granted it.
    pub by: ActorId,
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub reason: Line<300>,
}

/// A role he held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// As he held it.
    pub held: Held,
    /// Who revoked it.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Line<300>,
}

/// That nothing he asks for is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disabled {
    /// Who disabled him.
    pub by: ActorId,
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub reason: Line<300>,
}

/// A member of staff as his events tell it.
///
/// A disabled person keeps his roles, so that they count again when he is enabled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staff {
    /// Who he is, once enrolled.
    pub enrolled: Option<Enrolled>,
    /// The roles he holds, in the order of granting.
    pub held: Vec<Held>,
    /// The roles he held, in the order of revoking.
    pub former: Vec<Former>,
    /// Whether and why nothing he asks for is done.
    pub disabled: Option<Disabled>,
}

impl Staff {
    /// The scopes in which `role` counts; disabled or not.
    pub fn scopes(&self, role: Role) -> impl Iterator<Item = &Scope> {
        self.held.iter().map(|held| &held.assignment).filter(move |a| a.role == role).map(|a| &a.scope)
    }

    /// Whether he holds exactly this.
    #[must_use]
    pub fn holds(&self, assignment: &Assignment) -> bool {
        self.held.iter().any(|held| held.assignment == *assignment)
    }

    /// Whether he holds exactly this, or held it once.
    #[must_use]
    pub fn ever_held(&self, assignment: &Assignment) -> bool {
        self.holds(assignment) || self.former.iter().any(|former| former.held.assignment == *assignment)
    }

    /// What an administrator must cover to disable or enable him: all he holds, or the whole city if he holds nothing.
    #[must_use]
    pub fn extent(&self) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = self.held.iter().map(|held| held.assignment.scope.clone()).collect();
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() { vec![Scope::CITY] } else { scopes }
    }
}

impl Aggregate for Staff {
    type Event = StaffEvent;

    const CATEGORY: &'static str = "staff";

    fn evolve(&mut self, event: StaffEvent, fact: &Fact) {
        let (by, at) = (fact.actor.clone(), fact.at);
        match event {
            StaffEvent::StaffEnrolled { staff, subject } => {
                self.enrolled = Some(Enrolled { staff, subject });
            }
            StaffEvent::RoleGranted { role, scope, reason } => {
                let assignment = Assignment { role, scope };
                if !self.holds(&assignment) {
                    self.held.push(Held { assignment, by, at, reason });
                }
            }
            StaffEvent::RoleRevoked { role, scope, reason } => {
                let revoked = Assignment { role, scope };
                let found = self.held.iter().position(|held| held.assignment == revoked);
                if let Some(place) = found {
                    let held = self.held.remove(place);
                    self.former.push(Former { held, by, at, reason });
                }
            }
            StaffEvent::StaffDisabled { reason } => self.disabled = Some(Disabled { by, at, reason }),
            StaffEvent::StaffEnabled { .. } => self.disabled = None,
        }
    }
}
