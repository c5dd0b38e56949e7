//! Opinions and fees (art. 32–34, 42): the reply's clock stands meanwhile.

use super::*;

fn consulted(of: Consulted) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    move |case, now| seek_opinion(case, of, sealed("征求意见书"), now)
}

#[test]
fn the_days_of_a_third_party_are_not_counted_in_the_reply() {
    let mut world = World::confirmed("2026-11-02T10:00");
    // Without it: 3–6 (4), 9–13 (9), 16–20 (14), 23–27 (19), 30 (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-01T00:00")));
    world.when("2026-11-09T10:00", consulted(Consulted::ThirdParty)).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    assert_eq!(world.due(RequestDeadline::ThirdPartyOpinion), Some(at("2026-12-01T00:00")));
    world
        .when("2026-11-16T10:00", |case, now| {
            record_opinion(case, Consulted::ThirdParty, Stance::Objects, sealed("涉及商业秘密"), now)
        })
        .unwrap();
    // Five working days stood still, 9–13 November.
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-08T00:00")));
    let opinion = Opinion { of: Consulted::ThirdParty, stance: Stance::Objects, text: sealed("涉及商业秘密") };
    assert_eq!(world.case.own.opinions, [opinion]);
    assert_eq!(world.case.own.letters, [Letter { of: Consulted::ThirdParty, text: sealed("征求意见书") }]);
}

#[test]
fn silence_lets_the_clock_run_again_from_the_day_it_lapsed() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-09T10:00", consulted(Consulted::OtherBody)).unwrap();
    let events = world.tick(at("2026-12-20T10:00"));
    assert_eq!(names(&events), ["OpinionLapsed"]);
    assert!(world.case.own.awaited.is_empty());
    // Four days were counted until 6 November; sixteen follow from 1 December on.
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-23T00:00")));
    let late = world.when("2026-12-20T11:00", |case, now| {
        record_opinion(case, Consulted::OtherBody, Stance::Agrees, sealed("同意"), now)
    });
    assert_eq!(late, Err(RequestRefusal::NoOpinionAwaited));
}

#[test]
fn of_two_who_are_asked_the_last_one_lets_the_clock_run() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-04T10:00", consulted(Consulted::ThirdParty)).unwrap();
    world.when("2026-11-05T10:00", consulted(Consulted::OtherBody)).unwrap();
    let again = world.when("2026-11-05T11:00", consulted(Consulted::OtherBody));
    assert_eq!(again, Err(RequestRefusal::OpinionAwaited));
    let opinion =
        |of| move |case: &Case, now: Moment<'_>| record_opinion(case, of, Stance::Agrees, sealed("同意"), now);
    world.when("2026-11-09T10:00", opinion(Consulted::ThirdParty)).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    let early = world.when("2026-11-09T11:00", |case, now| decide(case, Outcome::DoesNotExist, sealed("无"), now));
    assert_eq!(early, Err(RequestRefusal::Awaiting));
    world.when("2026-11-10T10:00", opinion(Consulted::OtherBody)).unwrap();
    assert!(world.due(RequestDeadline::Reply).is_some());
}

#[test]
fn a_fee_stops_the_clock_until_it_is_paid() {
    let mut world = World::confirmed("2026-11-02T10:00");
    assert_eq!(world.when("2026-11-03T10:00", |case, now| ask_fee(case, 10, now)), Err(RequestRefusal::Free));
    world.when("2026-11-03T10:00", |case, now| ask_fee(case, 35, now)).unwrap();
    assert_eq!(world.case.own.fee, Some(Fen(20_000)));
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    assert_eq!(world.when("2026-11-04T10:00", consulted(Consulted::ThirdParty)), Err(RequestRefusal::Awaiting));
    world.when("2026-11-05T10:00", pay).unwrap();
    // From the day after: 6 (1), 9–13 (6), 16–20 (11), 23–27 (16), 30 November to 3 December (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-04T00:00")), "all twenty days once more");
    assert_eq!(world.when("2026-11-05T11:00", pay), Err(RequestRefusal::NoFeeAwaited));
    assert_eq!(world.when("2026-11-05T11:00", |case, now| ask_fee(case, 35, now)), Err(RequestRefusal::FeeAskedBefore));
}

#[test]
fn who_is_late_ends_no_case_by_asking_for_a_fee() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let late = world.when("2026-12-02T10:00", |case, now| ask_fee(case, 35, now));
    assert_eq!(late, Err(DeadlineRefusal::NotRunning.into()));
    assert_eq!(world.case.own.fee, None);
}

#[test]
fn who_does_not_pay_in_time_has_given_it_up() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_fee(case, 11, now)).unwrap();
    let due = world.due(RequestDeadline::Fee).unwrap();
    assert_eq!(due, at("2026-12-02T00:00"));
    world.tick(due);
    assert_eq!(world.case.own.concluded, Some((due, Conclusion::Abandoned(Lapsed::Fee))));
}
