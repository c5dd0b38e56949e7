//! A worker over a city's websites, with everything around it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use aws_lambda_events::{dynamodb::Event, streams::DynamoDbEventResponse};
use doorbell::Doorbells;
use gateway::{Clients, Config};
use ledger::{Clock, Ledger, LedgerConfig};
use views::{
    BatchReport, PageObjects, PurgeReport, PurgeRow, Purger, Registry, SweepReport, Views, Worker, WorkerError,
};

use crate::city::{Addresses, City};

/// How long what is to follow at once may keep all else waiting: a third of the function's timeout.
const AT_ONCE: Duration = Duration::from_secs(20);

/// Chunks of purges sent at once after them.
const PURGED_AT_ONCE: usize = 2;

/// Projects what doorbells name; cheap to clone.
#[derive(Debug, Clone)]
pub struct Projector {
    worker: Worker<City>,
    purger: Option<Arc<dyn Purger>>,
}

impl Projector {
    /// A projector for a deployment; without a `purger` it leaves purge rows to whoever has one.
    #[must_use]
    pub fn new(config: &Config, clients: &Clients, clock: Arc<dyn Clock>, purger: Option<Arc<dyn Purger>>) -> Self {
        let ledger = ledger_of(config, clients, clock);
        let views = Views::new(clients.dynamodb.clone(), &config.tables.views);
        let objects = PageObjects::new(clients.s3.clone(), &config.buckets.pages);
        let addresses = Addresses {
            scheme: config.city.scheme.as_str().to_owned(),
            domain: config.city.domain.clone(),
            portal: config.city.portal.clone(),
        };
        let worker = Worker::new(ledger, views, objects, Arc::new(City::new(addresses)), config.generation);
        Self { worker, purger }
    }

    /// The same with pages that lie elsewhere than in a bucket of S3.
    #[must_use]
    pub fn with_pages(mut self, pages: PageObjects) -> Self {
        self.worker = self.worker.with_objects(pages);
        self
    }

    /// The worker, for the drivers that are no batch.
    #[must_use]
    pub fn worker(&self) -> &Worker<City> {
        &self.worker
    }

    /// Sends at most `chunks` chunks of the purges that wait, if it is this process that sends them.
    ///
    /// # Errors
    /// The views failed; what the CDN refuses is told in the report.
    pub async fn send_purges(&self, chunks: usize) -> Result<PurgeReport, WorkerError> {
        match &self.purger {
            Some(purger) => Box::pin(self.worker.send_purges(&**purger, chunks)).await,
            None => Ok(PurgeReport::default()),
        }
    }

    /// Sends the purges that a batch left. The batch is done: what fails here waits for `clock`, and no record is sent again for it.
    async fn purge_at_once(&self, left: Vec<PurgeRow>) -> u64 {
        let Some(purger) = self.purger.as_ref().filter(|_| !left.is_empty()) else { return 0 };
        taken(Box::pin(self.worker.send_these(&**purger, left)).await)
    }

    /// Works what is to follow at once, for as long as others may be kept waiting.
    ///
    /// # Errors
    /// A store failed; what was done stays done, and the next sweep goes on with the rest.
    pub async fn sweep_at_once(&self) -> Result<SweepReport, WorkerError> {
        Box::pin(self.worker.sweep_at_once(Instant::now() + AT_ONCE)).await
    }

    /// Works what the batch left to be worked at once, and purges it; tells how many purges were taken. What fails or is too much waits for `clock`.
    async fn follow_at_once(&self) -> u64 {
        match self.sweep_at_once().await {
            Ok(swept) => tracing::info!(pages = swept.pages, failed = swept.failed, "followed at once"),
            Err(error) => tracing::warn!(%error, "what was to follow at once is left to the clock"),
        }
        taken(self.send_purges(PURGED_AT_ONCE).await)
    }

    /// Writes the first registry, if the city has none; tells the registry in force.
    ///
    /// # Errors
    /// The views failed.
    pub async fn found(&self, generation: u64, fingerprint: &str) -> Result<Registry, WorkerError> {
        self.worker.views().swap_registry(&Registry::first(generation, fingerprint)).await?;
        self.worker.views().registry().await?.ok_or(WorkerError::NotFounded)
    }

    /// Handles one batch of stream records; answers with those to be sent again.
    ///
    /// # Errors
    /// Nothing could be read at all: Lambda sends the whole batch again.
    pub async fn handle(&self, event: Event) -> Result<DynamoDbEventResponse, WorkerError> {
        let doorbells = Doorbells::of(&event);
        let report = self.project(&doorbells).await?;
        Ok(doorbells.answer(&report.failed))
    }

    async fn project(&self, doorbells: &Doorbells) -> Result<BatchReport, WorkerError> {
        let started = Instant::now();
        // Boxed: the futures of two SDKs in one type are deeper than the compiler looks.
        let mut report = Box::pin(self.worker.batch(&doorbells.streams())).await?;
        let mut purged = self.purge_at_once(std::mem::take(&mut report.purges)).await;
        if report.at_once {
            purged += self.follow_at_once().await;
        }
        tracing::info!(
            streams = doorbells.streams().len(),
            failed = report.failed.len(),
            pages = report.pages.len(),
            written = report.written(),
            purged,
            millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "projected"
        );
        Ok(report)
    }
}

/// How many purges were taken; what failed waits for the clock.
fn taken(sent: Result<PurgeReport, WorkerError>) -> u64 {
    match sent {
        Ok(sent) => sent.taken,
        Err(error) => {
            tracing::warn!(%error, "purges are left to the clock");
            0
        }
    }
}

/// The ledger of a deployment.
#[must_use]
pub fn ledger_of(config: &Config, clients: &Clients, clock: Arc<dyn Clock>) -> Ledger {
    let names = LedgerConfig {
        ledger_table: config.tables.ledger.clone(),
        guards_table: config.tables.guards.clone(),
        bodies_bucket: config.buckets.bodies.clone(),
    };
    Ledger::new(clients.dynamodb.clone(), clients.s3.clone(), names, clock)
}
