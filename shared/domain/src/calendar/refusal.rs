//! Why an adoption was refused.

use jiff::civil::Date;
use thiserror::Error;

/// Why an adoption was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarRefusal {
    /// Every year and the office hours stand so already.
    #[error("nothing would change")]
    Unchanged,
    /// There is no version yet: the first begins the calendar.
    #[error("no calendar is adopted")]
    NotAdopted,
    /// There is a version already: the next one changes it.
    #[error("a calendar is adopted already, version {number}")]
    AlreadyAdopted {
        /// Its number.
        number: u32,
    },
    /// The adoption holds a year twice.
    #[error("the year {year} is given twice")]
    YearTwice {
        /// The year.
        year: i16,
    },
    /// A year without a day off: nobody announced it.
    #[error("the year {year} has no holiday; a year that is not announced is left out")]
    NoHoliday {
        /// The year.
        year: i16,
    },
    /// More days off than a notice gives.
    #[error("the year {year} has {days} days off, more than {most}")]
    TooManyDaysOff {
        /// The year.
        year: i16,
        /// Days off.
        days: usize,
        /// Days that may be.
        most: usize,
    },
    /// A day of another year: it belongs to that year's arrangement.
    #[error("{date} is no day of {year}")]
    OutsideYear {
        /// The year that is arranged.
        year: i16,
        /// The day.
        date: Date,
    },
    /// A holiday ends before it begins.
    #[error("a holiday from {first} to {last} ends before it begins")]
    Backwards {
        /// Its first day.
        first: Date,
        /// Its last day.
        last: Date,
    },
    /// Two holidays or two make-up days on one day.
    #[error("{date} is given twice")]
    NamedTwice {
        /// The day.
        date: Date,
    },
    /// Off and worked at once.
    #[error("{date} is both a holiday and a make-up day")]
    BothOffAndOn {
        /// The day.
        date: Date,
    },
    /// Only a Saturday or Sunday is made up; a weekday is worked anyway.
    #[error("the make-up day {date} is a weekday")]
    WeekdayMadeUp {
        /// The day.
        date: Date,
    },
}
