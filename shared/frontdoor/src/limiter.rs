//! Who counts tries: the table in production, whatever a test likes elsewhere.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::attempts::{Attempts, Rates, Try, Uncounted, Verdict};

/// Counts tries.
#[async_trait]
pub trait Limiter: Send + Sync {
    /// The rates it counts by.
    fn rates(&self) -> Rates;

    /// Counts a try, if it may be made at `now`.
    ///
    /// # Errors
    /// It cannot be counted now, and may not be made.
    async fn take(&self, attempt: &Try<'_>, now: Timestamp) -> Result<Verdict, Uncounted>;

    /// Takes back that it was counted: it was right, or nothing came of it.
    ///
    /// # Errors
    /// It cannot be taken back now.
    async fn give_back(&self, attempt: &Try<'_>, now: Timestamp) -> Result<(), Uncounted>;
}

#[async_trait]
impl Limiter for Attempts {
    fn rates(&self) -> Rates {
        *Self::rates(self)
    }

    async fn take(&self, attempt: &Try<'_>, now: Timestamp) -> Result<Verdict, Uncounted> {
        Self::take(self, attempt, now).await
    }

    async fn give_back(&self, attempt: &Try<'_>, now: Timestamp) -> Result<(), Uncounted> {
        Self::give_back(self, attempt, now).await
    }
}
