//! Why something was not done to a deadline.

use jiff::Timestamp;
use thiserror::Error;

use crate::calendar::YEARS;

/// Why something was not done to a deadline; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeadlineRefusal {
    /// It never began, or it is over: met, lifted or fallen due.
    #[error("this deadline is not running")]
    NotRunning,
    /// It began already.
    #[error("this deadline is running already")]
    AlreadyRunning,
    /// The clock stands already.
    #[error("the clock of this deadline stands already")]
    AlreadyStopped,
    /// The clock does not stand.
    #[error("the clock of this deadline does not stand")]
    NotStopped,
    /// A term starts with something that has happened.
    #[error("a term that starts at {from} has not begun at {now}")]
    NotBegun {
        /// When it would start.
        from: Timestamp,
        /// The instant of the decision.
        now: Timestamp,
    },
    /// A stop begins before the term or before an earlier stop ends.
    #[error("a stop from {from} begins before {after}")]
    StopsOverlap {
        /// When it begins.
        from: Timestamp,
        /// When it may begin.
        after: Timestamp,
    },
    /// A stop ends before it begins.
    #[error("a stop from {from} until {until} ends before it begins")]
    Backwards {
        /// When it begins.
        from: Timestamp,
        /// When it ends.
        until: Timestamp,
    },
    /// The limit allows no further extension.
    #[error("this term may be extended {times} times at most")]
    ExtendedTooOften {
        /// How often it may be.
        times: u8,
    },
    /// The limit allows less.
    #[error("this term may be extended by {most} at most, not by {asked}")]
    ExtendedTooLong {
        /// How much it would be, all extensions together.
        asked: u32,
        /// How much it may be.
        most: u16,
    },
    /// No calendar reaches so far.
    #[error("{at} does not lie in the years {} to {}", YEARS.start(), YEARS.end())]
    OutOfRange {
        /// The instant.
        at: Timestamp,
    },
}
