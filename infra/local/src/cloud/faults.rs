//! Failures on purpose, and a count of everything asked; for tests.
//!
//! One [`Faults`] value stands in front of both endpoints. It decides by
//! operation and by how many times that operation has been asked, never by the
//! clock or by what other operations do, so a seed gives the same failures
//! again however requests interleave.

mod counters;
mod plan;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use counters::{Counters, OperationCount};
pub use plan::Rates;

use super::CloudError;
use plan::Plan;

/// One way for a request to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `ProvisionedThroughputExceededException` (400); S3: `SlowDown` (503).
    Throttle,
    /// `ThrottlingException` (400); DynamoDB only.
    RequestLimit,
    /// `InternalServerError` or `InternalError` (500); nothing was applied.
    InternalError,
    /// `TransactionCanceledException` with `TransactionConflict` on the first member; a single write: `TransactionConflictException`.
    Conflict,
    /// The request is applied, then the connection is closed without a reply.
    LoseReply,
    /// The request is applied after this time.
    Delay(Duration),
    /// A `GetObject` body ends half way; its declared length stays.
    TruncateBody,
    /// 412 `PreconditionFailed` to a request that carries a condition; nothing was applied.
    PreconditionFailed,
    /// 409 `ConditionalRequestConflict` to a request that carries a condition; nothing was applied.
    ConditionalConflict,
    /// `BatchWriteItem` applies the first half of each table's writes and returns the rest.
    Unprocessed,
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Self::Throttle => "throttle",
            Self::RequestLimit => "request limit",
            Self::InternalError => "internal error",
            Self::Conflict => "conflict",
            Self::LoseReply => "lose reply",
            Self::Delay(_) => "delay",
            Self::TruncateBody => "truncate body",
            Self::PreconditionFailed => "precondition failed",
            Self::ConditionalConflict => "conditional conflict",
            Self::Unprocessed => "unprocessed",
        }
    }

    fn fits(self, operation: &str) -> bool {
        match self {
            Self::Throttle | Self::InternalError | Self::LoseReply | Self::Delay(_) => true,
            Self::RequestLimit => {
                operation.ends_with("Item")
                    || operation.ends_with("Items")
                    || operation.ends_with("Table")
                    || matches!(operation, "Query" | "Scan" | "ListTables")
            }
            Self::Conflict => matches!(operation, "TransactWriteItems" | "PutItem" | "UpdateItem" | "DeleteItem"),
            Self::TruncateBody => operation == "GetObject",
            Self::PreconditionFailed | Self::ConditionalConflict => {
                matches!(operation, "PutObject" | "DeleteObject")
            }
            Self::Unprocessed => operation == "BatchWriteItem",
        }
    }
}

/// The fault layer: what fails next, and what has been asked so far.
///
/// Clones share everything.
#[derive(Debug, Clone)]
pub struct Faults {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    plan: Plan,
    paused: AtomicBool,
    asked: Mutex<BTreeMap<&'static str, u64>>,
    counters: Mutex<Counters>,
}

impl Default for Faults {
    fn default() -> Self {
        Self::none()
    }
}

impl Faults {
    /// Nothing fails; requests are still counted.
    #[must_use]
    pub fn none() -> Self {
        Self::with(Plan::Never)
    }

    /// Requests fail at `rates`, drawn from `seed`.
    #[must_use]
    pub fn seeded(seed: u64, rates: Rates) -> Self {
        Self::with(Plan::Seeded { seed, rates })
    }

    /// The n-th request (from 1) of an operation fails in the given way.
    ///
    /// Operations are named as on AWS: `PutItem`, `Query`, `PutObject`, ….
    ///
    /// # Errors
    /// [`CloudError::Script`] for a fault that its operation can never show.
    pub fn script<T: Into<String>>(lines: impl IntoIterator<Item = (T, u64, Fault)>) -> Result<Self, CloudError> {
        let lines: Vec<(String, u64, Fault)> =
            lines.into_iter().map(|(operation, nth, fault)| (operation.into(), nth, fault)).collect();
        match lines.iter().find(|(operation, _, fault)| !fault.fits(operation)) {
            Some((operation, _, fault)) => {
                Err(CloudError::Script { operation: operation.clone(), fault: fault.name() })
            }
            None => Ok(Self::with(Plan::Script(lines))),
        }
    }

    fn with(plan: Plan) -> Self {
        Self {
            inner: Arc::new(Inner {
                plan,
                paused: AtomicBool::new(false),
                asked: Mutex::default(),
                counters: Mutex::default(),
            }),
        }
    }

    /// Lets every request pass until [`Faults::resume`]; passed requests are not numbered.
    pub fn pause(&self) {
        self.inner.paused.store(true, Ordering::SeqCst);
    }

    /// Whether every request passes for now.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.inner.paused.load(Ordering::SeqCst)
    }

    /// Takes the plan up again where it was paused.
    pub fn resume(&self) {
        self.inner.paused.store(false, Ordering::SeqCst);
    }

    /// What has been asked since the start or the last [`Faults::reset_counters`].
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.inner.counters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Counts from zero again; the numbering of scripted faults goes on.
    pub fn reset_counters(&self) {
        *self.inner.counters.lock().unwrap_or_else(PoisonError::into_inner) = Counters::default();
    }

    /// The fate of the request that has just arrived.
    pub(super) fn decide(&self, operation: &'static str) -> Option<Fault> {
        if matches!(self.inner.plan, Plan::Never) || self.inner.paused.load(Ordering::SeqCst) {
            return None;
        }
        let nth = {
            let mut asked = self.inner.asked.lock().unwrap_or_else(PoisonError::into_inner);
            let count = asked.entry(operation).or_default();
            *count += 1;
            *count
        };
        self.inner.plan.fate(operation, nth)
    }

    pub(crate) fn record(&self, operation: &'static str, sent: usize, returned: usize, units: f64) {
        self.inner.counters.lock().unwrap_or_else(PoisonError::into_inner).record(operation, sent, returned, units);
    }
}
