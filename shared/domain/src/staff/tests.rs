//! Given events, when a command, then events or a refusal.

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    id::{ActorId, StaffId},
    text::Line,
};

const ADMINISTRATOR: &str = "administrator";
const PERSON: &str = "zhang.wei";

fn actor(name: &str) -> ActorId {
    name.parse().unwrap()
}

fn at(minute: u64) -> Timestamp {
    let start: Timestamp = "2026-11-23T01:00:00Z".parse().unwrap();
    start + std::time::Duration::from_secs(60 * minute)
}

fn reason() -> Line<300> {
    Line::new("岗位调整").unwrap()
}

fn assignment(role: Role, department: &str, site: &str) -> Assignment {
    Assignment { role, scope: Scope { department: department.parse().ok(), site: site.parse().ok() } }
}

/// A person and the number of his last commit; every step is decided by the real functions.
#[derive(Default)]
struct History {
    state: Staff,
    commit: u64,
}

impl History {
    fn take(
        &mut self,
        by: &str,
        decide: impl FnOnce(&Staff, &Context) -> Result<Vec<StaffEvent>, StaffRefusal>,
    ) -> Result<Vec<StaffEvent>, StaffRefusal> {
        let context = Context { actor: actor(by), now: at(self.commit) };
        let events = decide(&self.state, &context)?;
        self.commit += 1;
        let fact = Fact { commit: self.commit, at: context.now, actor: context.actor };
        for event in &events {
            self.state.evolve(event.clone(), &fact);
        }
        Ok(events)
    }

    fn enrolled(assignments: &[Assignment]) -> Self {
        let mut history = Self::default();
        history.take(ADMINISTRATOR, |s, c| enrol(s, actor(PERSON), assignments.to_vec(), &reason(), c)).unwrap();
        history
    }

    fn grant(&mut self, by: &str, assignment: Assignment) -> Result<Vec<StaffEvent>, StaffRefusal> {
        self.take(by, |s, c| grant(s, assignment, &reason(), c))
    }

    fn revoke(&mut self, by: &str, assignment: Assignment) -> Result<Vec<StaffEvent>, StaffRefusal> {
        self.take(by, |s, c| revoke(s, assignment, &reason(), c))
    }
}

#[test]
fn an_id_tells_nothing_of_the_subject_and_is_the_same_every_time() {
    let id = StaffId::of(&actor("https://login.city/Users/7f3e?x=%20"));
    assert_eq!((id.as_str().len(), id.stream().category()), (26, "staff"));
    assert_eq!(StaffId::of(&actor(PERSON)), StaffId::of(&actor(PERSON)));
    assert_ne!(StaffId::of(&actor(PERSON)), StaffId::of(&actor("zhang.wei2")));
    assert!(!StaffId::of(&actor(PERSON)).as_str().contains("zhang"));
}

#[test]
fn a_person_is_enrolled_with_his_first_roles_and_who_granted_them() {
    let history = History::enrolled(&[assignment(Role::Editor, "jyj", ""), assignment(Role::Reviewer, "jyj", "www")]);
    let Staff { enrolled, held, former, disabled } = history.state;
    assert_eq!(enrolled.unwrap().subject, actor(PERSON));
    assert_eq!((held.len(), former.len(), disabled), (2, 0, None));
    assert_eq!((held[1].by.as_str(), held[1].at, held[1].reason.as_str()), (ADMINISTRATOR, at(0), "岗位调整"));
}

#[test]
fn nobody_is_enrolled_twice_and_no_role_is_named_twice() {
    let mut history = History::enrolled(&[assignment(Role::Editor, "jyj", "")]);
    let again = history.take(ADMINISTRATOR, |s, c| enrol(s, actor(PERSON), Vec::new(), &reason(), c));
    assert_eq!(again, Err(StaffRefusal::AlreadyEnrolled { staff: StaffId::of(&actor(PERSON)) }));
    let twice = vec![assignment(Role::Editor, "jyj", ""); 2];
    let refused = History::default().take(ADMINISTRATOR, |s, c| enrol(s, actor(PERSON), twice, &reason(), c));
    assert_eq!(refused, Err(StaffRefusal::AlreadyHeld(assignment(Role::Editor, "jyj", ""))));
}

#[test]
fn the_platform_itself_is_no_member_of_staff() {
    let refused =
        History::default().take(ADMINISTRATOR, |s, c| enrol(s, actor("system:clock"), Vec::new(), &reason(), c));
    assert_eq!(refused, Err(StaffRefusal::Platform));
    let citizen = "citizen:letter:gq4tmnzzgqztsmzrgq2dqmjsge";
    let refused = History::default().take(ADMINISTRATOR, |s, c| enrol(s, actor(citizen), Vec::new(), &reason(), c));
    assert_eq!(refused, Err(StaffRefusal::Platform));
    assert_eq!(
        History::default().take("system:clock", |s, c| take_office(s, &reason(), c)),
        Err(StaffRefusal::Platform)
    );
}

#[test]
fn the_first_administrator_holds_every_role_for_the_whole_city_once() {
    let mut history = History::default();
    history.take(ADMINISTRATOR, |s, c| take_office(s, &reason(), c)).unwrap();
    for role in Role::ALL {
        assert!(history.state.scopes(role).any(|scope| *scope == Scope::CITY), "{role:?}");
    }
    let again = history.take(ADMINISTRATOR, |s, c| take_office(s, &reason(), c));
    assert!(matches!(again, Err(StaffRefusal::AlreadyEnrolled { .. })));
}

