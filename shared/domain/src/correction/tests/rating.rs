//! What a reader says of a reply: of the one that stands and that he read, once, while its time lasts.

use super::*;
use crate::case::{Rating, RatingTerm, Satisfaction, Shortcoming};

/// What is said of the reply that stands.
fn rating(case: &CaseFile<Correction>, text: Option<&str>) -> Rating {
    Rating {
        reply: case.own.answered().map_or(0, |answered| answered.commit),
        satisfaction: Satisfaction::Dissatisfied,
        reasons: vec![Shortcoming::Other, Shortcoming::Slow, Shortcoming::Other],
        text: text.map(sealed),
    }
}

#[test]
fn a_reply_is_rated_once_within_its_time_and_only_while_it_stands() {
    let term = RatingTerm { days: 30 };
    let mut world = World::reported();
    let none = world.when(at("2026-11-27T11:00"), |case, now| case::rate(case, rating(case, None), term, now));
    assert_eq!(none, Err(CaseRefusal::NothingToRate));
    world.when(at("2026-11-30T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    // The thirtieth day after the answer is 30 December.
    let last = "2026-12-30".parse().unwrap();
    assert_eq!(case::rateable(&world.case, term, at("2026-12-30T23:59")), Ok(last));
    assert_eq!(case::rateable(&world.case, term, at("2026-12-31T00:00")), Err(CaseRefusal::RatingOver { last }));
    let events =
        world.when(at("2026-12-01T10:00"), |case, now| case::rate(case, rating(case, Some("太慢")), term, now));
    assert_eq!(names(&events.unwrap()), ["ReplyRated"]);
    let rated = world.case.rated.clone().unwrap();
    assert_eq!(rated.reasons, [Shortcoming::Slow, Shortcoming::Other], "each once");
    assert_eq!(rated.text, Some(Personal::Kept(sealed("太慢"))));
    let twice = world.when(at("2026-12-02T10:00"), |case, now| case::rate(case, rating(case, None), term, now));
    assert_eq!(twice, Err(CaseRefusal::RatedBefore));

    // Another answer is another reply.
    world.when(at("2026-12-03T10:00"), |case, now| withdraw_answer(case, line("有误"), limits().answer, now)).unwrap();
    let between = world.when(at("2026-12-03T11:00"), |case, now| case::rate(case, rating(case, None), term, now));
    assert_eq!(between, Err(CaseRefusal::NothingToRate));
    world.when(at("2026-12-04T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    world.when(at("2026-12-04T11:00"), |case, now| case::rate(case, rating(case, Some("好")), term, now)).unwrap();
    let erased = world.when(at("2026-12-05T10:00"), |case, _| case::erase(case, line("本人要求")));
    assert!(erased.is_ok());
    assert_eq!(world.case.rated.as_ref().and_then(|rated| rated.text.clone()), Some(Personal::Redacted));
    assert_eq!(case::rateable(&world.case, term, at("2026-12-05T11:00")), Err(CaseRefusal::Erased));
}

/// Given a reply that was read, when another one stands by the time it is rated, then nobody rates what he has not seen.
#[test]
fn what_is_said_of_a_reply_counts_for_no_other() {
    let term = RatingTerm { days: 30 };
    let mut world = World::reported();
    world.when(at("2026-11-30T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    let read = rating(&world.case, None);
    world.when(at("2026-12-01T10:00"), |case, now| withdraw_answer(case, line("有误"), limits().answer, now)).unwrap();
    world.when(at("2026-12-01T11:00"), |case, now| answer(case, reply(), now)).unwrap();
    let unseen = world.when(at("2026-12-01T12:00"), |case, now| case::rate(case, read, term, now));
    assert_eq!(unseen, Err(CaseRefusal::OtherReply));
    let events = world.when(at("2026-12-01T12:00"), |case, now| case::rate(case, rating(case, None), term, now));
    assert_eq!(names(&events.unwrap()), ["ReplyRated"]);
}

/// Given a rating and another reply at one instant, then that reply is rated by itself.
#[test]
fn a_reply_of_the_instant_of_a_rating_is_not_the_one_that_was_rated() {
    let term = RatingTerm { days: 30 };
    let mut world = World::reported();
    world.when(at("2026-11-30T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    let now = at("2026-12-01T10:00");
    world.when(now, |case, now| case::rate(case, rating(case, None), term, now)).unwrap();
    world.when(now, |case, now| withdraw_answer(case, line("有误"), limits().answer, now)).unwrap();
    world.when(now, |case, now| answer(case, reply(), now)).unwrap();
    assert!(case::rateable(&world.case, term, now).is_ok());
}

/// Given a city that has no rating, then a reply of today is rated no more than any other.
#[test]
fn with_a_term_of_no_days_no_reply_is_rated() {
    let mut world = World::reported();
    world.when(at("2026-11-30T10:00"), |case, now| answer(case, reply(), now)).unwrap();
    let none = case::rateable(&world.case, RatingTerm { days: 0 }, at("2026-11-30T10:00"));
    assert_eq!(none, Err(CaseRefusal::NothingToRate));
    assert!(case::rateable(&world.case, RatingTerm { days: 1 }, at("2026-12-01T23:59")).is_ok());
}
