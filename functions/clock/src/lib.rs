#![doc = include_str!("../README.md")]

pub mod cloudfront;

use std::sync::Arc;

use gateway::{Clients, Config};
use jiff::Timestamp;
use project::{Projector, purge_door};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;
use views::{NoPurge, Purger, RepairReport, WorkerError};

use cloudfront::CloudFront;

/// Which scheduled work is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Every minute: everything.
    #[default]
    Tick,
    /// Everything but the repair: its streams' doorbells are being worked on, and whoever repaired would do that work beside them.
    TickBetween,
    /// Every night, and by hand after a long outage: the same without a bound on what is done in one run.
    CatchUp,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TickReport {
    /// Streams that had been missed.
    pub behind: u64,
    /// Streams that are behind still.
    pub failed: u64,
    /// Pages of dirty work looked at.
    pub pages: u64,
    /// Pages of dirty work that could not be written; each waits as a dirty row.
    pub unwritten: u64,
    /// Dirty rows that wait.
    pub dirty: u64,
    /// Streams and pages that stay parked.
    pub parked: u64,
    /// Purges that are done: sent, or left to the edge's short life.
    pub purged: u64,
    /// Purges that the CDN refused for now.
    pub unpurged: u64,
    /// Whether a new template generation began.
    pub generation_began: bool,
}

/// How much of each step one run does: bounded well below a function's timeout, so that no step keeps the others waiting.
struct Bounds {
    /// Streams that repair looks at, a hundred checkpoints a request.
    streams: usize,
    /// Slices of dirty work, a hundred rows each.
    slices: usize,
    /// Chunks of purges, each time they are sent.
    chunks: usize,
    /// Requests that delete what a rebuild left.
    deletes: usize,
}

impl Bounds {
    fn of(task: Task) -> Self {
        match task {
            Task::Tick => Self { streams: 10_000, slices: 50, chunks: 10, deletes: 200 },
            Task::TickBetween => Self { streams: 0, ..Self::of(Task::Tick) },
            Task::CatchUp => Self { streams: usize::MAX, slices: usize::MAX, chunks: usize::MAX, deletes: usize::MAX },
        }
    }
}

/// Some steps of a run failed; the others were done, and the next run goes on with all.
#[derive(Debug, Error)]
#[error("{}", .0.iter().map(|(step, error)| format!("{step}: {error}")).collect::<Vec<_>>().join("; "))]
pub struct TickError(pub Vec<(&'static str, WorkerError)>);

/// Failures of the steps so far.
#[derive(Debug, Default)]
struct Failures(Vec<(&'static str, WorkerError)>);

impl Failures {
    /// What a step gave, or nothing where it failed.
    fn take<T: Default>(&mut self, step: &'static str, ended: Result<T, WorkerError>) -> T {
        ended.unwrap_or_else(|error| {
            tracing::warn!(step, %error, "a step of the clock failed");
            self.0.push((step, error));
            T::default()
        })
    }
}

/// Milliseconds after which no worker of an earlier deployment is left: Lambda's longest timeout.
const DRAINED_AFTER: i64 = 15 * 60 * 1000;

/// Runs scheduled work.
#[derive(Debug, Clone)]
pub struct Clockwork {
    projector: Projector,
    fingerprint: String,
    drained_after: i64,
}

impl Clockwork {
    /// The clockwork of a deployment with other workers of the generation before still about.
    #[must_use]
    pub fn new(projector: Projector) -> Self {
        Self { projector, fingerprint: String::new(), drained_after: DRAINED_AFTER }
    }

    /// The clockwork of a process that is all workers there are.
    #[must_use]
    pub fn alone(projector: Projector, fingerprint: &str) -> Self {
        Self { projector, fingerprint: fingerprint.to_owned(), drained_after: 0 }
    }

    /// Handles a scheduled event: `{"task": "tick"}`, or another [`Task`]; anything else the scheduler sends is a tick.
    ///
    /// # Errors
    /// Steps failed; the next run goes on.
    pub async fn handle(&self, event: &Value, now: Timestamp, generation: u64) -> Result<TickReport, TickError> {
        let task = event.get("task").cloned().and_then(|task| serde_json::from_value(task).ok()).unwrap_or_default();
        self.run(task, now, generation).await
    }

    /// Runs what is due: every step within its bounds, whether or not those before it failed.
    ///
    /// # Errors
    /// Steps failed; the next run goes on.
    pub async fn run(&self, task: Task, now: Timestamp, generation: u64) -> Result<TickReport, TickError> {
        let worker = self.projector.worker();
        let bounds = Bounds::of(task);
        let found = self.projector.found(generation, &self.fingerprint).await;
        found.map_err(|error| TickError(vec![("registry", error)]))?;
        let mut failures = Failures::default();
        let began = Box::pin(worker.begin_generation(&self.fingerprint, now, self.drained_after)).await;
        let generation_began = failures.take("generation", began);
        // First and last: a withdrawal's purge waits for no wide change, and what this run writes waits for no other run.
        let early = failures.take("purges", self.projector.send_purges(bounds.chunks).await);
        // What a projector that died left to be followed at once waits for no repair.
        let at_once = failures.take("at-once", self.projector.sweep_at_once().await);
        let repaired = match bounds.streams {
            0 => Ok(RepairReport::default()),
            most => Box::pin(worker.repair(now, most)).await,
        };
        let RepairReport { behind, failed, .. } = failures.take("repair", repaired);
        let sweep = failures.take("sweep", Box::pin(worker.sweep(bounds.slices)).await);
        let parked = failures.take("parked", Box::pin(worker.retry_parked()).await);
        let late = failures.take("purges", self.projector.send_purges(bounds.chunks).await);
        failures.take("prefixes", Box::pin(worker.drop_left_prefixes(bounds.deletes)).await);
        let report = TickReport {
            behind,
            failed,
            pages: at_once.pages + sweep.pages,
            unwritten: at_once.failed + sweep.failed,
            dirty: sweep.dirty,
            parked,
            purged: early.taken + late.taken,
            unpurged: late.refused,
            generation_began,
        };
        if report != TickReport::default() {
            let TickReport { pages, unwritten, dirty, purged, unpurged, .. } = report;
            tracing::info!(behind, failed, pages, unwritten, dirty, parked, purged, unpurged, "clock");
        }
        if failures.0.is_empty() { Ok(report) } else { Err(TickError(failures.0)) }
    }
}

/// Who takes the purges of a deployment: CloudFront, the CDN's door, or nobody, where no CDN keeps copies.
#[must_use]
pub fn purger_of(config: &Config, clients: &Clients) -> Arc<dyn Purger> {
    match &config.distribution {
        Some(id) => Arc::new(CloudFront::new(&clients.shared, id, config.endpoints.cloudfront.as_deref())),
        None => purge_door::purger_of(config.purge.as_ref()).unwrap_or_else(|| Arc::new(NoPurge)),
    }
}