#[test]
fn the_first_administrator_takes_up_the_roles_that_there_were_none_of_when_he_took_office() {
    let city = |role| assignment(role, "", "");
    let of_old = [Role::Administrator, Role::Editor].map(city);
    let mut history = History::default();
    history.take(ADMINISTRATOR, |s, c| enrol(s, actor(PERSON), of_old.to_vec(), &reason(), c)).unwrap();
    history.revoke(ADMINISTRATOR, city(Role::Editor)).unwrap();
    let events = history.take(PERSON, |s, c| take_office(s, &reason(), c)).unwrap();
    assert_eq!(events.len(), Role::ALL.len() - of_old.len());
    assert!(history.state.holds(&city(Role::Migrator)));
    assert!(!history.state.holds(&city(Role::Editor)), "what was revoked stays revoked");
    let mut other = History::enrolled(&[assignment(Role::Administrator, "jyj", "")]);
    assert!(other.take(PERSON, |s, c| take_office(s, &reason(), c)).is_err(), "he never held that office");
}

#[test]
fn a_role_is_granted_once_and_revoked_once_in_exactly_its_scope() {
    let mut history = History::enrolled(&[assignment(Role::Editor, "jyj", "")]);
    let narrower = assignment(Role::Editor, "jyj", "www");
    assert_eq!(
        history.revoke(ADMINISTRATOR, narrower.clone()),
        Err(StaffRefusal::NotHeld(narrower.clone())),
        "a role is revoked as it was granted"
    );
    history.grant(ADMINISTRATOR, narrower.clone()).unwrap();
    assert_eq!(history.grant(ADMINISTRATOR, narrower.clone()), Err(StaffRefusal::AlreadyHeld(narrower.clone())));
    history.revoke(ADMINISTRATOR, narrower.clone()).unwrap();
    assert!(!history.state.holds(&narrower) && history.state.holds(&assignment(Role::Editor, "jyj", "")));
    let former = &history.state.former[0];
    assert_eq!((former.held.at, former.at, former.by.as_str()), (at(1), at(2), ADMINISTRATOR));
    history.grant(ADMINISTRATOR, narrower).unwrap();
}

#[test]
fn a_person_who_is_unknown_gets_nothing_and_loses_nothing() {
    let mut history = History::default();
    let editor = assignment(Role::Editor, "jyj", "");
    assert_eq!(history.grant(ADMINISTRATOR, editor.clone()), Err(StaffRefusal::NotEnrolled));
    assert_eq!(history.revoke(ADMINISTRATOR, editor), Err(StaffRefusal::NotEnrolled));
    assert_eq!(history.take(ADMINISTRATOR, |s, c| disable(s, &reason(), c)), Err(StaffRefusal::NotEnrolled));
    assert_eq!(history.take(ADMINISTRATOR, |s, c| enable(s, &reason(), c)), Err(StaffRefusal::NotEnrolled));
}

#[test]
fn nobody_decides_about_himself() {
    let own = assignment(Role::Administrator, "", "");
    let mut history = History::enrolled(std::slice::from_ref(&own));
    let further = assignment(Role::Publisher, "", "");
    assert_eq!(history.grant(PERSON, further.clone()), Err(StaffRefusal::Own));
    assert_eq!(history.revoke(PERSON, own), Err(StaffRefusal::Own));
    assert_eq!(history.take(PERSON, |s, c| disable(s, &reason(), c)), Err(StaffRefusal::Own));
    history.take(ADMINISTRATOR, |s, c| disable(s, &reason(), c)).unwrap();
    assert_eq!(history.take(PERSON, |s, c| enable(s, &reason(), c)), Err(StaffRefusal::Own));
    let own = History::default().take(PERSON, |s, c| enrol(s, actor(PERSON), vec![further], &reason(), c));
    assert_eq!(own, Err(StaffRefusal::Own));
}

#[test]
fn a_disabled_person_keeps_his_roles_and_gets_no_further_ones() {
    let editor = assignment(Role::Editor, "jyj", "");
    let mut history = History::enrolled(std::slice::from_ref(&editor));
    history.take(ADMINISTRATOR, |s, c| disable(s, &reason(), c)).unwrap();
    assert_eq!(history.state.disabled.as_ref().map(|disabled| disabled.at), Some(at(1)));
    assert_eq!(history.take("other", |s, c| disable(s, &reason(), c)), Err(StaffRefusal::AlreadyDisabled));
    assert_eq!(history.grant(ADMINISTRATOR, assignment(Role::Reviewer, "jyj", "")), Err(StaffRefusal::Disabled));
    assert!(history.state.holds(&editor));
    history.revoke(ADMINISTRATOR, editor).unwrap();
    history.take(ADMINISTRATOR, |s, c| enable(s, &reason(), c)).unwrap();
    assert_eq!(history.take(ADMINISTRATOR, |s, c| enable(s, &reason(), c)), Err(StaffRefusal::NotDisabled));
    assert_eq!((history.state.disabled, history.state.held.len()), (None, 0));
}

#[test]
fn who_holds_nothing_is_the_whole_citys_to_disable() {
    let editor = assignment(Role::Editor, "jyj", "");
    let mut history = History::enrolled(&[editor.clone(), assignment(Role::Reviewer, "jyj", "")]);
    assert_eq!(history.state.extent(), [Scope::of(&"jyj".parse().unwrap())]);
    history.revoke(ADMINISTRATOR, editor).unwrap();
    history.revoke(ADMINISTRATOR, assignment(Role::Reviewer, "jyj", "")).unwrap();
    assert_eq!(history.state.extent(), [Scope::CITY]);
}
