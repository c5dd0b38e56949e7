//! The account of a term as a sentence that a citizen understands.

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};

use super::{
    account::{Account, Counting, Day},
    limit::{Ends, Starts, Unit},
    state::{Deadline, Status},
    term::{Stop, Term},
};
use crate::{
    calendar::{Calendar, DayKind},
    shanghai,
};

impl Deadline {
    /// How it was counted, and what it came to, for the person whose case it is; `calendar` is the version it stands on.
    #[must_use]
    pub fn sentence(&self, calendar: &Calendar) -> String {
        let account = self.account(calendar);
        let sentence = account.sentence();
        match self.status {
            // Counted by a calendar that came when the day had passed.
            Status::FellDue { at } if account.due.is_some_and(|due| due < at) => {
                let number = self.calendar;
                format!("{sentence}该时刻早于工作日历第{number}版采用之时，故以采用之时{}为届满之时。", minute(at))
            }
            _ => sentence,
        }
    }
}

impl Account<'_> {
    /// How the term was counted, in Chinese, for the person whose case it is.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut clauses = vec![self.beginning()];
        if self.days.iter().any(|day| day.counting == Counting::Off && day.day.kind == DayKind::Weekend) {
            clauses.push("周六、周日不计".to_owned());
        }
        clauses.extend(self.runs().iter().filter_map(|run| self.clause(run)));
        clauses.push(self.end());
        let mut sentence = format!("{}：{}", title(self.term), clauses.join("，"));
        for year in self.provisional() {
            sentence.push_str(&format!("；{year}年放假安排尚未公布，按普通工作日暂计"));
        }
        match self.calendar {
            0 => sentence.push_str("（尚未采用工作日历）。"),
            number => sentence.push_str(&format!("（依工作日历第{number}版）。")),
        }
        sentence
    }

    fn beginning(&self) -> String {
        let Term { limit, from, .. } = self.term;
        if limit.unit == Unit::OfficeHour {
            return format!("自{}起按办公时间计算", minute(*from));
        }
        let start = self.days.iter().find(|day| day.counting == Counting::Start).map(|day| day.day.date);
        let early = self.days.first().filter(|day| day.counting == Counting::Early);
        match (limit.starts, early, start) {
            (Starts::Receipt, Some(early), Some(start)) => {
                format!("{}收到，当日为{}，以{}为收到之日，自次日起算", full(early.day.date), kind(early), full(start))
            }
            (Starts::Receipt, ..) => format!("{}收到，自次日起算", date(*from)),
            (Starts::Act, ..) => format!("自{}次日起算", date(*from)),
        }
    }

    fn end(&self) -> String {
        let unit = unit(self.term.limit.unit);
        let length = self.term.length();
        let Some((due, last)) = self.due.zip(self.last_day()) else { return self.standing() };
        if self.term.limit.unit == Unit::OfficeHour {
            return format!("满{length}{unit}为{}，届时届满", minute(due));
        }
        let at = match self.term.limit.ends {
            Ends::Midnight => "24时".to_owned(),
            Ends::CloseOfBusiness => format!("{}下班时", clock(due)),
        };
        let counted = self.days.iter().rfind(|day| matches!(day.counting, Counting::Counted { .. }));
        match counted.filter(|day| day.day.date < last) {
            Some(day) => {
                format!("第{length}{unit}{}为{}，顺延至{}，当日{at}届满", full(day.day.date), kind(day), full(last))
            }
            None => format!("第{length}{unit}为{}，当日{at}届满", full(last)),
        }
    }

    /// How much was counted when the clock came to stand.
    fn standing(&self) -> String {
        let Some(Stop { from, reason, .. }) = self.term.standing() else { return "尚未届满".to_owned() };
        let length = self.term.length();
        let stopped = format!("自{}起中止计时（{reason}）", date(*from));
        if self.term.limit.unit == Unit::OfficeHour {
            let sum = self.days.iter().rev().find_map(|day| match day.counting {
                Counting::Hours { sum, .. } => Some(sum),
                _ => None,
            });
            let sum = sum.unwrap_or(0);
            return format!("{stopped}，已计{sum}分钟，尚余{}分钟", (length * 60).saturating_sub(sum));
        }
        let counted = self.days.iter().filter(|day| matches!(day.counting, Counting::Counted { .. })).count();
        let left = length.saturating_sub(u32::try_from(counted).unwrap_or(u32::MAX));
        let unit = unit(self.term.limit.unit);
        format!("{stopped}，已计{counted}{unit}，尚余{left}{unit}")
    }

    /// The days, in runs of neighbours of which the same is to be said.
    fn runs(&self) -> Vec<&[Day<'_>]> {
        self.days.chunk_by(|day, next| said(day).is_some_and(|said_before| said(next) == Some(said_before))).collect()
    }

    /// What is to be said of a run of days; most go without saying.
    fn clause(&self, run: &[Day<'_>]) -> Option<String> {
        let (first, last) = (run.first()?, run.last()?);
        let days = self.span(first.day.date, last.day.date);
        Some(match said(first)? {
            Said::Holiday(name) => format!("{days}{name}放假不计"),
            Said::MakeUp => format!("{days}调休上班计入"),
            Said::Stopped(stop) => format!("{days}中止计时不计（{}）", stop.reason),
        })
    }

    /// `10月1日至7日`; years are told where they differ from the year of the beginning.
    fn span(&self, first: Date, last: Date) -> String {
        let year = self.days.first().map_or(0, |day| day.day.date.year());
        let beginning = if first.year() == year { short(first) } else { full(first) };
        if first == last {
            return beginning;
        }
        let end = match (first.year() == last.year(), first.month() == last.month()) {
            (true, true) => format!("{}日", last.day()),
            (true, false) => short(last),
            (false, _) => full(last),
        };
        format!("{beginning}至{end}")
    }
}

