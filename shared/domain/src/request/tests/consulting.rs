//! Opinions and fees (art. 32–34, 42): the reply's clock stands meanwhile.

use super::*;

fn asking(of: Consulted) -> Asking {
    Asking { of, letter: sealed("征求意见书"), delivered_on: None, further: None }
}

fn consulted(of: Consulted) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    move |case, now| seek_opinion(case, asking(of), now)
}

fn number(number: u16) -> LetterNumber {
    number.try_into().unwrap()
}

/// The opinion on the letter with this number comes and is recorded.
fn given(letter: u16) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    move |case, now| record_opinion(case, number(letter), Stance::Agrees, sealed("同意"), Received::Now, now)
}

fn delivered(letter: u16, on: &str) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let day = on.parse().unwrap();
    move |case, now| record_delivery(case, number(letter), day, now)
}

fn paid(case: &Case, now: Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    pay(case, Received::Now, now)
}

#[test]
fn the_days_of_a_third_party_are_not_counted_in_the_reply() {
    let mut world = World::confirmed("2026-11-02T10:00");
    // Without it: 3–6 (4), 9–13 (9), 16–20 (14), 23–27 (19), 30 (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-01T00:00")));
    world.when("2026-11-09T10:00", consulted(Consulted::ThirdParty)).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    assert_eq!(world.due(RequestDeadline::Opinion(number(1))), Some(at("2026-12-01T00:00")));
    world
        .when("2026-11-16T10:00", |case, now| {
            record_opinion(case, number(1), Stance::Objects, sealed("涉及商业秘密"), Received::Now, now)
        })
        .unwrap();
    // Five working days stood still, 9–13 November.
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-08T00:00")));
    let opinion =
        Opinion {
            letter: number(1), of: Consulted::ThirdParty, stance: Stance::Objects, text: sealed("涉及商业秘密")
        };
    assert_eq!(world.case.own.opinions, [opinion]);
    let letter = &world.case.own.letters[0];
    assert_eq!((letter.number, letter.of, &letter.text), (number(1), Consulted::ThirdParty, &sealed("征求意见书")));
    assert_eq!(letter.end, Some((at("2026-11-16T10:00"), LetterEnd::Given(Stance::Objects))));
}

#[test]
fn silence_lets_the_clock_run_again_from_the_day_it_lapsed() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-09T10:00", consulted(Consulted::OtherBody)).unwrap();
    let events = world.tick(at("2026-12-20T10:00"));
    assert_eq!(names(&events), ["OpinionLapsed"]);
    assert_eq!(world.case.own.awaited().next(), None);
    // Four days were counted until 6 November; sixteen follow from 1 December on.
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-23T00:00")));
    assert_eq!(world.when("2026-12-20T11:00", given(1)), Err(RequestRefusal::CameTooLate));
}

#[test]
fn several_are_asked_at_once_and_the_last_one_lets_the_clock_run() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-04T10:00", consulted(Consulted::ThirdParty)).unwrap();
    world.when("2026-11-05T10:00", consulted(Consulted::ThirdParty)).unwrap();
    world.when("2026-11-05T11:00", consulted(Consulted::OtherBody)).unwrap();
    let due = |world: &World, letter| world.due(RequestDeadline::Opinion(number(letter)));
    // Each has a term of its own: 25 and 26 November.
    assert_eq!(due(&world, 1), Some(at("2026-11-26T00:00")));
    assert_eq!((due(&world, 2), due(&world, 3)), (Some(at("2026-11-27T00:00")), Some(at("2026-11-27T00:00"))));
    world.when("2026-11-09T10:00", given(2)).unwrap();
    world.when("2026-11-09T10:30", given(3)).unwrap();
    assert_eq!(world.when("2026-11-09T10:30", given(3)), Err(RequestRefusal::NoOpinionAwaited));
    assert_eq!(world.when("2026-11-09T10:30", given(4)), Err(RequestRefusal::NoSuchLetter));
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    let early = world.when("2026-11-09T11:00", |case, now| decide(case, Outcome::DoesNotExist, sealed("无"), &[], now));
    assert_eq!(early, Err(RequestRefusal::Awaiting));
    let events = world.tick(at("2026-11-26T00:00"));
    assert_eq!(names(&events), ["OpinionLapsed"]);
    assert!(world.due(RequestDeadline::Reply).is_some());
}

