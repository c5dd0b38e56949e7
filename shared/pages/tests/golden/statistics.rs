//! Statistics of the fictional city, as fixed data.

use domain::{
    calendar::Calendar,
    case::{Channel, Satisfaction},
    statistics::{Closure, Contribution, MinimumSample, Punctuality, Summary},
};
use pages::{ChannelStatistics, DepartmentStatistics, KindStatistics, StatisticsMonthPage, StatisticsPage};

use super::{HOSTILE, at, link, links};

/// A case that came in on Monday, 2 November, at ten, and was closed on that day of the month at noon.
fn closed(day: u8, punctuality: Option<Punctuality>) -> Contribution {
    let opened_at = at("2026-11-02T02:00:00Z");
    let closure = Closure { opened_at, closed_at: at(&format!("2026-11-{day:02}T04:00:00Z")), redone: day == 12 };
    let satisfaction = match day {
        2 => Some(Satisfaction::Satisfied),
        3 => Some(Satisfaction::Basically),
        6 | 12 => Some(Satisfaction::Dissatisfied),
        _ => None,
    };
    Contribution { received: true, closed: Some(closure), punctuality, satisfaction, channel: Some(Channel::Web) }
}

fn in_time(days: &[u8]) -> Vec<Contribution> {
    days.iter().map(|day| closed(*day, Some(Punctuality::InTime))).collect()
}

/// One that came in and was not answered in time; none knows when it will be.
fn late() -> Contribution {
    let punctuality = Some(Punctuality::Late);
    Contribution { received: true, punctuality, channel: Some(Channel::Web), ..Contribution::default() }
}

fn summary(cases: &[Contribution]) -> Summary {
    Summary::of(cases, &Calendar::default(), MinimumSample::HOUSE)
}

/// What came each way.
fn channels(cases: &[Contribution]) -> Vec<ChannelStatistics> {
    let of = |channel| {
        let came = |case: &&Contribution| case.channel == Some(channel);
        let cases: Vec<Contribution> = cases.iter().filter(came).copied().collect();
        (!cases.is_empty()).then(|| ChannelStatistics { channel, summary: summary(&cases) })
    };
    Channel::ALL.into_iter().filter_map(of).collect()
}

fn kind(category: &str, name: &str, departments: &[(&str, &str, Vec<Contribution>)]) -> KindStatistics {
    let all: Vec<Contribution> = departments.iter().flat_map(|(_, _, cases)| cases.clone()).collect();
    let of = |(code, name, cases): &(&str, &str, Vec<Contribution>)| DepartmentStatistics {
        code: (*code).to_owned(),
        department: link(name, &format!("/bm/{code}/")),
        summary: summary(cases),
    };
    KindStatistics {
        category: category.to_owned(),
        name: name.to_owned(),
        summary: summary(&all),
        departments: departments.iter().map(of).collect(),
        channels: channels(&all),
    }
}

pub(crate) fn month() -> StatisticsMonthPage {
    let mut education = in_time(&[2, 3, 3, 4, 5, 5, 12]);
    education.push(late());
    let waterworks = [in_time(&[2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6]), vec![late()]].concat();
    StatisticsMonthPage {
        month: "2026-11".to_owned(),
        title: "2026年11月".to_owned(),
        url: "/tongji/2026-11.html".to_owned(),
        table: "/tongji/2026-11.csv".to_owned(),
        kinds: vec![
            kind(
                "request",
                "依申请公开",
                &[
                    ("jyj", "市教育局", in_time(&[20, 27])),
                    ("zfb", "市政府办公室", vec![Contribution { channel: Some(Channel::Post), ..closed(9, None) }]),
                ],
            ),
            kind(
                "correction",
                "网民找错",
                &[
                    ("jyj", "市教育局", education),
                    ("sswj", "市水务局", waterworks),
                    ("zfb", "市政府办公室", in_time(&[3])),
                ],
            ),
        ],
        minimum: MinimumSample::HOUSE,
        calendar: 2,
        provisional: Vec::new(),
        newest: link("办理统计", "/tongji/"),
    }
}

/// A month in which so little happened that nothing is worked out, counted before the year was announced.
pub(crate) fn quiet_month() -> StatisticsMonthPage {
    StatisticsMonthPage {
        month: "2027-01".to_owned(),
        title: "2027年1月".to_owned(),
        url: "/tongji/2027-01.html".to_owned(),
        table: "/tongji/2027-01.csv".to_owned(),
        kinds: vec![kind("correction", "网民找错", &[("zfb", "市政府办公室", in_time(&[3, 4]))])],
        provisional: vec![2027],
        ..month()
    }
}

pub(crate) fn newest() -> StatisticsPage {
    let months = links(&[("2026年11月", "/tongji/2026-11.html"), ("2026年10月", "/tongji/2026-10.html")]);
    StatisticsPage { latest: Some(month()), months }
}

pub(crate) fn none_yet() -> StatisticsPage {
    StatisticsPage { latest: None, months: Vec::new() }
}

/// Hostile text in every field.
pub(crate) fn hostile() -> (StatisticsPage, StatisticsMonthPage) {
    let text = || HOSTILE.to_owned();
    let cases = in_time(&[2, 3, 4, 5, 6]);
    let department = DepartmentStatistics { code: text(), department: link(HOSTILE, "/x/"), summary: summary(&cases) };
    let kind = KindStatistics {
        category: text(),
        name: text(),
        summary: summary(&cases),
        departments: vec![department],
        channels: Vec::new(),
    };
    let month = StatisticsMonthPage {
        month: text(),
        title: text(),
        kinds: vec![kind],
        newest: link(HOSTILE, "/x/"),
        ..month()
    };
    (StatisticsPage { latest: Some(month.clone()), months: links(&[(HOSTILE, "/x/")]) }, month)
}
