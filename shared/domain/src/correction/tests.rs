//! Given what happened to an error report, when its handlers act or time passes, then what follows.

mod rating;

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    calendar::{Adopt, Arrangement, CalendarHistory, NATIONAL as HOLIDAYS, adopt},
    case::{
        self, Addressee, CaseFile, CaseNumber, CaseRefusal, Channel, ErasureBasis, Kind, Notice, Occurrence, Opening,
        Personal, Shown,
    },
    deadline::{Moment, Status},
    id::{CaseId, CommitId, MessageId},
    sealed::Sealed,
    text::{Line, Prose},
};

type Event = Occurrence<Correction>;

fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn line<const LIMIT: usize>(text: &str) -> Line<LIMIT> {
    Line::new(text).unwrap()
}

/// What is done later has a higher number.
fn fact(now: Timestamp) -> Fact {
    let commit = u64::try_from(now.as_second()).unwrap();
    Fact { commit, at: now, actor: "clerk".parse().unwrap() }
}

/// The national arrangements, adopted before anything here happens.
fn calendars() -> CalendarHistory {
    #[derive(serde::Deserialize)]
    struct Body {
        years: Vec<Arrangement>,
    }
    let Body { years } = serde_json::from_str(HOLIDAYS).unwrap();
    let mut history = CalendarHistory::default();
    let context = Context { actor: "registrar".parse().unwrap(), now: at("2025-12-01T09:00") };
    for event in adopt(&history, Adopt { years, office_hours: None, reason: line("依通知") }, &context).unwrap() {
        history.evolve(event, &fact(context.now));
    }
    history
}

fn limits() -> CorrectionLimits {
    serde_json::from_str(NATIONAL).unwrap()
}

fn sealed(text: &str) -> Sealed {
    Sealed::new(text.as_bytes().to_vec()).unwrap()
}

fn opening(now: Timestamp) -> Opening {
    let creation = CommitId::derive(&"citizen:web".parse().unwrap(), "report", "new", 0, "key");
    Opening {
        number: CaseNumber::derive(Correction::PREFIX, &CaseId::derive(&creation), now, 0),
        channel: Channel::Web,
        site: "www".parse().unwrap(),
        form: Shown { name: line("correction"), version: 1 },
        notice: Shown { name: line("correction"), version: 1 },
        kept_for: limits().kept_for,
        department: "xxb".parse().unwrap(),
        code_key: 1,
        identity: None,
        content: sealed("日期写错了"),
        files: Vec::new(),
    }
}

fn reply() -> Reply {
    Reply {
        finding: Finding::Corrected,
        subject: line("停水通知的日期"),
        text: Prose::new("日期已更正为11月25日。").unwrap(),
    }
}

struct World {
    calendars: CalendarHistory,
    case: CaseFile<Correction>,
    log: Vec<Event>,
}

type Decided<E> = Result<Vec<Event>, E>;

impl World {
    /// A report that came in on Friday, 2026-11-27, at ten.
    fn reported() -> Self {
        let mut world = Self { calendars: calendars(), case: CaseFile::default(), log: Vec::new() };
        let now = at("2026-11-27T10:00");
        let report_ = Report {
            page: Some(ReportedPage { site: "www".parse().unwrap(), path: "/zwgk/".parse().unwrap() }),
            fault: Fault::Content,
        };
        world.when(now, |case, then| report(case, opening(now), report_, limits().answer, then)).unwrap();
        world
    }

