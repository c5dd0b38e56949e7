//! The calendar (工作日历): which days are worked, by the State Council's yearly notices.
//!
//! Law counts in working days (RULES.md A11). A weekday is worked unless a notice gives it off; a Saturday or Sunday is off unless a notice makes it up (调休). A
//! year without a notice is *provisional*: its weekdays count, and whoever reads a date in it is told. One stream, `calendar:city`: each adoption is a version,
//! so every date that was ever told can be counted again as it was counted then.

mod arrangement;
mod day;
mod decide;
mod event;
mod hours;
mod refusal;
mod state;
#[cfg(test)]
mod tests;
mod working;

pub use arrangement::{Arrangement, Holiday, YEARS, Year};
pub use day::{CalendarDay, DayKind, Standing};
pub use decide::{Adopt, adopt, begin};
pub use event::CalendarEvent;
pub use hours::{OfficeHours, Opening, Openings};
pub use refusal::CalendarRefusal;
pub use state::{Adoption, CalendarHistory, Changes, DayChange};
pub use working::{Calendar, LAST_DAY, days_from};

/// The national arrangements of 2007–2026, as the body of an adoption in JSON.
///
/// The form is that of the API, so that a city adopts it with one request and a person can check it against the notices it names. The office hours in it are
/// a usual day, no rule: a city sets its own.
pub const NATIONAL: &str = include_str!("../calendars/national.json");
