//! Given what happened to cases, when a month is told of, then what each adds to it and what they say together.

mod summing;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    calendar::{Adopt, Arrangement, Calendar, CalendarHistory, NATIONAL as HOLIDAYS, adopt},
    case::{self, CaseFile, CaseNumber, Channel, Kind, Occurrence, Opening, Shown},
    correction::{self, Correction, Fault, Finding, Reply, Report},
    deadline::{DeadlineRefusal, Moment, settle},
    id::{CaseId, CommitId},
    request::{self, Applicant, Application, Delivery, Outcome, Request, RequestDeadline, RequestEvent},
    sealed::Sealed,
    text::{Line, Prose},
};

/// An instant by the city's clock: `2026-09-28T10:00`.
fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn line<const LIMIT: usize>(text: &str) -> Line<LIMIT> {
    Line::new(text).unwrap()
}

fn sealed() -> Sealed {
    Sealed::new(b"sealed".to_vec()).unwrap()
}

/// What is done later has a higher number.
fn fact(now: Timestamp) -> Fact {
    let commit = u64::try_from(now.as_second()).unwrap();
    Fact { commit, at: now, actor: "clerk".parse().unwrap() }
}

/// The national arrangements, adopted before anything here happens.
fn national() -> CalendarHistory {
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

fn opening<K: Kind>(now: Timestamp) -> Opening {
    let creation = CommitId::derive(&"citizen:web".parse().unwrap(), "report", "new", 0, "key");
    let shown = Shown { name: line("form"), version: 1 };
    Opening {
        number: CaseNumber::derive(K::PREFIX, &CaseId::derive(&creation), now, 0),
        channel: Channel::Web,
        site: "www".parse().unwrap(),
        form: shown.clone(),
        notice: shown,
        kept_for: 1_u8.try_into().unwrap(),
        department: "xxb".parse().unwrap(),
        code_key: 1,
        identity: None,
        content: sealed(),
        files: Vec::new(),
    }
}

/// Lets time pass up to `now` and does what was decided then.
fn when<K: Kind, E: std::fmt::Debug>(
    case: &mut CaseFile<K>,
    now: &str,
    decide: impl FnOnce(&CaseFile<K>, Moment<'_>) -> Result<Vec<Occurrence<K>>, E>,
) {
    let (calendars, fact) = (national(), fact(at(now)));
    let settled = settle(&*case, &calendars, &fact);
    let decided = decide(&settled.case, settled.now).unwrap();
    for event in settled.then(decided) {
        case.evolve(event, &fact);
    }
}

fn passes<K: Kind>(case: &mut CaseFile<K>, now: &str) {
    when(case, now, |_, _| Ok::<_, ()>(Vec::new()));
}

/// A report that came in then, to be answered within three working days.
fn reported(now: &str) -> CaseFile<Correction> {
    let limits: correction::CorrectionLimits = serde_json::from_str(correction::NATIONAL).unwrap();
    let mut case = CaseFile::default();
    when(&mut case, now, |case, then| {
        let report = Report { page: None, fault: Fault::Content };
        correction::report(case, opening::<Correction>(then.at), report, limits.answer, then)
    });
    case
}

fn answer(case: &mut CaseFile<Correction>, now: &str) {
    let (subject, text) = (line("停水通知的日期"), Prose::new("已更正。").unwrap());
    let reply = Reply { finding: Finding::Corrected, subject, text };
    when(case, now, |case, then| correction::answer(case, reply, then));
}

fn withdraw(case: &mut CaseFile<Correction>, now: &str) {
    let limits: correction::CorrectionLimits = serde_json::from_str(correction::NATIONAL).unwrap();
    when(case, now, |case, then| correction::withdraw_answer(case, line("含有电话号码"), limits.answer, then));
}

fn closed(opened_at: &str, closed_at: &str) -> Contribution {
    let closure = Closure { opened_at: at(opened_at), closed_at: at(closed_at), redone: false };
    Contribution { closed: Some(closure), ..Contribution::default() }
}

fn received(contribution: Contribution) -> Contribution {
    Contribution { received: true, ..contribution }
}

fn decided(punctuality: Punctuality, contribution: Contribution) -> Contribution {
    Contribution { punctuality: Some(punctuality), ..contribution }
}

/// What a case that came in at the front door adds.
fn months<const COUNT: usize>(months: [(&str, Contribution); COUNT]) -> BTreeMap<String, Contribution> {
    let from_web = |contribution| Contribution { channel: Some(Channel::Web), ..contribution };
    months.into_iter().map(|(month, contribution)| (month.to_owned(), from_web(contribution))).collect()
}

#[test]
fn a_stream_that_nothing_began_adds_nothing() {
    assert_eq!(contributions(&CaseFile::<Correction>::default()), months([]));
}

#[test]
fn a_case_counts_as_received_in_the_month_it_came_in_and_as_closed_in_that_of_its_end() {
    let mut case = reported("2026-11-30T10:00");
    assert_eq!(contributions(&case), months([("2026-11", received(Contribution::default()))]));
    answer(&mut case, "2026-12-01T09:00");
    let end = decided(Punctuality::InTime, closed("2026-11-30T10:00", "2026-12-01T09:00"));
    assert_eq!(contributions(&case), months([("2026-11", received(Contribution::default())), ("2026-12", end)]));
}

#[test]
fn months_are_those_of_the_city() {
    let mut case = reported("2026-11-01T00:30");
    answer(&mut case, "2026-11-01T08:00");
    let all = received(decided(Punctuality::InTime, closed("2026-11-01T00:30", "2026-11-01T08:00")));
    assert_eq!(contributions(&case), months([("2026-11", all)]), "in Greenwich it is October still");
}

#[test]
fn a_late_case_is_late_in_the_month_of_its_last_day_whenever_it_is_answered() {
    // Its last day is 30 November, a Monday.
    let mut case = reported("2026-11-25T10:00");
    passes(&mut case, "2026-12-01T00:00");
    let late = received(decided(Punctuality::Late, Contribution::default()));
    assert_eq!(contributions(&case), months([("2026-11", late)]), "though nobody answered yet");
    answer(&mut case, "2027-01-04T09:00");
    let end = closed("2026-11-25T10:00", "2027-01-04T09:00");
    assert_eq!(contributions(&case), months([("2026-11", late), ("2027-01", end)]), "and it is late once");
}

#[test]
fn a_late_answer_taken_back_and_given_anew_in_time_leaves_the_case_late_where_it_was() {
    let mut case = reported("2026-11-25T10:00");
    answer(&mut case, "2026-12-03T09:00");
    withdraw(&mut case, "2026-12-04T09:00");
    answer(&mut case, "2026-12-07T09:00");
    let told = contributions(&case);
    let punctuality = |month: &str| told.get(month).and_then(|month| month.punctuality);
    assert_eq!([punctuality("2026-11"), punctuality("2026-12")], [Some(Punctuality::Late), Some(Punctuality::InTime)]);

    // Late once more, in the month in which it was in time before: late is what is told.
    withdraw(&mut case, "2026-12-08T09:00");
    answer(&mut case, "2026-12-21T09:00");
    let told = contributions(&case);
    assert_eq!(told.get("2026-12").and_then(|month| month.punctuality), Some(Punctuality::Late));
}

#[test]
fn what_was_no_report_is_closed_and_neither_in_time_nor_late() {
    let mut case = reported("2026-11-02T10:00");
    when(&mut case, "2026-11-03T10:00", |case, then| correction::dismiss(case, line("广告"), then));
    let all = received(closed("2026-11-02T10:00", "2026-11-03T10:00"));
    assert_eq!(contributions(&case), months([("2026-11", all)]));
}

#[test]
fn an_answer_withdrawn_and_given_again_makes_the_case_redone_in_the_month_of_its_latest_end() {
    let mut case = reported("2026-11-02T10:00");
    let redone = |case: &CaseFile<Correction>, month: &str| {
        contributions(case).get(month).and_then(|month| month.closed).map(|closure| closure.redone)
    };
    answer(&mut case, "2026-11-03T10:00");
    assert_eq!(redone(&case, "2026-11"), Some(false));
    withdraw(&mut case, "2026-11-04T10:00");
    assert_eq!(redone(&case, "2026-11"), None, "it is open again");
    answer(&mut case, "2026-11-06T10:00");
    assert_eq!(redone(&case, "2026-11"), Some(true));
    withdraw(&mut case, "2026-12-08T10:00");
    answer(&mut case, "2026-12-09T10:00");
    assert_eq!((redone(&case, "2026-11"), redone(&case, "2026-12")), (None, Some(true)));
}

#[test]
fn an_erased_case_counts_on() {
    let mut case = reported("2026-11-02T10:00");
    answer(&mut case, "2026-11-03T10:00");
    let before = contributions(&case);
    when(&mut case, "2026-11-04T10:00", |case, _| case::erase(case, line("本人要求")));
    assert!(case.erased.is_some());
    assert_eq!(contributions(&case), before);
}

#[test]
fn an_application_is_in_time_when_its_reply_is_and_counts_for_no_reply_when_it_is_taken_back() {
    let limits: request::RequestLimits = serde_json::from_str(request::NATIONAL).unwrap();
    let filed = || {
        let mut case = CaseFile::<Request>::default();
        when(&mut case, "2026-10-12T09:00", |case, then| {
            let application = Application {
                applicant: Applicant::Citizen,
                delivery: Delivery::Online,
                asks_for_relief: false,
                received_on: None,
            };
            request::file(case, opening::<Request>(then.at), application, limits.clone(), then)
        });
        when(&mut case, "2026-10-12T10:00", request::confirm);
        case
    };
    let mut replied = filed();
    let reply = RequestEvent::RequestDecided { outcome: Outcome::DoesNotExist, text: sealed(), files: Vec::new() };
    when(&mut replied, "2026-10-30T15:00", |case, now| {
        let met = case.deadlines.meet(RequestDeadline::Reply, now)?;
        Ok::<_, DeadlineRefusal>(vec![case::own(reply), case::changed(met)])
    });
    let all = received(decided(Punctuality::InTime, closed("2026-10-12T09:00", "2026-10-30T15:00")));
    assert_eq!(contributions(&replied), months([("2026-10", all)]));
    let mut taken_back = filed();
    when(&mut taken_back, "2026-10-13T15:00", request::withdraw);
    let all = received(closed("2026-10-12T09:00", "2026-10-13T15:00"));
    assert_eq!(contributions(&taken_back), months([("2026-10", all)]));
}

#[test]
fn every_kind_of_case_has_a_name_for_the_public() {
    let categories = KINDS.map(|(category, _)| category);
    assert!(categories.contains(&Correction::CATEGORY) && categories.contains(&Request::CATEGORY));
    assert!(KINDS.iter().all(|(_, name)| !name.is_empty()));
}

#[test]
fn what_is_said_of_a_reply_counts_in_the_month_in_which_it_was_said_and_once() {
    let term: case::RatingTerm = serde_json::from_str(case::NATIONAL_RATING).unwrap();
    let rate = |case: &mut CaseFile<Correction>, now: &str, satisfaction| {
        let reply = case.own.answered().unwrap().commit;
        let rating = case::Rating { reply, satisfaction, reasons: Vec::new(), text: None };
        when(case, now, |case, then| case::rate(case, rating, term, then));
    };
    let said =
        |case: &CaseFile<Correction>, month: &str| contributions(case).get(month).and_then(|month| month.satisfaction);
    let mut case = reported("2026-11-27T10:00");
    answer(&mut case, "2026-11-30T09:00");
    rate(&mut case, "2026-12-01T09:00", case::Satisfaction::Dissatisfied);
    assert_eq!((said(&case, "2026-11"), said(&case, "2026-12")), (None, Some(case::Satisfaction::Dissatisfied)));
    // Answered anew it is rated anew; what is said last is what he says of it.
    withdraw(&mut case, "2026-12-02T09:00");
    answer(&mut case, "2026-12-03T09:00");
    rate(&mut case, "2027-01-02T09:00", case::Satisfaction::Satisfied);
    assert_eq!((said(&case, "2026-12"), said(&case, "2027-01")), (None, Some(case::Satisfaction::Satisfied)));
}