#[test]
fn the_term_of_who_is_asked_begins_with_the_day_on_which_the_letter_reached_him() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let handed_over = Asking { delivered_on: Some("2026-11-03".parse().unwrap()), ..asking(Consulted::ThirdParty) };
    world.when("2026-11-04T10:00", |case, now| seek_opinion(case, handed_over.clone(), now)).unwrap();
    // From the third: 4–6 (3), 9–13 (8), 16–20 (13), 23 and 24 (15).
    assert_eq!(world.due(RequestDeadline::Opinion(number(1))), Some(at("2026-11-25T00:00")));
    world.when("2026-11-04T11:00", consulted(Consulted::OtherBody)).unwrap();
    assert_eq!(world.due(RequestDeadline::Opinion(number(2))), Some(at("2026-11-26T00:00")), "as if it were there");
    world.when("2026-11-12T10:00", delivered(2, "2026-11-10")).unwrap();
    // From the tenth: 11–13 (3), 16–20 (8), 23–27 (13), 30 and 1 December (15).
    assert_eq!(world.due(RequestDeadline::Opinion(number(2))), Some(at("2026-12-02T00:00")));
    assert_eq!(world.when("2026-11-12T10:00", delivered(2, "2026-11-11")), Err(RequestRefusal::DeliveredBefore));
    assert_eq!(world.when("2026-11-12T10:00", delivered(1, "2026-11-04")), Err(RequestRefusal::DeliveredBefore));
    let (first, last) = ("2026-11-02".parse().unwrap(), "2026-11-12".parse().unwrap());
    let further = Some(line("另有一方权益受影响"));
    let ahead = Asking { delivered_on: Some("2026-11-13".parse().unwrap()), further, ..handed_over };
    let ahead = world.when("2026-11-12T10:00", |case, now| seek_opinion(case, ahead, now));
    assert_eq!(ahead, Err(RequestRefusal::DeliveredOutside { first, last }));
}

#[test]
fn a_letter_that_lapsed_before_it_is_known_to_have_arrived_is_awaited_again() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-09T10:00", consulted(Consulted::OtherBody)).unwrap();
    let events = world.tick(at("2026-12-01T00:00"));
    let untold =
        |event: &Event| matches!(event, Occurrence::Own(RequestEvent::OpinionLapsed { undelivered: true, .. }));
    assert!(events.iter().any(untold), "{events:?}");
    let mut again = world.clone();
    let events = world.when("2026-12-02T10:00", delivered(1, "2026-11-30")).unwrap();
    assert_eq!(names(&events), ["OpinionLapseUndone", "LetterDelivered"]);
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    world.when("2026-12-03T10:00", given(1)).unwrap();
    // Counted were 3–6 November (4); from 3 December on: 3 and 4 (6), 7–11 (11), 14–18 (16), 21–24 (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-25T00:00")));
    // One that reached him so early that his term is over all the same.
    let reply = again.due(RequestDeadline::Reply);
    let events = again.when("2026-12-02T10:00", delivered(1, "2026-11-10")).unwrap();
    assert_eq!(names(&events), ["LetterDelivered"], "it lapsed, and nobody is told otherwise");
    assert_eq!((again.case.own.awaited().next(), again.due(RequestDeadline::Reply)), (None, reply));
}

