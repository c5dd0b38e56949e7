//! What a version may say, and what it tells of the one before.

use super::*;

fn refused(years: Vec<Arrangement>) -> CalendarRefusal {
    History::default().adopt(command(years), "2025-11-04T16:00:00").unwrap_err()
}

#[test]
fn a_version_carries_the_whole_of_the_years_it_announces_its_number_and_its_reason() {
    let events = History::default().adopt(command(vec![october()]), "2025-11-04T16:00:00").unwrap();
    let [CalendarEvent::CalendarAdopted { number: 1, years, office_hours: None, reason }] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((years, reason.as_str()), (&vec![october()], "依国务院办公厅通知"));
}

#[test]
fn before_anything_is_adopted_every_year_is_provisional_and_weekdays_count() {
    let history = CalendarHistory::default();
    let calendar = history.newest();
    assert_eq!((calendar.number(), calendar.standing(2026)), (0, Standing::Provisional));
    assert_eq!(calendar.kind(date("2026-10-01")), DayKind::Working);
    assert_eq!(calendar.kind(date("2026-10-10")), DayKind::Weekend);
}

#[test]
fn a_version_is_in_force_from_its_adoption_and_the_earlier_ones_can_still_be_asked() {
    let mut history = History::of(vec![october()]);
    let longer = year(2026, &[("国庆节", "10-01", "10-08")], &["10-10"]);
    history.adopt(command(vec![longer]), "2026-03-22T10:00:00").unwrap();
    let History(history) = history;
    let numbers = ["2025-11-04T15:59:59", "2025-11-04T16:00:00", "2026-03-22T09:59:59", "2026-03-22T10:00:00"];
    assert_eq!(numbers.map(|instant| history.at(at(instant)).number()), [0, 1, 1, 2]);
    let eighth = date("2026-10-08");
    assert!(history.version(1).unwrap().is_working(eighth) && !history.newest().is_working(eighth));
    assert_eq!((history.version(0), history.version(3)), (Some(history.unadopted()), None));
}

#[test]
fn a_version_tells_which_years_it_announced_and_which_days_it_changed() {
    let mut history = History::of(vec![october()]);
    let longer = year(2026, &[("国庆节", "10-01", "10-08")], &["10-10", "10-11"]);
    let next = year(2027, &[("元旦", "01-01", "01-03")], &[]);
    let hours = OfficeHours {
        friday: vec!["09:00-12:00".to_owned().try_into().unwrap()].try_into().unwrap(),
        ..OfficeHours::default()
    };
    let both = Adopt { office_hours: Some(hours.clone()), ..command(vec![next, longer]) };
    history.adopt(both, "2026-09-01T10:00:00").unwrap();
    let [first, second] = history.0.adoptions() else { panic!("two versions") };
    assert_eq!(first.changes, Changes { announced: vec![2026], ..Changes::default() });
    let changed: Vec<_> =
        second.changes.days.iter().map(|change| (change.date, change.was.clone(), change.is.clone())).collect();
    let name = line("国庆节");
    assert_eq!(
        changed,
        [
            (date("2026-10-08"), DayKind::Working, DayKind::Holiday { name }),
            (date("2026-10-11"), DayKind::Weekend, DayKind::MakeUp),
        ]
    );
    assert_eq!((second.changes.announced.clone(), second.changes.office_hours.clone()), (vec![2027], Some(hours)));
}

#[test]
fn years_that_stand_so_already_are_left_out_and_a_version_of_nothing_is_refused() {
    let mut history = History::of(vec![october()]);
    let next = year(2027, &[("元旦", "01-01", "01-03")], &[]);
    let events = history.adopt(command(vec![october(), next.clone()]), "2026-11-05T10:00:00").unwrap();
    assert!(matches!(&events[..], [CalendarEvent::CalendarAdopted { years, .. }] if *years == [next.clone()]));
    let again = Adopt { office_hours: Some(OfficeHours::default()), ..command(vec![next, october()]) };
    assert_eq!(history.adopt(again, "2026-11-05T10:00:00"), Err(CalendarRefusal::Unchanged));
    assert_eq!(history.adopt(command(Vec::new()), "2026-11-05T10:00:00"), Err(CalendarRefusal::Unchanged));
}