    fn when<E>(
        &mut self,
        now: Timestamp,
        decide: impl FnOnce(&CaseFile<Correction>, Moment<'_>) -> Decided<E>,
    ) -> Result<Vec<Event>, E> {
        let settled = case::settle(&self.case, &self.calendars, &fact(now));
        let decided = decide(&settled.case, settled.now)?;
        let events = settled.then(decided);
        for event in &events {
            let stored = serde_json::to_value(event).unwrap();
            assert_eq!(&serde_json::from_value::<Event>(stored).unwrap(), event, "read back as stored");
            self.case.evolve(event.clone(), &fact(now));
        }
        self.log.extend(events.clone());
        Ok(events)
    }

    fn status(&self) -> Status {
        self.case.deadlines.get(CorrectionDeadline::Answer).unwrap().status
    }
}

fn names(events: &[Event]) -> Vec<String> {
    let name = |event: &Event| serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned();
    events.iter().map(name).collect()
}

#[test]
fn a_report_is_to_be_answered_within_three_working_days() {
    let world = World::reported();
    assert_eq!(names(&world.log), ["CaseOpened", "ErrorReported", "DeadlineChanged"]);
    // Friday does not count, Saturday and Sunday are off.
    assert_eq!(world.status(), Status::Running { due: at("2026-12-03T00:00") });
    assert_eq!(world.case.wakes_at(), Some(at("2026-12-02T00:00")), "when its last day begins");
    assert_eq!(world.case.department.as_ref().unwrap().as_str(), "xxb");
}

#[test]
fn an_answer_in_time_meets_the_deadline_and_closes_the_case() {
    let mut world = World::reported();
    let events = world.when(at("2026-12-02T23:59"), |case, now| answer(case, reply(), now)).unwrap();
    assert_eq!(names(&events), ["ErrorAnswered", "DeadlineChanged"]);
    assert_eq!(world.status(), Status::Met { at: at("2026-12-02T23:59") });
    assert_eq!(world.case.own.closed_at(), Some(at("2026-12-02T23:59")));
}

#[test]
fn an_answer_that_is_late_says_first_that_the_term_ran_out() {
    let mut world = World::reported();
    let events = world.when(at("2026-12-03T00:00"), |case, now| answer(case, reply(), now)).unwrap();
    assert_eq!(names(&events), ["DeadlineChanged", "ErrorAnswered"]);
    assert_eq!(world.status(), Status::FellDue { at: at("2026-12-03T00:00") });
    assert!(world.case.own.answer.is_some());
}

#[test]
fn refuses_a_second_answer_until_the_first_is_withdrawn() {
    let mut world = World::reported();
    let now = at("2026-12-01T10:00");
    world.when(now, |case, now| answer(case, reply(), now)).unwrap();
    let again = world.when(now, |case, now| answer(case, reply(), now));
    assert_eq!(again, Err(CorrectionRefusal::AlreadyAnswered));
    let withdraw = |case: &CaseFile<Correction>, now: Moment<'_>| {
        withdraw_answer(case, line("含有电话号码"), limits().answer, now)
    };
    let events = world.when(at("2026-12-08T10:00"), withdraw).unwrap();
    assert_eq!(names(&events), ["AnswerWithdrawn", "DeadlineChanged"]);
    assert_eq!((world.case.own.answer.as_ref(), world.case.own.closed_at()), (None, None), "it is open again");
    // Wednesday, Thursday and Friday.
    assert_eq!(world.status(), Status::Running { due: at("2026-12-12T00:00") });
    assert_eq!(world.when(now, withdraw), Err(CorrectionRefusal::NotAnswered));
    let events = world.when(at("2026-12-11T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    assert_eq!(names(&events), ["ErrorAnswered", "DeadlineChanged"], "the second term is met, too");
    assert_eq!(world.case.kept_until(), Some("2027-12-11".parse().unwrap()), "kept from its latest end on");
}

#[test]
fn an_answer_is_withdrawn_after_the_erasure_too_and_nobody_owes_another() {
    let mut world = World::reported();
    let now = at("2026-12-01T10:00");
    world.when(now, |case, now| answer(case, reply(), now)).unwrap();
    world.when(now, |case, _| case::erase(case, line("本人要求"))).unwrap();
    let events = world.when(now, |case, now| withdraw_answer(case, line("有误"), limits().answer, now)).unwrap();
    assert_eq!(names(&events), ["AnswerWithdrawn"]);
    assert_eq!(world.case.own.closed_at(), Some(now));
}

#[test]
fn refuses_an_answer_without_words_and_one_to_nothing() {
    let mut world = World::reported();
    let empty = Reply { text: Prose::new(" ").unwrap(), ..reply() };
    let now = at("2026-12-01T10:00");
    assert_eq!(world.when(now, |case, now| answer(case, empty, now)), Err(CorrectionRefusal::EmptyAnswer));
    let nothing = CaseFile::default();
    let settled = case::settle(&nothing, &world.calendars, &fact(now));
    let refused = answer(&settled.case, reply(), settled.now);
    assert_eq!(refused, Err(CorrectionRefusal::Case(CaseRefusal::NotOpened)));
}

#[test]
fn what_reports_no_error_is_dismissed_and_nothing_is_owed() {
    let mut world = World::reported();
    let now = at("2026-11-30T10:00");
    world.when(now, |case, now| dismiss(case, line("内容为广告"), now)).unwrap();
    assert_eq!(world.status(), Status::Lifted { at: now });
    let after = world.when(now, |case, now| dismiss(case, line("再次"), now));
    assert_eq!(after, Err(CorrectionRefusal::Case(CaseRefusal::Closed)));
}

#[test]
fn it_goes_to_another_department_and_its_person_of_before_does_no_more() {
    let mut world = World::reported();
    let now = at("2026-11-30T10:00");
    let staff: crate::id::StaffId = "gq4tmnzzgqztsmzrgq2dqmjsge".parse().unwrap();
    world.when(now, |case, _| case::name_handler(case, staff.clone())).unwrap();
    assert_eq!(world.when(now, |case, _| case::name_handler(case, staff.clone())), Err(CaseRefusal::AlreadyNamed));
    let to = "jyj".parse().unwrap();
    world.when(now, |case, _| case::assign(case, to, line("属教育局职责"))).unwrap();
    assert_eq!((world.case.handler.as_ref(), world.case.department.as_ref().unwrap().as_str()), (None, "jyj"));
    assert_eq!(world.case.departments.len(), 2);
    let again = world.when(now, |case, _| case::assign(case, "jyj".parse().unwrap(), line("再转")));
    assert!(matches!(again, Err(CaseRefusal::AlreadyAssigned { .. })), "{again:?}");
    assert_eq!(world.status(), Status::Running { due: at("2026-12-03T00:00") }, "a hand-over buys no time");
}

fn woken(case: &CaseFile<Correction>, now: Moment<'_>) -> Decided<CaseRefusal> {
    Ok(case::wake(case, now))
}

#[test]
fn its_handlers_are_reminded_once_of_each_due_instant_and_lateness_is_told() {
    let mut world = World::reported();
    assert_eq!(world.when(at("2026-12-01T23:59"), woken), Ok(Vec::new()), "not before its last day");
    assert_eq!(names(&world.when(at("2026-12-02T08:00"), woken).unwrap()), ["DeadlineReminded"]);
    assert_eq!(world.when(at("2026-12-02T09:00"), woken), Ok(Vec::new()));
    assert_eq!((world.case.wakes_at(), world.case.late_since()), (Some(at("2026-12-03T00:00")), None));
    assert_eq!(names(&world.when(at("2026-12-04T09:00"), woken).unwrap()), ["DeadlineChanged"]);
    assert_eq!((world.case.wakes_at(), world.case.late_since()), (None, Some(at("2026-12-03T00:00"))));
    world.when(at("2026-12-04T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    assert_eq!(world.case.late_since(), None, "late no more, but it was");
}

#[test]
fn what_is_personal_is_kept_as_long_as_the_notice_said_and_then_erased() {
    let mut world = World::reported();
    world.when(at("2026-12-02T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    world.when(at("2026-12-02T11:00"), |case, _| case::note(case, sealed("致电核实"))).unwrap();
    assert_eq!(world.case.wakes_at(), Some(at("2027-12-03T00:00")), "when the last day is over");
    assert_eq!(world.when(at("2027-12-02T23:59"), woken), Ok(Vec::new()));
    assert_eq!(names(&world.when(at("2027-12-03T00:00"), woken).unwrap()), ["CaseErased"]);
    assert_eq!(world.case.content(), Some(Personal::Redacted));
    assert_eq!(world.case.notes.first().map(|note| &note.text), Some(&Personal::Redacted));
    assert!(world.case.own.answer.is_some(), "what the public was told stays");
    assert_eq!(world.case.wakes_at(), None);
    assert_eq!(world.when(at("2027-12-03T00:01"), woken), Ok(Vec::new()));
    let note = world.when(at("2027-12-03T00:01"), |case, _| case::note(case, sealed("又")));
    assert_eq!(note, Err(CaseRefusal::Erased));
}

#[test]
fn whom_it_concerns_need_not_wait_and_the_receipt_comes_once() {
    let mut world = World::reported();
    let now = at("2026-12-02T10:00");
    let gone = "2027-01-10".parse().unwrap();
    assert_eq!(world.when(now, |case, _| case::erase(case, line("本人要求"))), Err(CaseRefusal::NotClosed));
    world.when(now, |case, now| answer(case, reply(), now)).unwrap();
    assert_eq!(world.when(now, |case, _| case::complete_erasure(case, gone)), Err(CaseRefusal::NotErased));
    world.when(now, |case, _| case::erase(case, line("本人要求"))).unwrap();
    assert_eq!(world.case.erased.unwrap().basis, ErasureBasis::Request);
    assert_eq!(world.when(now, |case, _| case::erase(case, line("再次"))), Err(CaseRefusal::Erased));
    world.when(now, |case, _| case::complete_erasure(case, gone)).unwrap();
    assert_eq!(world.case.erased.unwrap().completed, Some((now, gone)));
    assert_eq!(world.when(now, |case, _| case::complete_erasure(case, gone)), Err(CaseRefusal::ErasureCompleted));
}

#[test]
fn the_clock_changes_nothing_that_somebody_else_would_have_found_otherwise() {
    // Whether nobody, once or twice came by before: the same instants.
    let outcomes =
        [&[][..], &["2026-12-03T00:00"], &["2026-12-03T00:00", "2026-12-04T12:00"]].map(|ticks: &[&str]| {
            let mut world = World::reported();
            for tick in ticks {
                world.when(at(tick), |_, _| Ok::<_, CaseRefusal>(Vec::new())).unwrap();
            }
            world.when(at("2026-12-07T10:00"), |case, now| answer(case, reply(), now)).unwrap();
            (names(&world.log), world.status())
        });
    let [first, second, third] = outcomes;
    assert_eq!(first, second);
    assert_eq!(second, third);
}

#[test]
fn its_number_is_claimed_when_it_comes_in() {
    use crate::aggregate::Event as _;
    let world = World::reported();
    let guards: Vec<_> = world.log.iter().flat_map(|event| event.guards()).collect();
    let number = &world.case.opened.as_ref().unwrap().opening.number;
    assert_eq!(guards, [crate::guard::Guard::case_number(number)]);
    assert_eq!(guards[0].scope, "case:20261127");
}

#[test]
fn what_could_not_be_delivered_is_told_also_of_a_closed_case_and_changes_nothing_else() {
    let mut world = World::reported();
    let message: MessageId = "b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap();
    let lost = |case: &CaseFile<Correction>, _: Moment<'_>| {
        case::undeliverable(case, message.clone(), Notice::Received, Addressee::Citizen)
    };
    world.when(at("2026-11-28T10:00"), lost).unwrap();
    world.when(at("2026-11-30T10:00"), |case, then| answer(case, reply(), then)).unwrap();
    let closed = world.case.own.closed;
    world.when(at("2026-12-01T10:00"), lost).unwrap();
    let told: Vec<_> = world.case.undelivered.iter().map(|lost| (lost.at, lost.notice, lost.to)).collect();
    let both = ["2026-11-28T10:00", "2026-12-01T10:00"].map(|when| (at(when), Notice::Received, Addressee::Citizen));
    assert_eq!((told.as_slice(), world.case.own.closed), (both.as_slice(), closed));
    let nobody = CaseFile::<Correction>::default();
    let refused = case::undeliverable(&nobody, message, Notice::Received, Addressee::Citizen);
    assert_eq!(refused, Err(CaseRefusal::NotOpened));
}
