//! Every role × every action × own and another department, as the policies have it.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use access::{Action, Decision, Gate, Reach, Resource, Role, Staff};
use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};

fn staff(roles: &[Role]) -> Staff {
    Staff {
        actor: "somebody".parse().unwrap(),
        name: "某人".to_owned(),
        roles: roles.to_vec(),
        department: "jyj".parse().unwrap(),
        sites: None,
        reach: Reach::Department,
    }
}

fn resource(department: &str) -> Resource {
    Resource::on(&department.parse().unwrap(), "www".parse().unwrap())
}

/// The rule in prose, written apart from the policies.
fn own_department_allows(role: Role, action: Action) -> bool {
    match action {
        Action::Draft | Action::Revise | Action::Submit | Action::MoveUnpublished => role == Role::Editor,
        Action::Place => matches!(role, Role::Editor | Role::Publisher),
        Action::Return | Action::Approve => role == Role::Reviewer,
        Action::Publish | Action::Correct | Action::MovePublished | Action::Withdraw => role == Role::Publisher,
        Action::RegisterDepartment
        | Action::ChangeDepartment
        | Action::OpenSite
        | Action::ChangeSite
        | Action::OpenColumn
        | Action::ChangeColumn => role == Role::Registrar,
        Action::Read | Action::ReadRegister => true,
    }
}

fn other_department_allows(role: Role, action: Action) -> bool {
    match action {
        Action::Read => role == Role::Auditor,
        Action::ReadRegister => true,
        _ => false,
    }
}

#[test]
fn every_role_and_action_in_the_own_and_in_another_department() {
    let gate = Gate::new().unwrap();
    for role in Role::ALL {
        for action in Action::ALL {
            let own = gate.allowed(&staff(&[role]), *action, &resource("jyj"));
            let other = gate.allowed(&staff(&[role]), *action, &resource("czj"));
            assert_eq!(own.is_allowed(), own_department_allows(role, *action), "{role:?} {action:?} own");
            assert_eq!(other.is_allowed(), other_department_allows(role, *action), "{role:?} {action:?} other");
        }
    }
}

#[test]
fn nobody_does_anything_without_a_role_but_read() {
    let gate = Gate::new().unwrap();
    for action in Action::ALL {
        let allowed = gate.allowed(&staff(&[]), *action, &resource("jyj")).is_allowed();
        assert_eq!(allowed, matches!(action, Action::Read | Action::ReadRegister), "{action:?}");
    }
}

#[test]
fn roles_add_up() {
    let gate = Gate::new().unwrap();
    let all = staff(&Role::ALL);
    for action in Action::ALL {
        assert!(gate.allowed(&all, *action, &resource("jyj")).is_allowed(), "{action:?}");
    }
}

#[test]
fn a_city_registrar_registers_everywhere_and_does_nothing_else_there() {
    let gate = Gate::new().unwrap();
    let registrar = Staff { reach: Reach::City, ..staff(&[Role::Registrar]) };
    for action in Action::ALL {
        let registers = own_department_allows(Role::Registrar, *action) && *action != Action::Read;
        let allowed = gate.allowed(&registrar, *action, &resource("czj")).is_allowed();
        assert_eq!(allowed, registers, "{action:?}");
    }
    let editor = Staff { reach: Reach::City, ..staff(&[Role::Editor]) };
    assert!(!gate.allowed(&editor, Action::Draft, &resource("czj")).is_allowed());
}

#[test]
fn the_sites_of_a_token_narrow_it_and_open_columns_of_others_there() {
    let gate = Gate::new().unwrap();
    let narrowed =
        Staff { sites: Some(vec!["www".parse().unwrap()]), ..staff(&[Role::Editor, Role::Publisher, Role::Reviewer]) };
    let elsewhere = Resource::on(&"jyj".parse().unwrap(), "jyj".parse().unwrap());
    for action in Action::ALL {
        let document = own_department_allows(Role::Editor, *action)
            || own_department_allows(Role::Publisher, *action)
            || own_department_allows(Role::Reviewer, *action);
        assert_eq!(gate.allowed(&narrowed, *action, &resource("jyj")).is_allowed(), document, "{action:?}");
        let reads = matches!(action, Action::Read | Action::ReadRegister);
        assert_eq!(gate.allowed(&narrowed, *action, &elsewhere).is_allowed(), reads, "{action:?}");
    }
    assert!(gate.allowed(&narrowed, Action::Place, &resource("czj")).is_allowed());
    assert!(!gate.allowed(&narrowed, Action::Draft, &resource("czj")).is_allowed());
    assert!(!gate.allowed(&staff(&[Role::Editor]), Action::Place, &resource("czj")).is_allowed());
}

#[test]
fn a_refusal_names_who_may_and_by_which_policy() {
    let gate = Gate::new().unwrap();
    assert_eq!(
        gate.allowed(&staff(&[Role::Editor]), Action::Publish, &resource("jyj")),
        Decision::Denied {
            roles: vec!["publisher".to_owned()],
            policies: vec!["publisher-of-the-department".to_owned()],
        }
    );
    let narrowed = Staff { sites: Some(Vec::new()), ..staff(&[Role::Editor]) };
    match gate.allowed(&narrowed, Action::Draft, &resource("jyj")) {
        Decision::Denied { policies, .. } => assert_eq!(policies, ["only-the-sites-of-the-token"]),
        Decision::Allowed => panic!("the token is for no site"),
    }
    for action in Action::ALL {
        match gate.allowed(&staff(&[]), *action, &resource("czj")) {
            Decision::Denied { roles, policies } => assert!(!roles.is_empty() && !policies.is_empty(), "{action:?}"),
            Decision::Allowed => assert_eq!(*action, Action::ReadRegister),
        }
    }
}

#[test]
fn the_policies_fit_their_schema() {
    let (schema, warnings) = Schema::from_cedarschema_str(include_str!("../policies/taihu.cedarschema")).unwrap();
    assert_eq!(warnings.count(), 0);
    let policies: PolicySet = include_str!("../policies/taihu.cedar").parse().unwrap();
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
