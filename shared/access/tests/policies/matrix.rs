//! Every role × every action × areas within and without its scope, as the policies have it.

use access::{Action, Decision, Gate, Resource};
use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use domain::staff::{Assignment, Role, Scope};

use crate::support::{assignment, disabled, scope, staff};

fn on(department: &str, site: &str) -> Resource {
    Resource::all_of(&scope(department, site))
}

/// The rule in prose, written apart from the policies: what a role allows where it counts.
fn allows(role: Role, action: Action) -> bool {
    match action {
        Action::Draft | Action::Revise | Action::Submit | Action::MoveUnpublished => role == Role::Editor,
        Action::Place => matches!(role, Role::Editor | Role::Publisher),
        Action::Return | Action::Approve => role == Role::Reviewer,
        Action::Publish
        | Action::Schedule
        | Action::PublishUrgently
        | Action::Correct
        | Action::Share
        | Action::MovePublished
        | Action::Withdraw => role == Role::Publisher,
        Action::Migrate => role == Role::Migrator,
        Action::RegisterDepartment
        | Action::ChangeDepartment
        | Action::DeclareCategory
        | Action::OpenSite
        | Action::ChangeSite
        | Action::ChangeSiteState
        | Action::ChangeAppearance
        | Action::OpenColumn
        | Action::ChangeColumn
        | Action::ChangeVetting => role == Role::Registrar,
        Action::Read | Action::ReadRegister | Action::ReadTerms => true,
        Action::RevokeRole | Action::DisableStaff | Action::EnableStaff | Action::AdoptCalendar | Action::EraseText => {
            role == Role::Administrator
        }
        Action::ReadStaff => matches!(role, Role::Administrator | Role::Auditor),
        Action::ListCases => matches!(role, Role::Handler | Role::Supervisor | Role::Auditor),
        Action::HandleCase => matches!(role, Role::Handler | Role::Supervisor),
        Action::SuperviseCase => role == Role::Supervisor,
        Action::AuditReadings => role == Role::Auditor,
        Action::WorkMessages => matches!(role, Role::Supervisor | Role::Administrator),
        // Asked through `may_grant`, which says what the one who grants holds.
        Action::GrantRole => false,
    }
}