#[test]
fn a_further_round_says_why() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-04T10:00", consulted(Consulted::ThirdParty)).unwrap();
    world.when("2026-11-05T10:00", given(1)).unwrap();
    let again = world.when("2026-11-06T10:00", consulted(Consulted::ThirdParty));
    assert_eq!(again, Err(RequestRefusal::FurtherRound));
    let further = Asking { further: Some(line("另有一方权益受影响")), ..asking(Consulted::ThirdParty) };
    world.when("2026-11-06T10:00", |case, now| seek_opinion(case, further, now)).unwrap();
    // It is a round of its own: more may be asked while it lasts.
    world.when("2026-11-09T10:00", consulted(Consulted::OtherBody)).unwrap();
    assert_eq!(world.case.own.awaited().map(|letter| letter.number.get()).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn letter_after_letter_does_not_let_the_clock_stand_for_ever() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-04T10:00", consulted(Consulted::ThirdParty)).unwrap();
    world.when("2026-11-11T10:00", consulted(Consulted::ThirdParty)).unwrap();
    let third = world.when("2026-11-11T10:01", consulted(Consulted::ThirdParty));
    assert_eq!(third, Err(RequestRefusal::FurtherRound), "a round takes letters for a week, from its first one");
    let further = Asking { further: Some(line("另有一方权益受影响")), ..asking(Consulted::ThirdParty) };
    world.when("2026-11-12T10:00", |case, now| seek_opinion(case, further, now)).unwrap();
    world.when("2026-11-19T10:00", consulted(Consulted::ThirdParty)).unwrap();
    assert_eq!(world.when("2026-11-19T10:01", consulted(Consulted::ThirdParty)), Err(RequestRefusal::FurtherRound));
}

#[test]
fn a_letter_that_is_recorded_late_is_answered_by_what_came_before_that() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let sent = Asking { delivered_on: Some("2026-11-03".parse().unwrap()), ..asking(Consulted::ThirdParty) };
    world.when("2026-11-26T10:00", |case, now| seek_opinion(case, sent, now)).unwrap();
    // Its term was over with the 24th; the opinion came long before.
    assert_eq!(names(&world.tick(at("2026-11-26T11:00"))), ["OpinionLapsed"]);
    let came = |on: &str| {
        let received = Received::On(on.parse().unwrap());
        move |case: &Case, now: Moment<'_>| {
            record_opinion(case, number(1), Stance::Objects, sealed("涉及商业秘密"), received, now)
        }
    };
    let before = world.when("2026-11-26T12:00", came("2026-11-02"));
    let (first, last) = ("2026-11-03".parse().unwrap(), "2026-11-26".parse().unwrap());
    assert_eq!(before, Err(RequestRefusal::ReceivedOutside { first, last }), "before it had the letter");
    let events = world.when("2026-11-26T12:00", came("2026-11-10")).unwrap();
    assert_eq!(names(&events), ["OpinionLapseUndone", "OpinionGiven"]);
    assert_eq!(
        world.case.own.letters[0].end,
        Some((at("2026-11-10T00:00"), LetterEnd::Given(Stance::Objects))),
        "by the day on which it came"
    );
}

/// A letter to a third party as they were sent before they had numbers: all by one deadline.
fn unnumbered(case: &Case, now: Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    let term = case.own.limits.clone().unwrap().opinion;
    let opinion = case.deadlines.start(RequestDeadline::ThirdPartyOpinion, term, now.at, now)?;
    let reply = case.deadlines.stop(RequestDeadline::Reply, line("征求第三方意见"), now)?;
    let letter = sealed("征求意见书");
    let (number, of, delivered_on, further) = (None, Consulted::ThirdParty, None, None);
    let sought = RequestEvent::OpinionSought { number, of, letter, delivered_on, further };
    Ok(vec![case::own(sought), case::changed(opinion), case::changed(reply)])
}

