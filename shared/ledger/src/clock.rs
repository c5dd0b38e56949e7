//! Where the time comes from.

use std::{
    fmt::Debug,
    time::{SystemTime, UNIX_EPOCH},
};

use jiff::Timestamp;

/// The clock of a process; tests pass their own.
pub trait Clock: Debug + Send + Sync {
    /// The instant, in whole milliseconds.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
    }
}
