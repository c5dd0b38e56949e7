//! When something came that somebody records.
//!
//! Law counts from the day on which it came, not from the one on which a clerk finds the time to record it.

use jiff::{Timestamp, civil::Date};

use super::refusal::RequestRefusal;
use crate::{deadline::Moment, shanghai};

/// When something came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// Now: whoever brought it does it himself.
    Now,
    /// On this day: staff record it.
    On(Date),
}

impl Received {
    /// The day, where staff told it.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Now => None,
            Self::On(day) => Some(day),
        }
    }

    /// The instant at which it counts as come, of something that was asked for at `asked`.
    ///
    /// # Errors
    /// The day lies ahead, or before the one on which it was asked for.
    pub(super) fn at(self, asked: Timestamp, now: Moment<'_>) -> Result<Timestamp, RequestRefusal> {
        let (first, last) = (shanghai::local(asked).date(), shanghai::local(now.at).date());
        match self {
            Self::On(day) if !(first..=last).contains(&day) => Err(RequestRefusal::ReceivedOutside { first, last }),
            received => Ok(came_at(received.day(), asked, now.at)),
        }
    }
}

/// The instant at which something counts as come that was asked for at `asked` and recorded at `recorded`: of an earlier day its beginning.
pub(super) fn came_at(day: Option<Date>, asked: Timestamp, recorded: Timestamp) -> Timestamp {
    match day {
        Some(day) if day != shanghai::local(recorded).date() => shanghai::midnight(day).max(asked).min(recorded),
        _ => recorded,
    }
}
