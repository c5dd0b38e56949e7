#![doc = include_str!("../README.md")]

pub mod cloudfront;

use std::sync::Arc;

use gateway::{Clients, Config};
use jiff::Timestamp;
use project::{Projector, purge_door};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use views::{NoPurge, Purger, RepairReport, WorkerError};

use cloudfront::CloudFront;

/// Which scheduled work is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Every minute: everything.
    #[default]
    Tick,
    /// After a long outage: the same without a bound on the dirty work done in one run.
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

/// Slices of dirty work in one tick: bounded well below a function's timeout.
const SLICES: usize = 50;

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

    /// Handles a scheduled event: `{"task": "tick"}`; anything else the scheduler sends is a tick.
    ///
    /// # Errors
    /// A store failed; the next run goes on.
    pub async fn handle(&self, event: &Value, now: Timestamp, generation: u64) -> Result<TickReport, WorkerError> {
        let task = event.get("task").cloned().and_then(|task| serde_json::from_value(task).ok()).unwrap_or_default();
        self.run(task, now, generation).await
    }

    /// Runs what is due.
    ///
    /// # Errors
    /// A store failed; the next run goes on.
    pub async fn run(&self, task: Task, now: Timestamp, generation: u64) -> Result<TickReport, WorkerError> {
        let worker = self.projector.worker();
        self.projector.found(generation, &self.fingerprint).await?;
        let generation_began = Box::pin(worker.begin_generation(&self.fingerprint, now, self.drained_after)).await?;
        Box::pin(worker.drop_left_prefixes()).await?;
        let RepairReport { behind, failed, .. } = Box::pin(worker.repair(now)).await?;
        let slices = match task {
            Task::Tick => SLICES,
            Task::CatchUp => usize::MAX,
        };
        let sweep = Box::pin(worker.sweep(slices)).await?;
        let parked = Box::pin(worker.retry_parked()).await?;
        let purges = self.projector.send_purges().await?;
        let report = TickReport {
            behind,
            failed,
            pages: sweep.pages,
            dirty: sweep.dirty,
            parked,
            purged: purges.taken,
            unpurged: purges.refused,
            generation_began,
        };
        if report != TickReport::default() {
            let TickReport { pages, dirty, purged, unpurged, .. } = report;
            tracing::info!(behind, failed, pages, dirty, parked, purged, unpurged, "clock");
        }
        Ok(report)
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
