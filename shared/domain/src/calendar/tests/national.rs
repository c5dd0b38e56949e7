//! The arrangements that a city begins with.

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    office_hours: OfficeHours,
    reason: Line<300>,
    years: Vec<Arrangement>,
}

fn national() -> Calendar {
    let Body { office_hours, reason, years } = serde_json::from_str(NATIONAL).unwrap();
    let mut history = History::default();
    history.adopt(Adopt { years, office_hours: Some(office_hours), reason }, "2026-11-23T09:00:00").unwrap();
    history.0.newest().clone()
}

#[test]
fn the_years_2007_to_2026_are_announced_and_2027_is_not() {
    let calendar = national();
    let years: Vec<i16> = calendar.arrangements().map(|arrangement| arrangement.year.get()).collect();
    assert_eq!(years, (2007..=2026).collect::<Vec<_>>());
    assert_eq!([2006, 2027].map(|year| calendar.standing(year)), [Standing::Provisional; 2]);
}

#[test]
fn make_up_days_that_everybody_remembers_are_worked() {
    let calendar = national();
    for day in [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2024-02-04",
        "2024-02-18",
        "2019-05-05",
        "2015-09-06",
        "2011-12-31",
        "2007-12-29",
    ] {
        assert_eq!(calendar.kind(date(day)), DayKind::MakeUp, "{day}");
    }
}

#[test]
fn holidays_that_everybody_remembers_are_off_under_their_names() {
    let calendar = national();
    for (day, name) in [
        ("2026-02-16", "春节"),
        ("2026-05-01", "劳动节"),
        ("2026-10-07", "国庆节"),
        ("2025-10-06", "国庆节、中秋节"),
        ("2020-01-31", "春节"),
        ("2019-05-03", "劳动节"),
        ("2015-09-03", "抗日战争暨世界反法西斯战争胜利70周年纪念日"),
        ("2018-12-31", "元旦"),
    ] {
        assert_eq!(calendar.kind(date(day)), DayKind::Holiday { name: line(name) }, "{day}");
    }
}

#[test]
fn what_a_notice_of_the_next_year_said_of_december_stands_in_its_own_year() {
    let calendar = national();
    assert_eq!(calendar.kind(date("2022-12-31")), DayKind::Holiday { name: line("元旦") });
    assert!(calendar.arrangement(2022).unwrap().notice.as_str().contains("国办发明电〔2022〕16号"));
}

#[test]
fn every_year_has_as_many_working_days_as_it_had() {
    let calendar = national();
    let of = |year: i16| {
        let last = date(&format!("{}-12-31", year - 1));
        calendar.working_days_between(last, date(&format!("{year}-12-31")))
    };
    assert_eq!([2019, 2020, 2024, 2025, 2026].map(of), [250, 249, 251, 248, 248]);
}
