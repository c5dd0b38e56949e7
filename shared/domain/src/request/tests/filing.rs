//! Receipt, confirmation and completion (art. 29–31).

use super::*;

#[test]
fn the_reply_is_owed_twenty_working_days_after_the_confirmed_receipt() {
    // Monday; the National Day holidays and two worked Sundays lie between (RULES.md A11).
    let world = World::confirmed("2026-09-14T10:00");
    assert_eq!(world.status(RequestDeadline::Confirmation), Some(Status::Met { at: at("2026-09-14T10:00") }));
    // 15–18 (4), 20 is worked (5), 21–24 (9), 25–27 Mid-Autumn, 28–30 (12), 1–7 October off, 8–9 (14), 10 is worked (15), 12–16 (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-10-17T00:00")));
    // 15–18 (4), 20 (5), 21–22 (7).
    assert_eq!(world.due(RequestDeadline::CompletionNotice), Some(at("2026-09-23T00:00")));
}

#[test]
fn a_receipt_that_nobody_confirms_counts_as_confirmed_on_its_last_day() {
    let mut world = World::filed("2026-11-27T10:00");
    assert_eq!(world.due(RequestDeadline::Confirmation), Some(at("2026-12-01T00:00")));
    let events = world.tick(at("2026-12-10T10:00"));
    assert_eq!(names(&events), ["ApplicationConfirmed"]);
    assert_eq!(world.case.own.confirmed, Some(at("2026-12-01T00:00")));
    // As if a clerk had confirmed it on 30 November.
    let mut other = World::filed("2026-11-27T10:00");
    other.when("2026-11-30T15:00", confirm).unwrap();
    assert_eq!(world.due(RequestDeadline::Reply), other.due(RequestDeadline::Reply));
    assert_eq!(world.when("2026-12-10T11:00", confirm), Err(RequestRefusal::AlreadyConfirmed));
}

#[test]
fn nothing_but_taking_it_back_can_be_done_before_the_receipt_is_confirmed() {
    let world = World::filed("2026-11-27T10:00");
    let now = "2026-11-27T11:00";
    let refused = Err(RequestRefusal::NotConfirmed);
    assert_eq!(world.clone().when(now, |case, now| ask_completion(case, sealed("?"), now)), refused);
    assert_eq!(
        world.clone().when(now, |case, now| decide(case, Outcome::DoesNotExist, sealed("无"), &[], now)),
        refused
    );
    assert_eq!(names(&world.clone().when(now, withdraw).unwrap()), ["ApplicationWithdrawn"]);
}

#[test]
fn a_completion_is_asked_for_once_within_seven_working_days_and_the_reply_is_counted_anew() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-11T23:59", |case, now| ask_completion(case, sealed("请说明年度"), now)).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    assert_eq!(world.due(RequestDeadline::Completion), Some(at("2026-12-03T00:00")));
    let early = world.when("2026-11-12T09:00", |case, now| decide(case, Outcome::DoesNotExist, sealed("无"), &[], now));
    assert_eq!(early, Err(RequestRefusal::Awaiting));
    world.when("2026-11-20T20:00", |case, now| complete(case, sealed("2025年度").into(), Received::Now, now)).unwrap();
    // From 20 November: 23–27 (5), 30–4 (10), 7–11 (15), 14–18 (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-19T00:00")));
    let again = world.when("2026-11-23T09:00", |case, now| ask_completion(case, sealed("还有"), now));
    assert_eq!(again, Err(RequestRefusal::CompletionAskedBefore));
    let twice = world.when("2026-11-23T09:00", |case, now| complete(case, sealed("再").into(), Received::Now, now));
    assert_eq!(twice, Err(RequestRefusal::NoCompletionAwaited));
}

#[test]
fn it_is_too_late_to_ask_when_the_seventh_day_is_over() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let late = world.when("2026-11-12T00:00", |case, now| ask_completion(case, sealed("请说明年度"), now));
    assert_eq!(late, Err(RequestRefusal::TooLateForCompletion));
    assert_eq!(world.log.len(), World::confirmed("2026-11-02T10:00").log.len(), "a refusal leaves nothing");
}

#[test]
fn who_does_not_complete_in_time_has_given_it_up_whoever_looks_and_whenever() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_completion(case, sealed("请说明年度"), now)).unwrap();
    let due = world.due(RequestDeadline::Completion).unwrap();
    let mut early = world.clone();
    early.tick(due);
    let late =
        world.when("2027-03-01T10:00", |case, now| complete(case, sealed("2025年度").into(), Received::Now, now));
    assert_eq!(late, Err(RequestRefusal::Case(CaseRefusal::Closed)));
    world.tick(at("2027-03-01T10:00"));
    for world in [early, world] {
        assert_eq!(world.case.own.concluded, Some((due, Conclusion::Abandoned(Lapsed::Completion))));
        assert!(world.case.deadlines.open().next().is_none(), "nothing is owed any more");
    }
}

#[test]
fn a_right_that_lapses_reminds_nobody_and_who_has_to_act_is_reminded() {
    let woken = |case: &Case, now: Moment<'_>| Ok::<_, CaseRefusal>(case::wake(case, now));
    let mut world = World::confirmed("2026-11-02T10:00");
    assert_eq!(world.case.deadlines.next().map(|(name, _)| name), Some(RequestDeadline::CompletionNotice));
    assert_eq!(world.case.next_duty().map(|(name, _)| name), Some(RequestDeadline::Reply));
    assert_eq!(
        world.when("2026-11-11T10:00", woken),
        Ok(Vec::new()),
        "the last day on which a completion is asked for"
    );
    let events = world.when("2026-11-30T10:00", woken).unwrap();
    assert_eq!(names(&events), ["DeadlineReminded"], "the last day on which a reply is in time");

    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_completion(case, sealed("请说明年度"), now)).unwrap();
    let due = world.due(RequestDeadline::Completion).unwrap();
    assert_eq!(world.case.next_duty(), Some((RequestDeadline::Completion, due)));
    let last_day = due - jiff::SignedDuration::from_hours(1);
    let reminded = case::CaseEvent::DeadlineReminded { deadline: RequestDeadline::Completion, due };
    assert_eq!(world.at(last_day, woken).unwrap().last(), Some(&Occurrence::Common(reminded)));
    assert_eq!(world.at(last_day, woken), Ok(Vec::new()), "once");
}
