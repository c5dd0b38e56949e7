//! What came in time and is recorded late counts from the day on which it came (art. 30, 32–34, 42).

use jiff::civil::Date;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// One that was asked to complete on 3 November: until 24 November.
fn asked() -> World {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_completion(case, sealed("请说明年度"), now)).unwrap();
    assert_eq!(world.due(RequestDeadline::Completion), Some(at("2026-11-25T00:00")));
    world
}

fn completed(on: &str) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let received = Received::On(day(on));
    move |case, now| complete(case, sealed("2025年度").into(), received, now)
}

fn paid(on: &str) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let received = Received::On(day(on));
    move |case, now| pay(case, received, now)
}

fn opinion(letter: u16, on: &str) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let (letter, received) = (letter.try_into().unwrap(), Received::On(day(on)));
    move |case, now| record_opinion(case, letter, Stance::Objects, sealed("涉及商业秘密"), received, now)
}

fn consulted(of: Consulted) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    move |case, now| {
        let asking = Asking { of, letter: sealed("征求意见书"), delivered_on: None, further: None };
        seek_opinion(case, asking, now)
    }
}

#[test]
fn the_reply_is_counted_from_the_day_on_which_a_completion_came() {
    let (mut at_once, mut late) = (asked(), asked());
    at_once.when("2026-11-10T16:00", completed("2026-11-10")).unwrap();
    late.when("2026-11-20T09:00", completed("2026-11-10")).unwrap();
    assert_eq!(late.due(RequestDeadline::Reply), at_once.due(RequestDeadline::Reply));
    assert_eq!(late.status(RequestDeadline::Completion), Some(Status::Met { at: at("2026-11-10T00:00") }));
}

#[test]
fn a_completion_that_came_in_time_opens_an_application_again_that_counted_as_given_up() {
    let (mut ticked, mut dead) = (asked(), asked());
    let mut in_time = asked();
    in_time.when("2026-11-24T23:00", completed("2026-11-24")).unwrap();
    ticked.tick(at("2026-11-25T00:00"));
    assert!(ticked.case.own.concluded.is_some());
    ticked.when("2026-11-27T10:00", |case, _| archive(case, line("卷1"))).unwrap();
    // With the clock dead it comes to pass and is undone in one commit.
    for world in [&mut ticked, &mut dead] {
        let events = world.when("2026-12-01T10:00", completed("2026-11-24")).unwrap();
        assert_eq!(names(&events)[names(&events).len() - 2..], ["AbandonmentUndone", "ApplicationCompleted"]);
        assert_eq!((&world.case.own.concluded, &world.case.own.archived), (&None, &None));
        assert_eq!(world.due(RequestDeadline::Reply), in_time.due(RequestDeadline::Reply));
        assert!(!world.case.own.awaits_completion());
        world
            .when("2026-12-02T10:00", |case, now| decide(case, Outcome::DoesNotExist, sealed("无"), &[], now))
            .unwrap();
    }
}

#[test]
fn what_came_when_the_term_was_over_and_what_cannot_have_come_is_refused() {
    let mut world = asked();
    world.tick(at("2026-11-25T00:00"));
    let late = world.when("2026-12-01T10:00", completed("2026-11-25"));
    assert_eq!(late, Err(RequestRefusal::CameTooLate));
    let outside = RequestRefusal::ReceivedOutside { first: day("2026-11-03"), last: day("2026-12-01") };
    assert_eq!(world.when("2026-12-01T10:00", completed("2026-12-02")), Err(outside.clone()));
    assert_eq!(world.when("2026-12-01T10:00", completed("2026-11-02")), Err(outside));
    let himself = world.when("2026-12-01T10:00", |case, now| complete(case, sealed("!").into(), Received::Now, now));
    assert_eq!(himself, Err(RequestRefusal::Case(CaseRefusal::Closed)));
    assert_eq!(world.when("2026-12-01T10:00", paid("2026-11-24")), Err(RequestRefusal::Case(CaseRefusal::Closed)));
}

#[test]
fn a_fee_that_was_paid_in_time_opens_it_again_too() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_fee(case, 11, &others(10), now)).unwrap();
    world.tick(at("2026-12-02T00:00"));
    assert!(world.case.own.concluded.is_some());
    let events = world.when("2026-12-04T10:00", paid("2026-12-01")).unwrap();
    assert_eq!(names(&events), ["AbandonmentUndone", "FeePaid"]);
    assert_eq!(world.case.own.paid, Some(at("2026-12-01T00:00")));
    // From 1 December: 2–4 (3), 7–11 (8), 14–18 (13), 21–25 (18), 28 and 29 (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-30T00:00")));
    assert_eq!(world.when("2026-12-04T11:00", paid("2026-12-01")), Err(RequestRefusal::NoFeeAwaited));
}

#[test]
fn an_erased_application_is_opened_again_by_nobody() {
    let mut world = asked();
    world.tick(at("2026-11-25T00:00"));
    world.when("2026-11-26T10:00", |case, _| case::erase(case, line("本人申请"))).unwrap();
    let erased = Err(RequestRefusal::Case(CaseRefusal::Erased));
    assert_eq!(world.when("2026-12-01T10:00", completed("2026-11-24")), erased);
    assert_eq!(world.when("2026-12-01T10:00", |case, now| reopen(case, sealed("住院"), now)), erased);
}

