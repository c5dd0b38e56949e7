//! The day-by-day account of a term, as data.

use jiff::{Timestamp, civil::Date};

use super::term::{Stop, Term};
use crate::calendar::{CalendarDay, Standing};

/// How a term was counted: every day from its start to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account<'a> {
    /// What was counted.
    pub term: &'a Term,
    /// By which version of the calendar.
    pub calendar: u32,
    /// Every day from the one it starts with to its last; to the one on which the clock stands, if it does.
    pub days: Vec<Day<'a>>,
    /// When it is due; none while the clock stands.
    pub due: Option<Timestamp>,
}

/// One day of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day<'a> {
    /// Which day, and what it is.
    pub day: CalendarDay,
    /// Whether it counts, and why.
    pub counting: Counting<'a>,
}

/// Whether a day counts, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting<'a> {
    /// Received on a day off: counts as received later.
    Early,
    /// The day it starts with.
    Start,
    /// It counts.
    Counted {
        /// As which day of the term, from 1.
        number: u32,
    },
    /// Some of its office hours count.
    Hours {
        /// Minutes that count on this day, rounded down.
        minutes: u32,
        /// Minutes counted until its end, rounded down.
        sum: u32,
    },
    /// It is not worked.
    Off,
    /// The clock stood when it ended.
    Stopped(&'a Stop),
    /// All days were counted, but the last was off: the term goes on to the next day that is worked.
    Rolled,
}

impl Account<'_> {
    /// The years without an announced arrangement among its days: what is told may still change.
    #[must_use]
    pub fn provisional(&self) -> Vec<i16> {
        let days = self.days.iter().map(|day| &day.day).filter(|day| day.standing == Standing::Provisional);
        let mut years: Vec<i16> = days.map(|day| day.date.year()).collect();
        years.dedup();
        years
    }

    /// Its last day; none while the clock stands.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.due.and_then(|_| self.days.last()).map(|day| day.day.date)
    }
}
