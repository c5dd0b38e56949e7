//! How long a case may still take, as a citizen reads it, with the account of every day.

use domain::{
    calendar::{Calendar, DayKind},
    deadline::{Counting, Deadline, Status, Unit},
};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use serde::Serialize;

use crate::when::{iso, local_day};

/// How long a case may still take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Countdown {
    /// What is waited for: `答复期限`.
    pub title: String,
    /// `还有 6 个工作日（至 12月1日）`.
    pub left: String,
    /// How it was counted, in a sentence.
    pub sentence: String,
    /// Every day of it.
    pub days: Vec<CountedDay>,
}

/// One day of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedDay {
    /// `2026-12-01`, for machines.
    pub day: String,
    /// `12月1日（周二）`.
    pub shown: String,
    /// Whether it counts, and why.
    pub why: String,
}

impl Countdown {
    /// How long `deadline` still runs at `now`; `calendar` is the version it stands on.
    #[must_use]
    pub fn of(deadline: &Deadline, calendar: &Calendar, now: Timestamp) -> Self {
        let account = deadline.account(calendar);
        let days = account.days.iter().map(|day| CountedDay {
            day: iso(day.day.date),
            shown: format!("{}（{}）", short(day.day.date), weekday(day.day.date)),
            why: why(&day.counting, &day.day.kind, deadline.term.limit.unit),
        });
        let today = local_day(now);
        let to_come =
            account.days.iter().filter(|day| day.day.date > today && matches!(day.counting, Counting::Counted { .. }));
        let left = match deadline.status {
            Status::Stopped => "计时中止".to_owned(),
            Status::Met { at } => format!("已于 {} 按期办结", short(local_day(at))),
            Status::Lifted { .. } => "不再计时".to_owned(),
            Status::FellDue { at } => {
                format!("已于 {} 届满", short(account.last_day().unwrap_or_else(|| local_day(at))))
            }
            Status::Running { due } if due <= now => "期限已到".to_owned(),
            Status::Running { due } => {
                running(to_come.count(), account.last_day(), due, today, deadline.term.limit.unit)
            }
        };
        Self {
            title: deadline.term.limit.title.to_string(),
            left,
            sentence: deadline.sentence(calendar),
            days: days.collect(),
        }
    }
}

fn running(left: usize, last: Option<Date>, due: Timestamp, today: Date, unit: Unit) -> String {
    let last = last.unwrap_or_else(|| local_day(due));
    let until = if last.year() == today.year() { short(last) } else { format!("{}年{}", last.year(), short(last)) };
    match unit {
        Unit::OfficeHour => format!("至 {until} {}", clock(due)),
        _ if last <= today => format!("今天截止（{until}）"),
        Unit::WorkingDay if left > 0 => format!("还有 {left} 个工作日（至 {until}）"),
        Unit::CalendarDay if left > 0 => format!("还有 {left} 天（至 {until}）"),
        _ => format!("最后一天顺延（至 {until}）"),
    }
}

fn why(counting: &Counting<'_>, kind: &DayKind, unit: Unit) -> String {
    let unit = if unit == Unit::CalendarDay { "天" } else { "个工作日" };
    match counting {
        Counting::Early => format!("收到，{}，顺延到下一个工作日起算", kind_of(kind)),
        Counting::Start => "起算日，不计".to_owned(),
        Counting::Counted { number } if *kind == DayKind::MakeUp => format!("第 {number} {unit}（调休上班）"),
        Counting::Counted { number } => format!("第 {number} {unit}"),
        Counting::Hours { minutes, sum } => format!("计 {minutes} 分钟，累计 {sum} 分钟"),
        Counting::Off => format!("{}，不计", kind_of(kind)),
        Counting::Stopped(stop) => format!("中止计时，不计（{}）", stop.reason),
        Counting::Rolled => format!("{}，顺延", kind_of(kind)),
    }
}

fn kind_of(kind: &DayKind) -> String {
    match kind {
        DayKind::Working => "工作日".to_owned(),
        DayKind::MakeUp => "调休上班".to_owned(),
        DayKind::Weekend => "周末".to_owned(),
        DayKind::Holiday { name } => format!("{name}放假"),
    }
}

fn short(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

fn clock(at: Timestamp) -> String {
    let local = domain::shanghai::local(at);
    format!("{}:{:02}", local.hour(), local.minute())
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        calendar::CalendarHistory,
        deadline::{Change, Deadlines, Ends, Extensions, Happened, Limit, Starts},
        text::Line,
    };

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// Twenty working days from a Friday in November, by a calendar that nobody adopted.
    fn deadline(status: Option<Happened>) -> Deadline {
        let limit = Limit {
            title: Line::new("答复期限").unwrap(),
            rule: Line::new("《政府信息公开条例》第三十三条").unwrap(),
            count: 20.try_into().unwrap(),
            unit: Unit::WorkingDay,
            starts: Starts::Receipt,
            ends: Ends::Midnight,
            extensions: Extensions::default(),
        };
        let started =
            Happened::Started { limit, from: at("2026-11-06T02:00:00Z"), due: at("2026-12-04T16:00:00Z"), calendar: 0 };
        let mut deadlines = Deadlines::default();
        for (change, effective_at) in
            [(Some(started), at("2026-11-06T02:00:00Z")), (status, at("2026-11-20T02:00:00Z"))]
        {
            if let Some(change) = change {
                deadlines.evolve(Change { deadline: 1, effective_at, change });
            }
        }
        deadlines.get(1).unwrap().clone()
    }

    fn left(status: Option<Happened>, now: &str) -> String {
        let history = CalendarHistory::default();
        Countdown::of(&deadline(status), history.unadopted(), at(now)).left
    }

    #[test]
    fn the_days_left_are_told_with_the_last_one() {
        assert_eq!(left(None, "2026-11-26T02:00:00Z"), "还有 6 个工作日（至 12月4日）");
        assert_eq!(left(None, "2026-12-03T02:00:00Z"), "还有 1 个工作日（至 12月4日）");
        assert_eq!(left(None, "2026-12-04T02:00:00Z"), "今天截止（12月4日）");
        assert_eq!(left(None, "2026-12-04T16:00:00Z"), "期限已到");
    }

    #[test]
    fn what_does_not_run_tells_no_days() {
        assert_eq!(left(Some(Happened::Met), "2026-11-26T02:00:00Z"), "已于 11月20日 按期办结");
        assert_eq!(left(Some(Happened::Lifted), "2026-11-26T02:00:00Z"), "不再计时");
        let stopped = Happened::Stopped { reason: Line::new("等待补正").unwrap() };
        assert_eq!(left(Some(stopped), "2026-11-26T02:00:00Z"), "计时中止");
    }

    #[test]
    fn every_day_says_whether_it_counts() {
        let history = CalendarHistory::default();
        let countdown = Countdown::of(&deadline(None), history.unadopted(), at("2026-11-26T02:00:00Z"));
        let told: Vec<_> = countdown.days.iter().take(4).map(|day| format!("{} {}", day.shown, day.why)).collect();
        assert_eq!(
            told,
            [
                "11月6日（周五） 起算日，不计",
                "11月7日（周六） 周末，不计",
                "11月8日（周日） 周末，不计",
                "11月9日（周一） 第 1 个工作日"
            ]
        );
        assert_eq!(countdown.days.last().unwrap().why, "第 20 个工作日");
        assert!(countdown.sentence.starts_with("答复期限20个工作日"));
    }
}
