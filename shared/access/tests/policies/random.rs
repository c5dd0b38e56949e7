//! Random lives of a delegated administrator and his people.
//!
//! The rules are told once more here, over single points of the city and not over scopes, so that a mistake in one of the two tellings shows.

use std::{collections::BTreeSet, sync::LazyLock};

use access::{Action, Gate, Resource};
use domain::{
    ActorId, Context,
    staff::{self, Assignment, Role, Scope, Staff, StaffEvent, StaffRefusal},
};
use proptest::prelude::*;

use crate::support::{evolved, reason, scope};

const DEPARTMENTS: [&str; 3] = ["", "jyj", "czj"];
const SITES: [&str; 3] = ["", "www", "jyj"];

/// Who acts and who is acted on. The first is the delegated administrator; the city's own acts no more.
const PEOPLE: [&str; 4] = ["delegated", "second", "third", "fourth"];

static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::new().unwrap());

/// A role at one department's things on one site, or on none; `other` stands for all that are not named.
type Point = (Role, &'static str, &'static str);

fn points(assignment: &Assignment) -> BTreeSet<Point> {
    let Assignment { role, scope } = assignment;
    let meets = |named: Option<&str>, here: &str| named.is_none_or(|named| named == here);
    let mut points = BTreeSet::new();
    for department in ["jyj", "czj", "other"] {
        for site in ["www", "jyj", "other", "none"] {
            let within = meets(scope.department.as_ref().map(|d| d.as_str()), department)
                && meets(scope.site.as_ref().map(|s| s.as_str()), site);
            if within {
                points.insert((*role, department, site));
            }
        }
    }
    points
}

fn all_points(staff: &Staff) -> BTreeSet<Point> {
    staff.held.iter().flat_map(|held| points(&held.assignment)).collect()
}

/// Whether every point of `assignment` is one at which `staff` holds `role`.
fn holds_everywhere(staff: &Staff, role: Role, assignment: &Assignment) -> bool {
    let held = all_points(staff);
    points(assignment).into_iter().all(|(_, department, site)| held.contains(&(role, department, site)))
}

#[derive(Debug, Clone)]
enum Step {
    Grant(Assignment),
    Revoke(Assignment),
    Disable,
    Enable,
}

fn any_assignment() -> impl Strategy<Value = Assignment> {
    let role = prop::sample::select(Role::ALL.to_vec());
    let department = prop::sample::select(DEPARTMENTS.to_vec());
    let site = prop::sample::select(SITES.to_vec());
    (role, department, site).prop_map(|(role, department, site)| Assignment { role, scope: scope(department, site) })
}

fn any_step() -> impl Strategy<Value = (usize, usize, Step)> {
    let step = prop_oneof![
        6 => any_assignment().prop_map(Step::Grant),
        3 => any_assignment().prop_map(Step::Revoke),
        1 => Just(Step::Disable),
        1 => Just(Step::Enable),
    ];
    (0..PEOPLE.len(), 0..PEOPLE.len(), step)
}

/// Asks the policies and then the rules, as the API does.
fn carried_out(actor: &Staff, by: &str, other: &Staff, step: &Step) -> Option<Vec<StaffEvent>> {
    let context = Context { actor: by.parse().unwrap(), now: "2026-11-23T01:00:00Z".parse().unwrap() };
    let over = |action, scope: &Scope| GATE.allowed(actor, action, &Resource::all_of(scope)).is_allowed();
    let over_all = |action| other.extent().iter().all(|scope| over(action, scope));
    let (permitted, decided): (bool, Result<_, StaffRefusal>) = match step {
        Step::Grant(assignment) => (
            GATE.may_grant(actor, assignment).is_allowed(),
            staff::grant(other, assignment.clone(), &reason(), &context),
        ),
        Step::Revoke(assignment) => {
            (over(Action::RevokeRole, &assignment.scope), staff::revoke(other, assignment.clone(), &reason(), &context))
        }
        Step::Disable => (over_all(Action::DisableStaff), staff::disable(other, &reason(), &context)),
        Step::Enable => (over_all(Action::EnableStaff), staff::enable(other, &reason(), &context)),
    };
    decided.ok().filter(|_| permitted)
}

fn enrolled(name: &str, assignments: Vec<Assignment>) -> Staff {
    let mut person = Staff::default();
    let subject: ActorId = name.parse().unwrap();
    let context = Context { actor: "city".parse().unwrap(), now: "2026-11-23T01:00:00Z".parse().unwrap() };
    let mut assignments = assignments;
    assignments.sort_unstable();
    assignments.dedup();
    let events = staff::enrol(&person, subject, assignments, &reason(), &context).unwrap();
    evolved(&mut person, "city", &events);
    person
}

