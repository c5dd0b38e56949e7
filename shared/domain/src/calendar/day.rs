//! What a day of the calendar is.

use jiff::civil::Date;

use crate::text::Line;

/// What a day is, whether or not its year is announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayKind {
    /// 工作日: a weekday that is worked.
    Working,
    /// 调休上班: a Saturday or Sunday that is worked.
    MakeUp,
    /// 周末: a Saturday or Sunday that is off.
    Weekend,
    /// 放假: off by a notice, weekends within it included.
    Holiday {
        /// `国庆节`.
        name: Line<40>,
    },
}

impl DayKind {
    /// Whether the day is worked.
    #[must_use]
    pub fn is_working(&self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// Whether a year's arrangement is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A notice was adopted.
    Announced,
    /// None yet: weekdays count until there is one.
    Provisional,
}

/// A day as the calendar tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// Which day.
    pub date: Date,
    /// What it is.
    pub kind: DayKind,
    /// Whether that is announced.
    pub standing: Standing,
}
