//! Tries that are counted in memory.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Mutex,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use frontdoor::{Limiter, Rates, Try, Uncounted, Verdict};
use jiff::Timestamp;

/// Counts tries in memory, without giving any back by itself: as many as it was told of each kind.
pub(crate) struct Counter {
    pub(crate) taken: Mutex<HashMap<&'static str, i64>>,
    /// Buckets of numbers that were taken from.
    pub(crate) numbers: Mutex<BTreeSet<String>>,
    most: i64,
    fails: AtomicU8,
}

impl Counter {
    pub(crate) fn of(most: i64) -> Self {
        Self { taken: Mutex::default(), numbers: Mutex::default(), most, fails: AtomicU8::new(0) }
    }

    pub(crate) fn fail(&self) {
        self.fails.store(1, Ordering::SeqCst);
    }

    pub(crate) fn count(&self, kind: &str) -> i64 {
        self.taken.lock().unwrap().get(kind).copied().unwrap_or_default()
    }
}

fn kind(attempt: &Try<'_>) -> &'static str {
    match attempt {
        Try::Number(_) => "number",
        Try::Code(_) => "code",
        Try::Submission(_) => "submission",
        Try::PlainSubmission(_) => "plain",
        Try::Upload(_) => "file",
    }
}

#[async_trait]
impl Limiter for Counter {
    fn rates(&self) -> Rates {
        Rates::default()
    }

    async fn take(&self, attempt: &Try<'_>, _: Timestamp) -> Result<Verdict, Uncounted> {
        if self.fails.load(Ordering::SeqCst) == 1 {
            return Err(Uncounted::new("told to fail"));
        }
        if let Try::Number(number) = attempt {
            self.numbers.lock().unwrap().insert((*number).to_owned());
        }
        let mut taken = self.taken.lock().unwrap();
        let count = taken.entry(kind(attempt)).or_default();
        if *count >= self.most {
            return Ok(Verdict::Wait(Duration::from_secs(150)));
        }
        *count += 1;
        Ok(Verdict::Granted)
    }

    async fn give_back(&self, attempt: &Try<'_>, _: Timestamp) -> Result<(), Uncounted> {
        *self.taken.lock().unwrap().entry(kind(attempt)).or_default() -= 1;
        Ok(())
    }
}