/// What an accepted step must have needed.
fn check(actor: &Staff, by: &str, other: &Staff, whom: &str, step: &Step) {
    assert!(actor.disabled.is_none(), "{by} is disabled");
    assert_ne!(by, whom, "nobody decides about himself");
    match step {
        Step::Grant(assignment) => {
            assert!(holds_everywhere(actor, Role::Administrator, assignment), "{by} administers there");
            assert!(holds_everywhere(actor, assignment.role, assignment), "{by} holds what he gives");
            assert!(other.disabled.is_none());
        }
        Step::Revoke(assignment) => assert!(holds_everywhere(actor, Role::Administrator, assignment)),
        Step::Disable | Step::Enable => {
            for held in &other.held {
                assert!(holds_everywhere(actor, Role::Administrator, &held.assignment), "{by} over all of {whom}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Whatever a delegated administrator and those he made do, none of them ever holds what he did not hold at the beginning.
    #[test]
    fn a_delegated_administrator_and_all_he_makes_never_exceed_what_he_was_given(
        given in prop::collection::vec(any_assignment(), 1..6),
        department in prop::sample::select(DEPARTMENTS.to_vec()),
        site in prop::sample::select(SITES.to_vec()),
        steps in prop::collection::vec(any_step(), 1..80),
    ) {
        let mut given = given;
        given.push(Assignment { role: Role::Administrator, scope: scope(department, site) });
        let mut people: Vec<Staff> = PEOPLE.iter().map(|name| enrolled(name, Vec::new())).collect();
        people[0] = enrolled(PEOPLE[0], given);
        let ceiling = all_points(&people[0]);
        for (by, whom, step) in steps {
            let Some(events) = carried_out(&people[by], PEOPLE[by], &people[whom], &step) else { continue };
            check(&people[by], PEOPLE[by], &people[whom], PEOPLE[whom], &step);
            evolved(&mut people[whom], PEOPLE[by], &events);
            for person in &people {
                prop_assert!(all_points(person).is_subset(&ceiling));
            }
        }
    }

    /// Whoever may do something to a thing holds a role that allows it at that very point, and is not disabled.
    #[test]
    fn whoever_may_touch_a_departments_thing_holds_the_role_there(
        held in prop::collection::vec(any_assignment(), 0..6),
        action in prop::sample::select(Action::ALL.to_vec()),
        department in prop::sample::select(vec!["jyj", "czj", "other"]),
        site in prop::sample::select(vec!["www", "jyj", "other"]),
        disable in any::<bool>(),
    ) {
        let mut person = enrolled("somebody", held);
        if disable {
            evolved(&mut person, "city", &[StaffEvent::StaffDisabled { reason: reason() }]);
        }
        let thing = Resource::all_of(&scope(department, site));
        if !GATE.allowed(&person, action, &thing).is_allowed() {
            return Ok(());
        }
        prop_assert!(!disable);
        let here = |role: Role| all_points(&person).contains(&(role, department, site));
        let guest = |role: Role| person.scopes(role).any(|s| s.site.as_ref().is_some_and(|s| s.as_str() == site));
        let may = match action {
            Action::Draft | Action::Revise | Action::Submit | Action::MoveUnpublished => here(Role::Editor),
            Action::Return | Action::Approve => here(Role::Reviewer),
            Action::Publish | Action::Schedule | Action::PublishUrgently | Action::Correct | Action::Share | Action::MovePublished
            | Action::Withdraw => here(Role::Publisher),
            Action::Place => [Role::Editor, Role::Publisher].into_iter().any(|role| here(role) || guest(role)),
            Action::Read => Role::ALL.into_iter().any(here),
            Action::ReadRegister | Action::ReadTerms => !person.held.is_empty(),
            Action::ReadStaff => here(Role::Administrator) || here(Role::Auditor),
            Action::RevokeRole | Action::DisableStaff | Action::EnableStaff | Action::AdoptCalendar | Action::EraseText => here(Role::Administrator),
            Action::GrantRole => false,
            Action::Migrate => here(Role::Migrator),
            Action::ListCases => [Role::Handler, Role::Supervisor, Role::Auditor].into_iter().any(here),
            Action::HandleCase => here(Role::Handler) || here(Role::Supervisor),
            Action::SuperviseCase => here(Role::Supervisor),
            Action::AuditReadings => here(Role::Auditor),
            Action::WorkMessages => here(Role::Supervisor) || here(Role::Administrator),
            Action::RegisterDepartment | Action::ChangeDepartment | Action::DeclareCategory | Action::OpenSite | Action::ChangeSite
            | Action::ChangeSiteState | Action::ChangeAppearance | Action::OpenColumn | Action::ChangeColumn | Action::ChangeVetting => here(Role::Registrar),
        };
        prop_assert!(may, "{action:?} on {department} {site}");
    }
}
