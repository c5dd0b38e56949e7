//! Whatever is done, and whenever the clock comes by: what the regulation says comes to pass, once and at its instant.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

/// What somebody tries.
#[derive(Debug, Clone, Copy)]
enum Act {
    Confirm,
    AskCompletion,
    Complete,
    Extend(u16),
    Seek(Consulted),
    Record(Consulted, Stance),
    AskFee(u32),
    Pay,
    Decide,
    Withdraw,
    Archive,
}

fn tried(case: &Case, act: Act, now: Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    match act {
        Act::Confirm => confirm(case, now),
        Act::AskCompletion => ask_completion(case, sealed("?"), now),
        Act::Complete => complete(case, sealed("!"), now),
        Act::Extend(by) => extend(case, by.try_into().unwrap(), line("复杂"), now),
        Act::Seek(of) => seek_opinion(case, of, sealed("书"), now),
        Act::Record(of, stance) => record_opinion(case, of, stance, sealed("意见"), now),
        Act::AskFee(item) => ask_fee(case, item, now),
        Act::Pay => pay(case, now),
        Act::Decide => decide(case, Outcome::DoesNotExist, sealed("无"), now),
        Act::Withdraw => withdraw(case, now),
        Act::Archive => archive(case, line("卷1")),
    }
}

fn consulted() -> impl Strategy<Value = Consulted> {
    prop_oneof![Just(Consulted::ThirdParty), Just(Consulted::OtherBody)]
}

fn act() -> impl Strategy<Value = Act> {
    let stance = prop_oneof![Just(Stance::Agrees), Just(Stance::Objects)];
    prop_oneof![
        2 => Just(Act::Confirm),
        2 => Just(Act::AskCompletion),
        2 => Just(Act::Complete),
        1 => (1..25_u16).prop_map(Act::Extend),
        2 => consulted().prop_map(Act::Seek),
        2 => (consulted(), stance).prop_map(|(of, stance)| Act::Record(of, stance)),
        1 => (1..50_u32).prop_map(Act::AskFee),
        1 => Just(Act::Pay),
        1 => Just(Act::Decide),
        1 => Just(Act::Withdraw),
        1 => Just(Act::Archive),
    ]
}

/// Acts, each so many hours after the one before, and how many clocks come by in between.
fn story() -> impl Strategy<Value = Vec<(i64, Act, u8)>> {
    prop::collection::vec((prop_oneof![0..30_i64, 0..600_i64], act(), 0..3_u8), 1..25)
}

/// The instants at which anything is to happen by itself, up to `until`.
fn lawful(world: &World) {
    let own = &world.case.own;
    let open: Vec<_> = world.case.deadlines.open().map(|(deadline, _)| deadline).collect();
    let status = |deadline| world.status(deadline).filter(|status| status.is_open());
    if own.concluded.is_some() {
        assert!(open.is_empty(), "concluded and owed: {open:?}");
        return;
    }
    assert_eq!(own.confirmed.is_none(), status(RequestDeadline::Confirmation).is_some());
    assert_eq!(own.awaits_completion(), status(RequestDeadline::Completion).is_some());
    assert_eq!(own.awaits_fee(), status(RequestDeadline::Fee).is_some());
    for (of, deadline) in [
        (Consulted::ThirdParty, RequestDeadline::ThirdPartyOpinion),
        (Consulted::OtherBody, RequestDeadline::OtherBodyOpinion),
    ] {
        assert_eq!(own.awaited.contains(&of), status(deadline).is_some(), "{of:?}");
    }
    // Nobody ends a case that is late by asking for money.
    assert!(!own.awaits_fee() || status(RequestDeadline::Reply) == Some(Status::Stopped));
    // The clock of a reply that is not late stands exactly while somebody else has to act.
    if let Some(reply) = status(RequestDeadline::Reply) {
        assert_eq!(own.is_waiting(), reply == Status::Stopped, "{reply:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_law_holds_whether_or_not_the_clock_comes_by(story in story()) {
        let start = at("2026-09-01T08:00");
        let mut alone = World::filed("2026-09-01T08:00");
        let mut watched = alone.clone();
        let mut now = start;
        for (hours, act, ticks) in story {
            let before = now;
            now += SignedDuration::from_hours(hours);
            for tick in 1..=i64::from(ticks) {
                watched.tick(before + SignedDuration::from_mins(hours * 60 * tick / i64::from(ticks)));
                lawful(&watched);
            }
            // Accepted or refused, with the same words, clock or none.
            let one = alone.at(now, |case, now| tried(case, act, now));
            let other = watched.at(now, |case, now| tried(case, act, now));
            prop_assert_eq!(one.as_ref().err(), other.as_ref().err(), "{:?}", act);
            let settled = case::settle(&alone.case, &alone.calendars, &fact(now)).case;
            let mut judged = alone.clone();
            judged.case = settled;
            lawful(&judged);
        }
        // A year later everybody agrees on everything.
        let end = now + SignedDuration::from_hours(24 * 400);
        alone.tick(end);
        watched.tick(end);
        prop_assert_eq!(&alone.case.own, &watched.case.own);
        prop_assert_eq!(&alone.case.deadlines, &watched.case.deadlines);
        lawful(&alone);
        prop_assert!(alone.tick(end).is_empty(), "a clock that comes twice does nothing twice");
    }
}