#[test]
fn of_two_letters_with_one_deadline_only_the_last_is_answered() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-04T10:00", unnumbered).unwrap();
    world.tick(at("2026-11-26T00:00"));
    world.when("2026-11-26T10:00", unnumbered).unwrap();
    assert_eq!(world.when("2026-11-27T10:00", given(1)), Err(RequestRefusal::NoOpinionAwaited));
    assert_eq!(world.when("2026-11-27T10:00", delivered(1, "2026-11-27")), Err(RequestRefusal::NoOpinionAwaited));
    world.when("2026-11-27T10:00", given(2)).unwrap();
    assert!(world.due(RequestDeadline::Reply).is_some(), "the clock runs again");
}

#[test]
fn letters_from_before_they_had_numbers_are_answered_and_lapse_as_they_did() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-04T10:00", unnumbered).unwrap();
    let mut lapsed = world.clone();
    world.when("2026-11-06T10:00", given(1)).unwrap();
    assert!(world.due(RequestDeadline::Reply).is_some());
    assert_eq!(names(&lapsed.tick(at("2026-12-20T10:00"))), ["OpinionLapsed"]);
    assert_eq!(lapsed.case.own.awaited().next(), None);
}

#[test]
fn a_fee_stops_the_clock_until_it_is_paid() {
    let mut world = World::confirmed("2026-11-02T10:00");
    assert_eq!(
        world.when("2026-11-03T10:00", |case, now| ask_fee(case, 10, &others(9), now)),
        Err(RequestRefusal::Free)
    );
    world.when("2026-11-03T10:00", |case, now| ask_fee(case, 35, &others(34), now)).unwrap();
    assert_eq!(world.case.own.fee, Some(Fen(20_000)));
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Stopped));
    assert_eq!(world.when("2026-11-04T10:00", consulted(Consulted::ThirdParty)), Err(RequestRefusal::Awaiting));
    world.when("2026-11-05T10:00", paid).unwrap();
    // From the day after: 6 (1), 9–13 (6), 16–20 (11), 23–27 (16), 30 November to 3 December (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-04T00:00")), "all twenty days once more");
    assert_eq!(world.when("2026-11-05T11:00", paid), Err(RequestRefusal::NoFeeAwaited));
    assert_eq!(
        world.when("2026-11-05T11:00", |case, now| ask_fee(case, 35, &others(34), now)),
        Err(RequestRefusal::FeeAskedBefore)
    );
}

#[test]
fn it_costs_no_more_than_it_is_counted_as_within_the_month_in_which_it_came() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let mut kin = others(11);
    assert_eq!(item_of_month(&world.case, &kin), 12);
    // Of another month, after it, and another department's.
    kin[0].opened_at = at("2026-10-31T23:59");
    kin[1].opened_at = at("2026-11-02T10:01");
    kin[2].department = "czj".parse().unwrap();
    assert_eq!(item_of_month(&world.case, &kin), 9);
    let asked = |item| move |case: &Case, now: Moment<'_>| ask_fee(case, item, &others(11), now);
    let more = world.when("2026-11-03T10:00", asked(13));
    assert_eq!(more, Err(RequestRefusal::ItemBeyondCounted { counted: 12 }));
    // Some of them may not count: who handles it says so.
    world.when("2026-11-03T10:00", asked(11)).unwrap();
    assert_eq!(world.case.own.fee, Some(Fen(10_000)));
}

#[test]
fn who_is_late_ends_no_case_by_asking_for_a_fee() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let late = world.when("2026-12-02T10:00", |case, now| ask_fee(case, 35, &others(34), now));
    assert_eq!(late, Err(DeadlineRefusal::NotRunning.into()));
    assert_eq!(world.case.own.fee, None);
}

#[test]
fn who_does_not_pay_in_time_has_given_it_up() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_fee(case, 11, &others(10), now)).unwrap();
    let due = world.due(RequestDeadline::Fee).unwrap();
    assert_eq!(due, at("2026-12-02T00:00"));
    world.tick(due);
    assert_eq!(world.case.own.concluded, Some((due, Conclusion::Abandoned(Lapsed::Fee))));
}