#[test]
fn a_role_counts_in_its_scope_and_nowhere_else() {
    let gate = Gate::new().unwrap();
    let areas = [("jyj", "www"), ("jyj", "jyj"), ("jyj", ""), ("czj", "www"), ("czj", ""), ("", "www"), ("", "")];
    for role in Role::ALL {
        for held in areas {
            let somebody = staff(&[assignment(role, held.0, held.1)]);
            for action in Action::ALL {
                for asked in areas {
                    let covers = scope(held.0, held.1).covers(&scope(asked.0, asked.1));
                    // A guest places documents into all columns of a site that his role names.
                    let guest = *action == Action::Place && !held.1.is_empty() && held.1 == asked.1;
                    let counts = covers || guest || matches!(action, Action::ReadRegister | Action::ReadTerms);
                    assert_eq!(
                        gate.allowed(&somebody, *action, &on(asked.0, asked.1)).is_allowed(),
                        counts && allows(role, *action),
                        "{role:?} of {held:?}: {action:?} {asked:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn nobody_does_anything_without_a_role_or_disabled() {
    let gate = Gate::new().unwrap();
    let all: Vec<Assignment> = Role::ALL.iter().map(|role| assignment(*role, "", "")).collect();
    for action in Action::ALL {
        for nobody in [staff(&[]), disabled(&all)] {
            assert!(!gate.allowed(&nobody, *action, &on("jyj", "jyj")).is_allowed(), "{action:?}");
        }
        let allowed = gate.allowed(&staff(&all), *action, &on("jyj", "jyj")).is_allowed();
        assert_eq!(allowed, *action != Action::GrantRole, "{action:?}");
    }
    assert!(!gate.may_grant(&disabled(&all), &assignment(Role::Editor, "jyj", "")).is_allowed());
}

#[test]
fn roles_add_up_but_do_not_widen_each_other() {
    let gate = Gate::new().unwrap();
    let both = staff(&[assignment(Role::Editor, "jyj", ""), assignment(Role::Reviewer, "czj", "")]);
    assert!(gate.allowed(&both, Action::Draft, &on("jyj", "jyj")).is_allowed());
    assert!(gate.allowed(&both, Action::Approve, &on("czj", "czj")).is_allowed());
    assert!(!gate.allowed(&both, Action::Approve, &on("jyj", "jyj")).is_allowed());
    assert!(!gate.allowed(&both, Action::Draft, &on("czj", "czj")).is_allowed());
}

#[test]
fn a_guest_places_his_own_departments_documents_on_a_site_that_his_role_names() {
    let gate = Gate::new().unwrap();
    let guest = staff(&[assignment(Role::Editor, "jyj", "www")]);
    assert!(gate.allowed(&guest, Action::Place, &on("zfb", "www")).is_allowed());
    assert!(gate.allowed(&guest, Action::Draft, &on("jyj", "www")).is_allowed());
    assert!(!gate.allowed(&guest, Action::Draft, &on("zfb", "www")).is_allowed());
    assert!(!gate.allowed(&guest, Action::Place, &on("czj", "czj")).is_allowed());
    let everywhere = staff(&[assignment(Role::Editor, "jyj", "")]);
    assert!(!gate.allowed(&everywhere, Action::Place, &on("zfb", "www")).is_allowed());
}

#[test]
fn an_administrator_grants_within_his_scope_and_only_what_he_holds_there() {
    let gate = Gate::new().unwrap();
    let delegated = staff(&[
        assignment(Role::Administrator, "jyj", ""),
        assignment(Role::Editor, "jyj", ""),
        assignment(Role::Reviewer, "jyj", "www"),
        assignment(Role::Publisher, "", ""),
    ]);
    let cases = [
        (Role::Editor, "jyj", "", true),
        (Role::Editor, "jyj", "jyj", true),
        (Role::Administrator, "jyj", "www", true),
        (Role::Reviewer, "jyj", "www", true),
        (Role::Publisher, "jyj", "", true),
        // Wider than what he holds.
        (Role::Reviewer, "jyj", "", false),
        (Role::Reviewer, "jyj", "jyj", false),
        // Not his at all.
        (Role::Registrar, "jyj", "", false),
        // Outside of what he administers, though he holds it there.
        (Role::Publisher, "czj", "", false),
        (Role::Publisher, "", "www", false),
        (Role::Publisher, "", "", false),
        (Role::Administrator, "", "", false),
    ];
    for (role, department, site, may) in cases {
        let granted = gate.may_grant(&delegated, &assignment(role, department, site));
        assert_eq!(granted.is_allowed(), may, "{role:?} {department} {site}");
    }
    let editor = staff(&[assignment(Role::Editor, "", "")]);
    assert!(!gate.may_grant(&editor, &assignment(Role::Editor, "jyj", "")).is_allowed(), "no administrator");
}

#[test]
fn a_refusal_names_who_may_and_by_which_policy() {
    let gate = Gate::new().unwrap();
    let editor = [assignment(Role::Editor, "jyj", "")];
    assert_eq!(
        gate.allowed(&staff(&editor), Action::Publish, &on("jyj", "jyj")),
        Decision::Denied { roles: vec!["publisher".to_owned()], policies: vec!["publisher-of-the-area".to_owned()] }
    );
    match gate.allowed(&disabled(&editor), Action::Draft, &on("jyj", "jyj")) {
        Decision::Denied { policies, .. } => assert_eq!(policies, ["nobody-who-is-disabled"]),
        Decision::Allowed => panic!("he is disabled"),
    }
    for action in Action::ALL {
        match gate.allowed(&staff(&[]), *action, &on("czj", "")) {
            Decision::Denied { roles, policies } => assert!(!roles.is_empty() && !policies.is_empty(), "{action:?}"),
            Decision::Allowed => panic!("{action:?} without a role"),
        }
    }
    match gate.may_grant(&staff(&editor), &Assignment { role: Role::Editor, scope: Scope::CITY }) {
        Decision::Denied { policies, .. } => assert_eq!(policies, ["administrator-grants-what-he-holds"]),
        Decision::Allowed => panic!("he is no administrator"),
    }
}

#[test]
fn the_policies_fit_their_schema() {
    let (schema, warnings) = Schema::from_cedarschema_str(include_str!("../../policies/taihu.cedarschema")).unwrap();
    assert_eq!(warnings.count(), 0);
    let policies: PolicySet = include_str!("../../policies/taihu.cedar").parse().unwrap();
    let result = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
    let complaints: Vec<String> = result
        .validation_errors()
        .map(ToString::to_string)
        .chain(result.validation_warnings().map(ToString::to_string))
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    let mut declared: Vec<String> = schema.actions().map(|uid| uid.id().unescaped().to_owned()).collect();
    let mut known: Vec<String> = Action::ALL.iter().map(|action| action.as_str().to_owned()).collect();
    declared.sort_unstable();
    known.sort_unstable();
    assert_eq!(declared, known);
}
