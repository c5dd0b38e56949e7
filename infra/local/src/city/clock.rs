//! The simulated clock of the sample city's past.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use ledger::Clock;

/// A clock that stands where it was last put, and never goes back.
#[derive(Debug)]
pub struct SampleClock {
    millis: AtomicI64,
}

impl SampleClock {
    /// A clock that stands at `instant`.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self { millis: AtomicI64::new(instant.as_millisecond()) }
    }

    /// Puts the clock forward to `instant`; an earlier one changes nothing.
    pub fn advance(&self, instant: Timestamp) {
        self.millis.fetch_max(instant.as_millisecond(), Ordering::SeqCst);
    }
}

impl Clock for SampleClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}
