//! Given a department, when it declares what does not concern it, then that stands until it says otherwise.

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn context() -> Context {
    Context { actor: "registrar".parse().unwrap(), now: at("2026-11-23T01:00:00Z") }
}

fn reason(text: &str) -> Line<300> {
    Line::new(text).unwrap()
}

fn profile() -> Profile {
    Profile {
        name: Line::new("教育局").unwrap(),
        organisation_code: Line::new("014006438").unwrap(),
        duties: Prose::default(),
        address: Prose::default(),
        telephone: Prose::default(),
        office_hours: Prose::default(),
        leaders: Vec::new(),
        disclosure: None,
    }
}

fn office(name: &str) -> DisclosureOffice {
    DisclosureOffice {
        name: Line::new(name).unwrap(),
        address: Prose::default(),
        office_hours: Prose::default(),
        telephone: Prose::default(),
        fax: Prose::default(),
        mailbox: Prose::default(),
    }
}

/// The education department, after these events at nine on successive days.
fn given(events: &[DepartmentEvent]) -> Department {
    let mut state = Department::default();
    let registered = DepartmentEvent::DepartmentRegistered { code: "jyj".parse().unwrap(), profile: profile() };
    for (event, commit) in std::iter::once(&registered).chain(events).zip(1_u64..) {
        let fact = Fact { commit, at: at(&format!("2026-11-{commit:02}T01:00:00Z")), actor: context().actor };
        state.evolve(event.clone(), &fact);
    }
    state
}

fn declared(category: Category, text: &str) -> DepartmentEvent {
    DepartmentEvent::CategoryDeclared { category, reason: reason(text) }
}

#[test]
fn a_department_declares_what_does_not_concern_it_and_may_give_a_better_reason() {
    let first = declare(&given(&[]), Category::Charges, reason("不收费"), &context()).unwrap();
    assert_eq!(first, [declared(Category::Charges, "不收费")]);
    let state = given(&first);
    let told = Declared { reason: reason("不收费"), at: at("2026-11-02T01:00:00Z") };
    assert_eq!(state.not_concerned, BTreeMap::from([(Category::Charges, told)]));
    assert_eq!(
        declare(&state, Category::Charges, reason("不收费"), &context()),
        Err(DepartmentRefusal::Unchanged),
        "the same again"
    );
    let better = declare(&state, Category::Charges, reason("没有行政事业性收费项目"), &context()).unwrap();
    let state = given(&[first, better].concat());
    assert_eq!(state.not_concerned[&Category::Charges].at, at("2026-11-03T01:00:00Z"));
}

#[test]
fn what_a_department_is_and_who_answers_for_it_concerns_every_department() {
    let refusal = declare(&given(&[]), Category::Organisation, reason("不涉及"), &context());
    assert_eq!(refusal, Err(DepartmentRefusal::ConcernsAll { category: Category::Organisation }));
}

#[test]
fn a_declaration_is_withdrawn_once() {
    let events = [declared(Category::Charges, "不收费")];
    let withdrawn = withdraw_declaration(&given(&events), Category::Charges, &context()).unwrap();
    let state = given(&[&events[..], &withdrawn].concat());
    assert!(state.not_concerned.is_empty());
    let refusal = withdraw_declaration(&state, Category::Charges, &context());
    assert_eq!(refusal, Err(DepartmentRefusal::NotDeclared { category: Category::Charges }));
}

#[test]
fn a_department_that_is_none_declares_nothing() {
    let nobody = Department::default();
    let declared = declare(&nobody, Category::Charges, reason("不收费"), &context());
    let withdrawn = withdraw_declaration(&nobody, Category::Charges, &context());
    assert_eq!([declared, withdrawn], [Err(DepartmentRefusal::NotRegistered), Err(DepartmentRefusal::NotRegistered)]);
    let named = change_disclosure_office(&nobody, Some(office("办公室")), &context());
    assert_eq!(named, Err(DepartmentRefusal::NotRegistered));
}

#[test]
fn who_takes_applications_changes_alone_and_a_profile_without_it_keeps_it() {
    let changed = |name: &str, disclosure: Option<DisclosureOffice>| DepartmentEvent::DepartmentProfileChanged {
        profile: Profile { name: Line::new(name).unwrap(), disclosure, ..profile() },
    };
    let named = change_disclosure_office(&given(&[]), Some(office("办公室")), &context()).unwrap();
    assert_eq!(named, [changed("教育局", Some(office("办公室")))]);
    let again = change_disclosure_office(&given(&named), Some(office("办公室")), &context());
    assert_eq!(again, Err(DepartmentRefusal::Unchanged));

    let other_name = Profile { name: Line::new("教育和体育局").unwrap(), ..profile() };
    let renamed = change(&given(&named), other_name, &context()).unwrap();
    assert_eq!(renamed, [changed("教育和体育局", Some(office("办公室")))]);
    assert_eq!(change(&given(&named), profile(), &context()), Err(DepartmentRefusal::Unchanged));

    let state = given(&[named, renamed].concat());
    let taken_away = change_disclosure_office(&state, None, &context()).unwrap();
    assert_eq!(taken_away, [changed("教育和体育局", None)]);
}