/// What is worth saying about a day.
#[derive(PartialEq)]
enum Said<'a> {
    Holiday(&'a str),
    MakeUp,
    Stopped(&'a Stop),
}

fn said<'a>(day: &'a Day<'_>) -> Option<Said<'a>> {
    match (day.counting, &day.day.kind) {
        (Counting::Off, DayKind::Holiday { name }) => Some(Said::Holiday(name.as_str())),
        (Counting::Counted { .. }, DayKind::MakeUp) => Some(Said::MakeUp),
        (Counting::Stopped(stop), _) if stop.until.is_some() => Some(Said::Stopped(stop)),
        _ => None,
    }
}

/// `答复期限20个工作日（《政府信息公开条例》第三十三条），延长10个工作日（案情复杂），依《政府信息公开条例》第三十五条延迟30个工作日（申请数量大）`.
fn title(term: &Term) -> String {
    let Term { limit, extensions, .. } = term;
    let unit = unit(limit.unit);
    let mut title = format!("{}{}{unit}（{}）", limit.title, limit.count.get(), limit.rule);
    for extension in extensions {
        let how = extension.rule.as_ref().map_or_else(|| "延长".to_owned(), |rule| format!("依{rule}延迟"));
        title.push_str(&format!("，{how}{}{unit}（{}）", extension.by.get(), extension.reason));
    }
    title
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingDay => "个工作日",
        Unit::CalendarDay => "日",
        Unit::OfficeHour => "个办公小时",
    }
}

fn kind(day: &Day<'_>) -> String {
    match (&day.day.kind, day.day.date.weekday()) {
        (DayKind::Holiday { name }, _) => format!("{name}放假"),
        (DayKind::Weekend, Weekday::Saturday) => "周六".to_owned(),
        (DayKind::Weekend, _) => "周日".to_owned(),
        (DayKind::MakeUp, _) => "调休上班".to_owned(),
        (DayKind::Working, _) => "工作日".to_owned(),
    }
}

fn full(date: Date) -> String {
    format!("{}年{}", date.year(), short(date))
}

fn short(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

fn date(instant: Timestamp) -> String {
    full(shanghai::local(instant).date())
}

/// `17时30分`, `17时`.
fn clock(instant: Timestamp) -> String {
    let local = shanghai::local(instant);
    match local.minute() {
        0 => format!("{}时", local.hour()),
        minute => format!("{}时{minute}分", local.hour()),
    }
}

fn minute(instant: Timestamp) -> String {
    format!("{}{}", date(instant), clock(instant))
}
