//! Members of staff, made of events as the ledger would.

use domain::{
    Aggregate, Fact,
    staff::{Assignment, Role, Scope, Staff, StaffEvent},
    text::Line,
};

/// `""` stands for all.
pub(crate) fn scope(department: &str, site: &str) -> Scope {
    Scope { department: department.parse().ok(), site: site.parse().ok() }
}

pub(crate) fn assignment(role: Role, department: &str, site: &str) -> Assignment {
    Assignment { role, scope: scope(department, site) }
}

pub(crate) fn reason() -> Line<300> {
    Line::new("测试").unwrap()
}

pub(crate) fn evolved(staff: &mut Staff, by: &str, events: &[StaffEvent]) {
    let fact = Fact { commit: 1, at: "2026-11-23T01:00:00Z".parse().unwrap(), actor: by.parse().unwrap() };
    for event in events {
        staff.evolve(event.clone(), &fact);
    }
}

/// Somebody who holds `assignments`.
pub(crate) fn staff(assignments: &[Assignment]) -> Staff {
    let mut staff = Staff::default();
    let granted = assignments.iter().cloned();
    let granted: Vec<StaffEvent> =
        granted.map(|a| StaffEvent::RoleGranted { role: a.role, scope: a.scope, reason: reason() }).collect();
    evolved(&mut staff, "administrator", &granted);
    staff
}

/// As [`staff`], and disabled.
pub(crate) fn disabled(assignments: &[Assignment]) -> Staff {
    let mut staff = staff(assignments);
    evolved(&mut staff, "administrator", &[StaffEvent::StaffDisabled { reason: reason() }]);
    staff
}
