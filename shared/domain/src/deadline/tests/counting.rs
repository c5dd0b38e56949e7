//! Which days count, and when the last one ends.

use super::*;

fn term(limit: Limit, from: &str) -> Term {
    Term::new(limit, at(from))
}

#[test]
fn the_start_day_does_not_count_holidays_do_not_and_a_make_up_day_does() {
    let calendars = national();
    let term = term(working_days(5), "2026-09-28T10:00");
    let account = term.account(calendars.newest());
    let counted: Vec<_> = account
        .days
        .iter()
        .filter_map(|day| match day.counting {
            Counting::Counted { number } => Some((day.day.date.to_string(), number)),
            _ => None,
        })
        .collect();
    let expected = ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"];
    assert_eq!(counted, expected.map(str::to_owned).into_iter().zip(1..).collect::<Vec<_>>());
    assert_eq!(account.days[0].counting, Counting::Start);
    assert_eq!((account.due, account.last_day()), (Some(at("2026-10-11T00:00")), Some(date("2026-10-10"))));
    assert_eq!((account.days.len(), account.calendar, account.provisional()), (13, 1, Vec::new()));
}

#[test]
fn what_is_received_on_a_day_off_counts_as_received_on_the_next_working_day() {
    let calendars = national();
    let receipt = Limit { starts: Starts::Receipt, ..working_days(1) };
    let early = term(receipt.clone(), "2026-10-03T10:00");
    let account = early.account(calendars.newest());
    assert_eq!(account.days.iter().filter(|day| day.counting == Counting::Early).count(), 5);
    assert_eq!(account.due, Some(at("2026-10-10T00:00")), "received on the 8th, so the 9th counts");
    let act = term(working_days(1), "2026-10-03T10:00");
    assert_eq!(due(&act, calendars.newest()), at("2026-10-09T00:00"), "an act counts from its own day");
    assert_eq!(due(&term(receipt, "2026-10-08T23:59"), calendars.newest()), at("2026-10-10T00:00"));
}

#[test]
fn calendar_days_all_count_and_a_last_day_off_rolls_to_the_next_working_day() {
    let calendars = national();
    let ends = |days, from| due(&term(limit(days, Unit::CalendarDay), from), calendars.newest());
    assert_eq!(ends(2, "2026-09-28T10:00"), at("2026-10-01T00:00"));
    assert_eq!(ends(3, "2026-09-28T10:00"), at("2026-10-09T00:00"), "the 1st is a holiday, the 8th is worked");
    assert_eq!(ends(12, "2026-09-28T10:00"), at("2026-10-11T00:00"), "the 10th is a Saturday that is worked");
    assert_eq!(ends(13, "2026-09-28T10:00"), at("2026-10-13T00:00"), "the 11th is a Sunday");
}

#[test]
fn the_account_tells_the_days_that_a_term_rolls_over() {
    let calendars = national();
    let term = term(limit(3, Unit::CalendarDay), "2026-09-28T10:00");
    let account = term.account(calendars.newest());
    let (counted, rolled) = account.days.split_at(4);
    assert_eq!(counted[3].counting, Counting::Counted { number: 3 });
    assert!(rolled.len() == 7 && rolled.iter().all(|day| day.counting == Counting::Rolled));
}

#[test]
fn the_last_day_ends_at_midnight_or_when_offices_close() {
    let calendars = national();
    let close = Limit { ends: Ends::CloseOfBusiness, ..working_days(5) };
    assert_eq!(due(&term(close, "2026-09-28T10:00"), calendars.newest()), at("2026-10-10T17:30"));
}

#[test]
fn an_end_at_close_of_business_is_as_the_city_set_its_hours() {
    let mut calendars = national();
    let short = vec!["09:00-11:30".to_owned().try_into().unwrap()].try_into().unwrap();
    let hours = OfficeHours { make_up: short, ..OfficeHours::default() };
    let context = Context { actor: "registrar".parse().unwrap(), now: at("2026-01-01T09:00") };
    let command = Adopt { years: Vec::new(), office_hours: Some(hours), reason: line("调休日半天办公") };
    for event in adopt(&calendars, command, &context).unwrap() {
        calendars.evolve(event, &fact(context.now));
    }
    let close = Limit { ends: Ends::CloseOfBusiness, ..working_days(5) };
    assert_eq!(due(&term(close, "2026-09-28T10:00"), calendars.newest()), at("2026-10-10T11:30"));
}

#[test]
fn office_hours_count_from_the_instant_on_and_only_while_offices_are_open() {
    let calendars = national();
    let ends = |hours, from| due(&term(limit(hours, Unit::OfficeHour), from), calendars.newest());
    assert_eq!(ends(2, "2026-09-28T09:30"), at("2026-09-28T11:30"));
    assert_eq!(ends(2, "2026-09-28T11:15"), at("2026-09-28T14:45"), "lunch does not count");
    assert_eq!(ends(1, "2026-09-28T11:00"), at("2026-09-28T12:00"), "to the end of an opening");
    assert_eq!(ends(2, "2026-09-30T17:00"), at("2026-10-08T10:30"), "nor do holidays");
    assert_eq!(ends(2, "2026-10-09T20:00"), at("2026-10-10T11:00"), "a make-up day does");
}

#[test]
fn an_account_of_hours_tells_the_minutes_of_each_day() {
    let calendars = national();
    let term = term(limit(2, Unit::OfficeHour), "2026-09-30T17:00");
    let account = term.account(calendars.newest());
    assert_eq!(account.days[0].counting, Counting::Hours { minutes: 30, sum: 30 });
    assert_eq!(account.days[1].counting, Counting::Off);
    assert_eq!(account.days.last().unwrap().counting, Counting::Hours { minutes: 90, sum: 120 });
}

#[test]
fn a_term_that_reaches_a_year_that_is_not_announced_says_so() {
    let calendars = national();
    let term = term(working_days(5), "2026-12-29T10:00");
    let account = term.account(calendars.newest());
    assert_eq!((account.due, account.provisional()), (Some(at("2027-01-06T00:00")), vec![2027]));
}

#[test]
fn a_term_is_counted_to_the_end_of_the_calendar_at_the_latest() {
    let calendars = national();
    let last = term(working_days(1000), "2199-12-01T10:00");
    assert_eq!(due(&last, calendars.newest()), at("2200-01-01T00:00"));
    let beyond = Term::new(limit(1000, Unit::OfficeHour), Timestamp::MAX);
    assert_eq!(due(&beyond, calendars.newest()), at("2200-01-01T00:00"));
    assert!(matches!(beyond.check(), Err(DeadlineRefusal::OutOfRange { .. })));
}
