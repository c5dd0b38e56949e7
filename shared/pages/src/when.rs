//! Instants as people in the city read them: Asia/Shanghai, without a clock or a time-zone database.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde::Serialize;

use crate::model::Dated;

/// China Standard Time; the country has kept one offset without summer time since 1991.
const SHANGHAI: Offset = Offset::constant(8);

/// An instant in the forms a page needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct When {
    /// `2026-11-23`
    pub(crate) day: String,
    /// `2026-11-23 09:30` (RULES.md A1 G6)
    pub(crate) minute: String,
    /// `2026-11-23T09:30:00+08:00`, for machines.
    pub(crate) machine: String,
    /// `2026年11月`
    pub(crate) month: String,
    /// `2026-11`
    pub(crate) month_code: String,
}

impl From<Timestamp> for When {
    fn from(at: Timestamp) -> Self {
        let local = shanghai(at);
        let (year, month) = (local.year(), local.month());
        let day = iso(local.date());
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        Self {
            minute: format!("{day} {hour:02}:{minute:02}"),
            machine: format!("{day}T{hour:02}:{minute:02}:{second:02}+08:00"),
            month: format!("{year}年{month}月"),
            month_code: format!("{year:04}-{month:02}"),
            day,
        }
    }
}

impl From<Dated> for When {
    /// What is not known is not made up: a day has no minute, and what has no day says so and has no form for machines.
    fn from(dated: Dated) -> Self {
        match dated {
            Dated::At(at) => Self::from(at),
            Dated::Published(date) | Dated::Version(date) => Self {
                day: iso(date),
                minute: iso(date),
                machine: iso(date),
                month: format!("{}年{}月", date.year(), date.month()),
                month_code: format!("{:04}-{:02}", date.year(), date.month()),
            },
            Dated::Unknown => Self {
                day: UNDATED.to_owned(),
                minute: String::new(),
                machine: String::new(),
                month: UNDATED.to_owned(),
                month_code: String::new(),
            },
        }
    }
}

/// What stands in the place of a date that nobody knows.
const UNDATED: &str = "日期不详";

fn shanghai(at: Timestamp) -> DateTime {
    SHANGHAI.to_datetime(at)
}

/// The day it is in the city.
pub(crate) fn local_day(at: Timestamp) -> Date {
    shanghai(at).date()
}

/// `2026-11-23`
pub(crate) fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `2026年11月23日`
pub(crate) fn chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_day_it_is_in_the_city_not_in_greenwich() {
        let when = When::from("2026-10-31T16:05:09Z".parse::<Timestamp>().unwrap());
        assert_eq!(when.minute, "2026-11-01 00:05");
        assert_eq!(when.machine, "2026-11-01T00:05:09+08:00");
        assert_eq!((when.month.as_str(), when.month_code.as_str()), ("2026年11月", "2026-11"));
    }

    #[test]
    fn a_day_is_given_no_minute_and_an_unknown_one_no_day() {
        let when = When::from(Dated::Version("2019-01-30".parse().unwrap()));
        assert_eq!((when.minute.as_str(), when.machine.as_str()), ("2019-01-30", "2019-01-30"));
        assert_eq!((when.month.as_str(), when.month_code.as_str()), ("2019年1月", "2019-01"));
        let when = When::from(Dated::Unknown);
        assert_eq!((when.day.as_str(), when.minute.as_str(), when.machine.as_str()), ("日期不详", "", ""));
    }
}
