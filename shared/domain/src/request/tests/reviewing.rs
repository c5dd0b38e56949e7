//! A reply is approved by somebody else than who drafted it (art. 45).

use super::*;
use crate::{
    case::{Added, MOST_ADDED},
    document::BodyHash,
    file::FileKind,
    id::{ActorId, FieldName},
};

/// A world in which every act is a commit of its own, of somebody.
struct Desk {
    world: World,
    commit: u64,
}

impl Desk {
    fn new() -> Self {
        Self { world: World::confirmed("2026-11-02T10:00"), commit: 1 }
    }

    fn does(
        &mut self,
        who: &str,
        decide: impl FnOnce(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal>,
    ) -> Result<(), RequestRefusal> {
        self.commit += 1;
        let now = at("2026-11-10T10:00");
        let fact = Fact { commit: self.commit, at: now, actor: actor(who) };
        let settled = case::settle(&self.world.case, &self.world.calendars, &fact);
        let decided = decide(&settled.case, settled.now)?;
        for event in settled.then(decided) {
            self.world.case.evolve(event, &fact);
        }
        Ok(())
    }
}

fn actor(who: &str) -> ActorId {
    who.parse().unwrap()
}

fn drafted(case: &Case, _: Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    draft_reply(case, Outcome::DoesNotExist, sealed("答复书"), Vec::new(), &[])
}

fn approved(who: &str) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let who = StaffId::of(&actor(who));
    move |case, now| approve_reply(case, &who, now)
}

fn returned(case: &Case, _: Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    return_reply(case, sealed("请补充依据"))
}

#[test]
fn a_reply_is_given_when_somebody_else_approves_it() {
    let mut desk = Desk::new();
    assert_eq!(desk.does("li", approved("zhao")), Err(RequestRefusal::NoDraft));
    desk.does("li", drafted).unwrap();
    assert!(desk.world.case.own.concluded.is_none(), "a draft is no reply");
    assert_eq!(desk.does("li", approved("li")), Err(RequestRefusal::OwnDraft));
    desk.does("zhao", approved("zhao")).unwrap();
    let Some((_, Conclusion::Decided(decided))) = &desk.world.case.own.concluded else { panic!("not decided") };
    assert_eq!((&decided.outcome, &decided.text), (&Outcome::DoesNotExist, &sealed("答复书")));
    assert_eq!(desk.world.status(RequestDeadline::Reply), Some(Status::Met { at: at("2026-11-10T10:00") }));
    assert_eq!(desk.world.case.own.draft, None);
}

#[test]
fn what_was_returned_is_drafted_anew_and_why_stays() {
    let mut desk = Desk::new();
    assert_eq!(desk.does("zhao", returned), Err(RequestRefusal::NoDraft));
    desk.does("li", drafted).unwrap();
    desk.does("zhao", returned).unwrap();
    assert!(desk.world.case.own.draft.as_ref().is_some_and(|draft| draft.is_returned), "it is mended");
    assert_eq!(desk.does("zhao", approved("zhao")), Err(RequestRefusal::NoDraft));
    assert_eq!(desk.does("zhao", returned), Err(RequestRefusal::NoDraft));
    desk.does("li", drafted).unwrap();
    desk.does("zhao", approved("zhao")).unwrap();
    assert_eq!(desk.world.case.own.remarks, [sealed("请补充依据")]);
}

#[test]
fn who_drafts_instead_of_another_is_the_one_who_does_not_approve() {
    let mut desk = Desk::new();
    desk.does("li", drafted).unwrap();
    desk.does("zhao", drafted).unwrap();
    assert_eq!(desk.does("zhao", approved("zhao")), Err(RequestRefusal::OwnDraft));
    desk.does("li", approved("li")).unwrap();
}

#[test]
fn a_draft_falls_with_whatever_else_happens_and_is_not_another_departments() {
    let mut desk = Desk::new();
    desk.does("li", drafted).unwrap();
    let asking = Asking { of: Consulted::ThirdParty, letter: sealed("书"), delivered_on: None, further: None };
    desk.does("li", |case, now| seek_opinion(case, asking, now)).unwrap();
    assert_eq!(desk.does("li", drafted), Err(RequestRefusal::Awaiting));
    desk.does("li", |case, now| {
        record_opinion(case, 1.try_into().unwrap(), Stance::Objects, sealed("不同意"), Received::Now, now)
    })
    .unwrap();
    assert_eq!(desk.does("zhao", approved("zhao")), Err(RequestRefusal::NoDraft));
    desk.does("li", drafted).unwrap();
    desk.does("li", |case, _| Ok(case::assign(case, "czj".parse().unwrap(), line("属于财政"))?)).unwrap();
    assert_eq!(desk.does("zhao", approved("zhao")), Err(RequestRefusal::NoDraft));
}

fn file(name: &str) -> FieldName {
    name.parse().unwrap()
}

fn with(files: &[&str]) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let files: Vec<FieldName> = files.iter().map(|name| file(name)).collect();
    move |case, _| draft_reply(case, Outcome::DoesNotExist, sealed("答复书"), files.clone(), &[])
}

fn adds(name: &str) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let file = file(name);
    move |case, _| {
        let (hash, name) = (BodyHash::of(b"ciphertext"), sealed("清单.pdf"));
        Ok(case::add_file(case, Added { file: file.clone(), hash, kind: FileKind::Pdf, bytes: 9, name })?)
    }
}

#[test]
fn what_is_given_with_a_reply_is_what_staff_put_into_the_case_each_once() {
    let mut desk = Desk::new();
    let unfit = |name: &str| Err(RequestRefusal::FileUnfit { file: file(name) });
    assert_eq!(desk.does("li", with(&["file-a"])), unfit("file-a"), "nobody put it there");
    desk.does("li", adds("file-a")).unwrap();
    desk.does("li", adds("file-b")).unwrap();
    assert_eq!(desk.does("li", with(&["file-a", "file-a"])), unfit("file-a"), "twice");
    assert_eq!(desk.does("li", with(&["file-1"])), unfit("file-1"), "what came from the applicant");
    desk.does("li", with(&["file-b", "file-a"])).unwrap();
    desk.does("li", adds("file-c")).unwrap();
    desk.does("zhao", approved("zhao")).unwrap();
    let Some((_, Conclusion::Decided(decided))) = &desk.world.case.own.concluded else { panic!("not decided") };
    assert_eq!(decided.files, [file("file-b"), file("file-a")], "what was drafted, and not what came since");
}

#[test]
fn ten_files_are_given_with_a_reply_and_thirty_lie_in_a_case() {
    let mut desk = Desk::new();
    let names: Vec<String> = (0..MOST_ADDED).map(|number| format!("file-{number:02}")).collect();
    for name in &names {
        desk.does("li", adds(name)).unwrap();
    }
    assert_eq!(desk.does("li", adds("file-more")), Err(RequestRefusal::Case(CaseRefusal::TooManyFiles)));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(desk.does("li", with(&names[..=MOST_GIVEN])), Err(RequestRefusal::TooManyFiles));
    desk.does("li", with(&names[..MOST_GIVEN])).unwrap();
}