#[test]
fn the_order_in_which_days_are_given_makes_no_version() {
    let holidays = [("中秋节", "09-25", "09-27"), ("国庆节", "10-01", "10-07")];
    let mut history = History::of(vec![year(2026, &holidays, &["09-20", "10-10"])]);
    let turned = year(2026, &[holidays[1], holidays[0]], &["10-10", "09-20"]);
    assert_eq!(history.adopt(command(vec![turned]), "2026-01-01T00:00:00"), Err(CalendarRefusal::Unchanged));
}

#[test]
fn refuses_what_no_notice_can_mean() {
    let date = |text: &str| date(text);
    let cases = [
        (year(2026, &[], &[]), CalendarRefusal::NoHoliday { year: 2026 }),
        (
            year(2026, &[("国庆节", "10-07", "10-01")], &[]),
            CalendarRefusal::Backwards { first: date("2026-10-07"), last: date("2026-10-01") },
        ),
        (
            year(2026, &[("中秋节", "10-01", "10-02"), ("国庆节", "10-02", "10-07")], &[]),
            CalendarRefusal::NamedTwice { date: date("2026-10-02") },
        ),
        (
            year(2026, &[("国庆节", "10-01", "10-07")], &["10-10", "10-10"]),
            CalendarRefusal::NamedTwice { date: date("2026-10-10") },
        ),
        (
            year(2026, &[("国庆节", "10-01", "10-07")], &["10-03"]),
            CalendarRefusal::BothOffAndOn { date: date("2026-10-03") },
        ),
        (
            year(2026, &[("国庆节", "10-01", "10-07")], &["10-09"]),
            CalendarRefusal::WeekdayMadeUp { date: date("2026-10-09") },
        ),
        (
            year(2026, &[("国庆节", "01-01", "12-31")], &[]),
            CalendarRefusal::TooManyDaysOff { year: 2026, days: 365, most: 60 },
        ),
    ];
    for (arrangement, refusal) in cases {
        assert_eq!(refused(vec![arrangement]), refusal);
    }
    assert_eq!(refused(vec![october(), october()]), CalendarRefusal::YearTwice { year: 2026 });
    let mut stray = october();
    stray.holidays[0].first = date("2025-12-31");
    assert_eq!(refused(vec![stray]), CalendarRefusal::OutsideYear { year: 2026, date: date("2025-12-31") });
    let mut stray = october();
    stray.make_up.push(date("2027-01-02"));
    assert_eq!(refused(vec![stray]), CalendarRefusal::OutsideYear { year: 2026, date: date("2027-01-02") });
}

#[test]
fn the_first_version_begins_the_calendar_once() {
    let context = Context { actor: "registrar".parse().unwrap(), now: at("2025-11-04T16:00:00") };
    assert!(begin(&CalendarHistory::default(), command(vec![october()]), &context).is_ok());
    let history = History::of(vec![october()]);
    let next = year(2027, &[("元旦", "01-01", "01-03")], &[]);
    assert_eq!(begin(&history.0, command(vec![next]), &context), Err(CalendarRefusal::AlreadyAdopted { number: 1 }));
}

#[test]
fn versions_are_in_order_whatever_a_clock_says() {
    let mut history = History::of(vec![october()]);
    let next = year(2027, &[("元旦", "01-01", "01-03")], &[]);
    history.adopt(command(vec![next]), "2025-11-03T16:00:00").unwrap();
    let [first, second] = history.0.adoptions() else { panic!("two versions") };
    assert_eq!(first.at, second.at);
    assert_eq!(history.0.at(second.at).number(), 2);
}
