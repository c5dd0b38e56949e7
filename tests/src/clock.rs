//! A clock that a test sets.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use ledger::Clock;

/// An instant that no test lives to see: what is bounded by it ends by itself.
#[must_use]
pub fn far_off() -> Instant {
    Instant::now() + Duration::from_secs(600)
}

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct SetClock {
    milliseconds: AtomicI64,
}

impl SetClock {
    /// Stands at `instant`.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self { milliseconds: AtomicI64::new(instant.as_millisecond()) }
    }

    /// Goes to `instant`, back too.
    pub fn set(&self, instant: Timestamp) {
        self.milliseconds.store(instant.as_millisecond(), Ordering::SeqCst);
    }

    /// Goes on by `time`, in whole milliseconds.
    pub fn pass(&self, time: Duration) {
        let milliseconds = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.milliseconds.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.milliseconds.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}
