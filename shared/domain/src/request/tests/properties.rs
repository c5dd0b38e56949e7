//! Whatever is done, and whenever the clock comes by: what the regulation says comes to pass, once and at its instant.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::shanghai;

/// What somebody tries.
#[derive(Debug, Clone, Copy)]
enum Act {
    Confirm,
    AskCompletion,
    Complete(i64),
    Reopen,
    AskReasons,
    GiveReasons(i64),
    DecideExcessive,
    Extend(u16),
    Seek(Consulted, Option<i64>, bool),
    Deliver(u16, i64),
    Record(u16, Stance, i64),
    AskFee(u32),
    Pay(i64),
    Decide,
    Draft,
    Approve,
    Return,
    Withdraw,
    Archive,
    Publish,
}

fn tried(case: &Case, act: Act, now: Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    match act {
        Act::Confirm => confirm(case, now),
        Act::AskCompletion => ask_completion(case, sealed("?"), now),
        Act::Complete(ago) => complete(case, sealed("!").into(), received(ago, now), now),
        Act::AskReasons => ask_reasons(case, sealed("?"), &[], now),
        Act::GiveReasons(ago) => give_reasons(case, sealed("!"), received(ago, now), now),
        Act::DecideExcessive => decide(case, Outcome::Excessive, sealed("无"), &[], now),
        Act::Reopen => reopen(case, sealed("住院"), now),
        Act::Extend(by) => extend(case, by.try_into().unwrap(), line("复杂"), now),
        Act::Seek(of, delivered, is_further) => {
            let delivered_on = delivered.and_then(|ago| received(ago, now).day());
            let further = is_further.then(|| line("另有一方"));
            seek_opinion(case, Asking { of, letter: sealed("书"), delivered_on, further }, now)
        }
        Act::Deliver(number, ago) => {
            let day = received(ago.max(0), now).day().unwrap();
            record_delivery(case, number.try_into().unwrap(), day, now)
        }
        Act::Record(number, stance, ago) => {
            record_opinion(case, number.try_into().unwrap(), stance, sealed("意见"), received(ago, now), now)
        }
        Act::AskFee(item) => ask_fee(case, item, &in_september(usize::try_from(item - 1).unwrap()), now),
        Act::Pay(ago) => pay(case, received(ago, now), now),
        Act::Decide => decide(case, Outcome::DoesNotExist, sealed("无"), &[], now),
        Act::Draft => draft_reply(case, Outcome::DoesNotExist, sealed("无"), Vec::new(), &[]),
        Act::Approve => approve_reply(case, &StaffId::of(&"supervisor".parse().unwrap()), now),
        Act::Return => return_reply(case, sealed("退")),
        Act::Withdraw => withdraw(case, now),
        Act::Archive => archive(case, line("卷1")),
        Act::Publish => {
            let document = "gq4tmnzzgqztsmzrgq2dqmjsge".parse().unwrap();
            record_publication(case, Published { document, found_at: line("https://jyj.cheng.example/a.html") })
        }
    }
}

/// It came so many days ago; of a negative number, now.
fn received(ago: i64, now: Moment<'_>) -> Received {
    match u32::try_from(ago) {
        Ok(ago) => Received::On(shanghai::local(now.at).date() - jiff::Span::new().days(ago)),
        Err(_) => Received::Now,
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
        2 => days_ago().prop_map(Act::Complete),
        1 => Just(Act::Reopen),
        1 => Just(Act::AskReasons),
        1 => days_ago().prop_map(Act::GiveReasons),
        1 => Just(Act::DecideExcessive),
        1 => (1..25_u16).prop_map(Act::Extend),
        3 => (consulted(), prop::option::of(days_ago()), any::<bool>())
            .prop_map(|(of, delivered, is_further)| Act::Seek(of, delivered, is_further)),
        1 => (1..4_u16, days_ago()).prop_map(|(number, ago)| Act::Deliver(number, ago)),
        3 => (1..4_u16, stance, days_ago()).prop_map(|(number, stance, ago)| Act::Record(number, stance, ago)),
        1 => (1..50_u32).prop_map(Act::AskFee),
        1 => days_ago().prop_map(Act::Pay),
        1 => Just(Act::Decide),
        1 => Just(Act::Draft),
        1 => Just(Act::Approve),
        1 => Just(Act::Return),
        1 => Just(Act::Withdraw),
        1 => Just(Act::Archive),
        1 => Just(Act::Publish),
    ]
}

/// So many other applications of the same person in the month of these stories.
fn in_september(count: usize) -> Vec<Kin> {
    let opened_at = at("2026-09-01T00:00");
    others(count).into_iter().map(|other| Kin { opened_at, ..other }).collect()
}

fn days_ago() -> impl Strategy<Value = i64> {
    prop_oneof![-1..3_i64, 0..40_i64]
}

/// How it came: at the front door, or on paper some days before it was registered.
fn arrival() -> impl Strategy<Value = (Channel, Option<u32>)> {
    let on_paper =
        prop_oneof![Just(Channel::InPerson), Just(Channel::Post), Just(Channel::OrdinaryMail), Just(Channel::Fax)];
    prop_oneof![
        2 => Just((Channel::Web, None)),
        1 => Just((Channel::Fax, None)),
        2 => (on_paper, (0..60_u32).prop_map(Some)),
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
    for letter in &own.letters {
        assert_eq!(letter.is_open(), status(letter.deadline).is_some(), "{letter:?}");
    }
    // Nobody ends a case that is late by asking for money; but what is recorded later may tell that it was late when that was asked.
    let was_late = match world.status(RequestDeadline::Reply) {
        Some(Status::FellDue { at }) => own.fee_asked.is_some_and(|asked| at <= asked),
        _ => false,
    };
    assert!(!own.awaits_fee() || was_late || status(RequestDeadline::Reply) == Some(Status::Stopped));
    // The clock of a reply that is not late stands exactly while somebody else has to act.
    if let Some(reply) = status(RequestDeadline::Reply) {
        assert_eq!(own.is_waiting(), reply == Status::Stopped, "{reply:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_law_holds_whether_or_not_the_clock_comes_by((channel, ago) in arrival(), story in story()) {
        let start = at("2026-09-01T08:00");
        let came = ago.map(|ago| (shanghai::local(start).date() - jiff::Span::new().days(ago)).to_string());
        let mut alone = World::arrived(channel, came.as_deref(), "2026-09-01T08:00").unwrap();
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
