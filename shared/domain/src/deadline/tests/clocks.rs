//! Clocks that are wrong, years that end, days that are rare (QUALITY.md F9).

use super::*;

#[test]
fn an_adoption_by_a_clock_that_is_a_day_ahead_is_in_force_when_that_day_has_come() {
    let mut calendars = national();
    let mut history = owing(working_days(5), "2026-12-29T10:00", &calendars);
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-05")], &[])], at("2026-12-31T09:00"));
    assert_eq!(history.tick(&calendars, at("2026-12-30T09:00")), []);
    assert!(!history.case.deadlines.are_behind(calendars.at(at("2026-12-30T09:00"))));
    assert_eq!(history.tick(&calendars, at("2026-12-31T09:00")).len(), 1);
    assert_eq!(history.status(Owed::Reply), Status::Running { due: at("2027-01-09T00:00") });
}

#[test]
fn an_adoption_by_a_clock_that_is_a_day_behind_moves_nothing_that_had_fallen_due() {
    let mut calendars = national();
    let mut history = owing(working_days(5), "2026-12-29T10:00", &calendars);
    history.tick(&calendars, at("2027-01-06T00:00"));
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-05")], &[])], at("2027-01-05T12:00"));
    assert_eq!(history.tick(&calendars, at("2027-01-07T00:00")), []);
    assert_eq!(history.status(Owed::Reply), Status::FellDue { at: at("2027-01-06T00:00") });
}

#[test]
fn a_clock_that_jumps_back_undoes_nothing_and_reorders_nothing() {
    let calendars = national();
    let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
    let stop = |d: &Deadlines<Owed>, now: Moment<'_>| d.stop(Owed::Reply, line("征求意见"), now);
    history.take(&calendars, at("2026-11-04T10:00"), stop).unwrap();
    history.take(&calendars, at("2026-11-03T10:00"), |d, now| d.resume(Owed::Reply, now)).unwrap();
    let deadline = history.case.deadlines.get(Owed::Reply).unwrap();
    assert_eq!(deadline.term.stops[0].until, Some(at("2026-11-04T10:00")), "not before the stop");
    assert_eq!(deadline.term.check(), Ok(()));
    history.tick(&calendars, at("2026-11-10T00:00"));
    assert_eq!(history.tick(&calendars, at("2026-11-09T00:00")), []);
    assert_eq!(history.status(Owed::Reply), Status::FellDue { at: at("2026-11-10T00:00") });
}

#[test]
fn a_day_of_the_city_begins_at_its_midnight_and_not_at_that_of_utc() {
    let calendars = national();
    let late = Term::new(working_days(1), "2026-11-02T15:59:59Z".parse().unwrap());
    let next = Term::new(working_days(1), "2026-11-02T16:00:00Z".parse().unwrap());
    assert_eq!(due(&late, calendars.newest()), "2026-11-03T16:00:00Z".parse().unwrap());
    assert_eq!(due(&next, calendars.newest()), "2026-11-04T16:00:00Z".parse().unwrap());
}

#[test]
fn a_leap_day_counts_and_a_year_may_end_in_between() {
    let calendars = national();
    let over = |limit, from| due(&Term::new(limit, at(from)), calendars.newest());
    assert_eq!(over(working_days(2), "2024-02-28T10:00"), at("2024-03-02T00:00"), "the 29th and the 1st");
    assert_eq!(over(limit(2, Unit::CalendarDay), "2028-02-28T10:00"), at("2028-03-02T00:00"));
    assert_eq!(over(working_days(1), "2025-12-31T10:00"), at("2026-01-05T00:00"), "the 4th is a Sunday that is worked");
}

#[test]
fn without_any_calendar_weekdays_count_and_every_year_is_provisional() {
    let calendars = CalendarHistory::default();
    let term = Term::new(working_days(5), at("2026-09-28T10:00"));
    let account = term.account(calendars.newest());
    assert_eq!((account.due, account.calendar), (Some(at("2026-10-06T00:00")), 0));
    assert_eq!(account.provisional(), [2026]);
}

#[test]
fn a_deadline_does_not_start_ahead_or_beyond_the_calendar() {
    let calendars = national();
    let begin = |from: Timestamp| {
        let start = move |d: &Deadlines<Owed>, now: Moment<'_>| d.start(Owed::Reply, working_days(5), from, now);
        History::default().take(&calendars, at("2026-11-02T10:00"), start)
    };
    assert_eq!(begin(at("2026-10-30T10:00")), Ok(()), "a letter may have come days ago");
    let (from, now) = (at("2026-11-02T10:01"), at("2026-11-02T10:00"));
    assert_eq!(begin(from), Err(DeadlineRefusal::NotBegun { from, now }));
    assert!(matches!(begin(at("1989-12-31T10:00")), Err(DeadlineRefusal::OutOfRange { .. })));
}
