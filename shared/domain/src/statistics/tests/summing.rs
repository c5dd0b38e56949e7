//! What many say together: nothing but how many of fewer than five.

use super::*;

fn newest() -> Calendar {
    national().newest().clone()
}

fn summed(contributions: &[Contribution]) -> Summary {
    Summary::of(contributions, &newest(), MinimumSample::HOUSE)
}

/// Closed on these days of November 2026 at noon, having come in on Monday the second at ten.
fn closed_on(days: &[u8]) -> Vec<Contribution> {
    let closed = |day: &u8| closed("2026-11-02T10:00", &format!("2026-11-{day:02}T12:00"));
    days.iter().map(closed).collect()
}

#[test]
fn working_days_begin_after_the_day_on_which_a_case_counts_as_received() {
    let calendar = newest();
    for (opened_at, closed_at, days) in [
        ("2026-11-02T10:00", "2026-11-02T16:00", 0),
        ("2026-11-02T23:59", "2026-11-03T00:00", 1),
        // Friday to Monday.
        ("2026-11-06T10:00", "2026-11-09T10:00", 1),
        // Received on a Saturday is received on Monday.
        ("2026-11-07T10:00", "2026-11-09T10:00", 0),
        ("2026-11-07T10:00", "2026-11-08T10:00", 0),
        // Over the National Day holiday, with the made-up Saturday of 10 October.
        ("2026-09-30T10:00", "2026-10-12T10:00", 4),
    ] {
        let closure = closed(opened_at, closed_at).closed.unwrap();
        assert_eq!(closure.working_days(&calendar), days, "{opened_at} to {closed_at}");
    }
    // Nothing is known of holidays before a calendar is adopted: weekdays count.
    let closure = closed("2026-09-30T10:00", "2026-10-12T10:00").closed.unwrap();
    assert_eq!(closure.working_days(&Calendar::default()), 8);
}

#[test]
fn hours_are_those_of_the_clock_rounded_down() {
    for (closed_at, hours) in [("2026-11-02T10:59", 0), ("2026-11-02T11:00", 1), ("2026-11-04T09:59", 47)] {
        assert_eq!(closed("2026-11-02T10:00", closed_at).closed.unwrap().hours(), hours);
    }
    assert_eq!(closed("2026-11-02T10:00", "2026-11-02T09:00").closed.unwrap().hours(), 0, "whatever a clock says");
}

#[test]
fn median_and_ninetieth_are_numbers_that_occurred_by_nearest_rank() {
    // 0, 1, 2, 3, 4 working days.
    let duration = summed(&closed_on(&[6, 2, 5, 3, 4])).duration.told().unwrap();
    assert_eq!(duration.working_days, Spread { median: 2, ninetieth: 4 });
    assert_eq!(duration.hours, Spread { median: 50, ninetieth: 98 });
    // Of ten the fifth and the ninth.
    let ten = summed(&closed_on(&[2, 3, 4, 5, 6, 9, 10, 11, 12, 13])).duration.told().unwrap();
    assert_eq!(ten.working_days, Spread { median: 4, ninetieth: 8 });
    let eleven = summed(&closed_on(&[2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16])).duration.told().unwrap();
    assert_eq!(eleven.working_days, Spread { median: 5, ninetieth: 9 });
}

#[test]
fn of_fewer_than_five_nothing_is_told_but_how_many() {
    let mut few: Vec<Contribution> = closed_on(&[2, 3, 4, 5]);
    few.extend([received(Contribution::default()); 7]);
    let summary = summed(&few);
    assert_eq!((summary.received, summary.closed), (7, 4));
    assert_eq!(
        (summary.timeliness, summary.duration, summary.redone),
        (Measure::TooFew, Measure::TooFew, Measure::TooFew)
    );
    few.extend(closed_on(&[6]));
    let summary = summed(&few);
    assert_eq!(summary.redone, Measure::Told(0));
    assert!(summary.duration.told().is_some());
    assert_eq!(summary.timeliness, Measure::TooFew, "none of them was decided this month");
    let none = summed(&[]);
    assert_eq!((none.received, none.closed, none.duration), (0, 0, Measure::TooFew));
}

#[test]
fn the_share_in_time_is_of_all_that_was_decided_and_never_rounded_up() {
    let cases = |in_time: usize, late: usize| {
        let in_time = std::iter::repeat_n(decided(Punctuality::InTime, Contribution::default()), in_time);
        let late = std::iter::repeat_n(decided(Punctuality::Late, Contribution::default()), late);
        summed(&in_time.chain(late).collect::<Vec<_>>()).timeliness.told()
    };
    for (in_time, late, share) in [(5, 0, 1000), (0, 5, 0), (2, 4, 333), (4, 2, 666), (1999, 1, 999)] {
        assert_eq!(cases(in_time, late).unwrap().share().get(), share, "{in_time} of {}", in_time + late);
    }
    assert_eq!(cases(3, 1), None);
    assert_eq!(Timeliness { in_time: 0, late: 0 }.share().get(), 0);
}

#[test]
fn what_was_answered_anew_is_counted_among_the_closed() {
    let mut cases = closed_on(&[2, 3, 4, 5, 6]);
    for case in cases.iter_mut().take(2) {
        case.closed.as_mut().unwrap().redone = true;
    }
    assert_eq!(summed(&cases).redone, Measure::Told(2));
}

#[test]
fn content_is_who_is_so_at_least_basically_and_of_few_nothing_is_told() {
    use crate::case::Satisfaction::{Basically, Dissatisfied, Satisfied};
    let said = |all: &[crate::case::Satisfaction]| {
        let one = |satisfaction: &_| Contribution { satisfaction: Some(*satisfaction), ..Contribution::default() };
        summed(&all.iter().map(one).collect::<Vec<_>>()).satisfaction
    };
    assert_eq!(said(&[Satisfied; 4]), Measure::TooFew);
    let content = said(&[Satisfied, Satisfied, Basically, Basically, Dissatisfied, Dissatisfied]).told().unwrap();
    assert_eq!((content.said(), content.share().get()), (6, 666), "rounded down");
}
