//! Counting working days forward and back, within every bound.

use proptest::prelude::*;

use super::*;

#[test]
fn a_holiday_is_no_working_day_and_a_make_up_day_is_one() {
    let history = History::of(vec![october()]);
    let calendar = history.0.newest();
    assert_eq!(calendar.kind(date("2026-10-03")), DayKind::Holiday { name: line("国庆节") });
    assert_eq!(calendar.kind(date("2026-10-10")), DayKind::MakeUp);
    assert_eq!(calendar.kind(date("2026-10-11")), DayKind::Weekend);
    assert_eq!(calendar.day(date("2026-10-09")).standing, Standing::Announced);
    assert_eq!(calendar.day(date("2027-10-09")).standing, Standing::Provisional);
}

#[test]
fn five_working_days_after_28_september_2026_end_on_the_make_up_saturday() {
    let history = History::of(vec![october()]);
    let calendar = history.0.newest();
    let (start, fifth) = (date("2026-09-28"), date("2026-10-10"));
    assert_eq!(calendar.working_days_after(start, 5), fifth);
    assert_eq!(calendar.working_days_after(start, 6), date("2026-10-12"));
    assert_eq!(calendar.working_days_before(fifth, 5), start);
    assert_eq!(calendar.working_days_between(start, fifth), 5);
}

#[test]
fn the_next_working_day_is_the_day_itself_if_it_is_worked() {
    let history = History::of(vec![october()]);
    let calendar = history.0.newest();
    assert_eq!(calendar.working_day_from(date("2026-09-30")), date("2026-09-30"));
    assert_eq!(calendar.working_day_from(date("2026-10-01")), date("2026-10-08"));
}

#[test]
fn a_leap_day_and_the_end_of_a_year_are_days_like_others() {
    let calendar = Calendar::default();
    assert_eq!(calendar.working_days_after(date("2028-02-28"), 2), date("2028-03-01"));
    assert_eq!(calendar.working_days_after(date("2027-02-26"), 1), date("2027-03-01"));
    assert_eq!(calendar.working_days_after(date("2026-12-31"), 1), date("2027-01-01"));
    assert_eq!(calendar.working_days_before(date("2027-01-01"), 1), date("2026-12-31"));
}

#[test]
fn every_count_ends_within_the_years_of_the_calendar() {
    let calendar = Calendar::default();
    assert_eq!(calendar.working_days_after(date("2199-12-30"), u16::MAX), LAST_DAY);
    assert_eq!(calendar.working_days_after(Date::MAX, 1), LAST_DAY);
    assert_eq!(calendar.working_day_from(Date::MAX), LAST_DAY);
    assert_eq!(calendar.working_days_before(date("1990-01-02"), u16::MAX), date("1990-01-01"));
    assert_eq!(calendar.working_days_before(Date::MIN, 1), date("1990-01-01"));
    assert_eq!(calendar.working_days_between(Date::MAX, Date::MIN), 0);
}

/// A year with any holidays apart from each other and any weekends made up.
fn arrangement(year: i16) -> impl Strategy<Value = Arrangement> {
    let holidays = prop::collection::vec((0_i64..355, 0_i64..9), 1..6);
    let make_up = prop::collection::btree_set(0_i64..365, 0..8);
    (holidays, make_up).prop_map(move |(mut spans, make_up)| {
        let day = |offset: i64| date(&format!("{year}-01-01")).saturating_add(jiff::Span::new().days(offset));
        spans.sort_unstable();
        let mut holidays: Vec<Holiday> = Vec::new();
        for (begins, length) in spans {
            if holidays.last().is_none_or(|earlier| earlier.last < day(begins)) {
                holidays.push(Holiday { name: line("假日"), first: day(begins), last: day(begins + length) });
            }
        }
        let weekend = |date: &Date| date.weekday().to_monday_zero_offset() >= 5;
        let off = |date: &Date| holidays.iter().any(|holiday| holiday.covers(*date));
        let make_up = make_up.into_iter().map(day).filter(|date| weekend(date) && !off(date)).collect();
        Arrangement { year: year.try_into().unwrap(), notice: line("通知"), holidays, make_up }
    })
}

/// A calendar whose years 2026 and 2027 are any years that can be adopted.
fn calendar() -> impl Strategy<Value = Calendar> {
    (arrangement(2026), arrangement(2027))
        .prop_map(|(first, second)| History::of(vec![first, second]).0.newest().clone())
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..900).prop_map(|offset| date("2025-11-01").saturating_add(jiff::Span::new().days(offset)))
}

proptest! {
    #[test]
    fn counting_forward_and_back_leads_to_where_it_began(calendar in calendar(), day in any_day(), count in 0_u16..60) {
        let start = calendar.working_day_from(day);
        let end = calendar.working_days_after(start, count);
        prop_assert_eq!(calendar.working_days_before(end, count), start);
        prop_assert_eq!(calendar.working_days_between(start, end), usize::from(count));
    }

    #[test]
    fn a_day_is_worked_exactly_if_it_is_a_weekday_that_is_not_off_or_made_up(calendar in calendar(), day in any_day()) {
        let weekend = day.weekday().to_monday_zero_offset() >= 5;
        let year = calendar.arrangement(day.year());
        let off = year.is_some_and(|year| year.holidays.iter().any(|h| h.first <= day && day <= h.last));
        let on = year.is_some_and(|year| year.make_up.contains(&day));
        prop_assert_eq!(calendar.is_working(day), if weekend { on } else { !off });
    }
}