#[test]
fn the_reply_runs_again_from_the_day_on_which_an_opinion_came_even_if_it_counted_as_lapsed() {
    let sought = || {
        let mut world = World::confirmed("2026-11-02T10:00");
        world.when("2026-11-09T10:00", consulted(Consulted::ThirdParty)).unwrap();
        world
    };
    let (mut at_once, mut late, mut lapsed) = (sought(), sought(), sought());
    at_once.when("2026-11-16T10:00", opinion(1, "2026-11-16")).unwrap();
    late.when("2026-11-27T10:00", opinion(1, "2026-11-16")).unwrap();
    lapsed.tick(at("2026-12-01T00:00"));
    let events = lapsed.when("2026-12-03T10:00", opinion(1, "2026-11-16")).unwrap();
    assert_eq!(names(&events), ["OpinionLapseUndone", "OpinionGiven"]);
    assert_eq!(at_once.due(RequestDeadline::Reply), Some(at("2026-12-08T00:00")));
    for world in [late, lapsed] {
        assert_eq!(world.due(RequestDeadline::Reply), at_once.due(RequestDeadline::Reply));
        assert_eq!(
            world.status(RequestDeadline::Opinion(1.try_into().unwrap())),
            Some(Status::Met { at: at("2026-11-16T00:00") })
        );
    }
}

#[test]
fn a_reply_that_was_due_before_anybody_knew_is_late_since_then() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-27T10:00", consulted(Consulted::ThirdParty)).unwrap();
    world.when("2026-12-04T10:00", opinion(1, "2026-11-27")).unwrap();
    world.tick(at("2026-12-04T10:00"));
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::FellDue { at: at("2026-12-01T00:00") }));
}

#[test]
fn of_two_opinions_the_one_that_came_last_lets_the_clock_run_whichever_is_recorded_first() {
    let sought = || {
        let mut world = World::confirmed("2026-11-02T10:00");
        world.when("2026-11-04T10:00", consulted(Consulted::ThirdParty)).unwrap();
        world.when("2026-11-05T10:00", consulted(Consulted::OtherBody)).unwrap();
        world
    };
    let acts = [(1, "2026-11-09"), (2, "2026-11-11")];
    let due = |order: [usize; 2]| {
        let mut world = sought();
        for place in order {
            let (letter, on) = acts[place];
            world.when("2026-11-20T10:00", opinion(letter, on)).unwrap();
        }
        world.due(RequestDeadline::Reply)
    };
    // 3 November was counted (1), and from the 11th: 11–13 (4), 16–20 (9), 23–27 (14), 30 and 1–4 December (19), 7 (20).
    assert_eq!(due([0, 1]), Some(at("2026-12-08T00:00")));
    assert_eq!(due([1, 0]), due([0, 1]));
}

#[test]
fn who_had_a_good_reason_may_complete_after_all_and_the_reply_is_counted_from_then() {
    let mut world = asked();
    world.tick(at("2026-11-25T00:00"));
    let events = world.when("2026-12-01T10:00", |case, now| reopen(case, sealed("住院治疗"), now)).unwrap();
    assert_eq!(names(&events), ["ApplicationReopened"]);
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    // 2–4 (3), 7–11 (8), 14–18 (13), 21 and 22 (15).
    assert_eq!(world.due(RequestDeadline::Completion), Some(at("2026-12-23T00:00")));
    assert_eq!(world.case.own.reopenings, [sealed("住院治疗")]);
    let mut again = world.clone();
    let before = world.when("2026-12-04T10:00", completed("2026-11-27"));
    let (first, last) = (day("2026-12-01"), day("2026-12-04"));
    assert_eq!(before, Err(RequestRefusal::ReceivedOutside { first, last }), "it would be late at once");
    world.when("2026-12-04T10:00", |case, now| complete(case, sealed("2025年度").into(), Received::Now, now)).unwrap();
    // 7–11 (5), 14–18 (10), 21–25 (15), 28–31 (19), 1 January (20): 2027 is provisional, its weekdays count.
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2027-01-02T00:00")));
    again.tick(at("2026-12-23T00:00"));
    assert_eq!(again.case.own.concluded, Some((at("2026-12-23T00:00"), Conclusion::Abandoned(Lapsed::Completion))));
}

#[test]
fn nothing_else_is_reopened() {
    let reopened = |case: &Case, now: Moment<'_>| reopen(case, sealed("住院治疗"), now);
    let mut open = asked();
    assert_eq!(open.when("2026-11-04T10:00", reopened), Err(RequestRefusal::NotReopenable));
    let mut unpaid = World::confirmed("2026-11-02T10:00");
    unpaid.when("2026-11-03T10:00", |case, now| ask_fee(case, 11, &others(10), now)).unwrap();
    unpaid.tick(at("2026-12-02T00:00"));
    assert_eq!(unpaid.when("2026-12-03T10:00", reopened), Err(RequestRefusal::NotReopenable));
}
