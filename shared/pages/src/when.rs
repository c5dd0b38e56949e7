//! Instants as people in the city read them: Asia/Shanghai, without a clock or a time-zone database.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde::Serialize;

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
}
