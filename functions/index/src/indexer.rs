//! Rounds: what moved becomes a new head of the index.

use std::{
    collections::BTreeSet,
    fmt,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use aws_sdk_s3::primitives::ByteStream;
use gateway::{Clients, Config, ConfigError};
use ledger::{Clock, Ledger, LedgerConfig, LoadError};
use search::{Built, Cache, Found, Head, IndexError, IndexObjects, Left, Outcome, Shelf, Writer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tempfile::TempDir;
use thiserror::Error;
use views::{FOLD_GENERATION, IndexGeneration, Prefix, ViewError, Views};

use crate::{gather::Gather, slice::Slice};

/// Which code writes and reads a generation: the rows that entries are made of, and what the index makes of them.
pub(crate) const CODE: u32 = search::code(FOLD_GENERATION);

/// How long one call goes on with rounds: well below the function's timeout, with room for one more.
const LONGEST: Duration = Duration::from_secs(300);

/// How long an object stays that nothing names: who reads by an older manifest is done by then.
const RESTS: i64 = 24 * 60 * 60 * 1000;

/// Bytes of segments that are kept in memory.
const CACHE: usize = 64 * 1024 * 1024;

/// What is asked of the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Every minute, and whenever documents moved: what is pending.
    #[default]
    Tick,
    /// By hand: a fresh generation beside the live one, from all documents.
    Rebuild,
    /// Every night: what no head names goes, and what was left to generations that are no more.
    Sweep,
}

/// What a call did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Round {
    /// Documents that were brought in, anew or for the first time.
    pub written: u64,
    /// Documents that were taken out.
    pub removed: u64,
    /// Heads that were swapped.
    pub swaps: u64,
    /// Swaps that somebody else won.
    pub lost: u64,
    /// Whether a generation went live.
    pub switched: bool,
    /// Whether something is still to be done.
    pub more: bool,
}

/// A round ended early; what it had not finished is still pending.
#[derive(Debug, Error)]
pub enum IndexerError {
    /// The views cannot be read or written.
    #[error(transparent)]
    View(#[from] ViewError),
    /// A text cannot be read.
    #[error(transparent)]
    Ledger(#[from] LoadError),
    /// The index cannot be read or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The new segments cannot be built.
    #[error("the index cannot be built: {0}")]
    Build(String),
}

/// Brings documents into the index; cheap to clone.
#[derive(Clone)]
pub struct Indexer(Arc<Parts>);

struct Parts {
    views: Views,
    ledger: Ledger,
    objects: IndexObjects,
    cache: Arc<Cache>,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Indexer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Indexer").field("objects", &self.0.objects).finish_non_exhaustive()
    }
}

impl Indexer {
    /// The indexer of a deployment; nothing is sent before it is needed.
    ///
    /// # Errors
    /// The deployment gave it no bucket.
    pub fn new(config: &Config, clients: &Clients, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        let names = LedgerConfig {
            ledger_table: config.tables.ledger.clone(),
            guards_table: config.tables.guards.clone(),
            bodies_bucket: config.buckets.bodies.clone(),
        };
        Ok(Self(Arc::new(Parts {
            views: Views::new(clients.dynamodb.clone(), &config.tables.views),
            ledger: Ledger::new(clients.dynamodb.clone(), clients.s3.clone(), names, Arc::clone(&clock)),
            objects: IndexObjects::new(clients.s3.clone(), config.index()?),
            cache: Arc::new(Cache::new(CACHE)),
            clock,
        })))
    }

    /// Handles a scheduled event: `{"task": "rebuild"}`, `{"task": "sweep"}`; anything else is a tick.
    ///
    /// # Errors
    /// A round ended early; the next goes on.
    pub async fn handle(&self, event: &Value) -> Result<Round, IndexerError> {
        let task = event.get("task").cloned().and_then(|task| serde_json::from_value(task).ok()).unwrap_or_default();
        self.run(task).await
    }

    /// Works rounds until nothing is left to do, or for as long as one call may.
    ///
    /// # Errors
    /// A round ended early; the next goes on.
    pub async fn run(&self, task: Task) -> Result<Round, IndexerError> {
        let began = Instant::now();
        match task {
            Task::Tick => {}
            Task::Rebuild => loop {
                let registry = self.0.views.index_registry().await?;
                if self.0.views.swap_index_registry(&registry.begun(CODE)).await? {
                    break;
                }
            },
            Task::Sweep => self.sweep().await?,
        }
        let mut report = Round::default();
        loop {
            let before = report;
            let idle = Box::pin(self.rounds(&mut report)).await?;
            report.more = !idle;
            if idle || began.elapsed() >= LONGEST {
                break;
            }
            if report.lost > before.lost {
                tokio::time::sleep(Duration::from_millis(rand::random_range(20..200))).await;
            }
        }
        if report != Round::default() {
            let Round { written, removed, swaps, lost, switched, more } = report;
            tracing::info!(written, removed, swaps, lost, switched, more, "indexed");
        }
        Ok(report)
    }

    /// Deletes what no head names: objects of rounds that died, and of generations that are no more. Nothing younger than a day, for a round may be under way.
    async fn sweep(&self) -> Result<(), IndexerError> {
        let Parts { views, objects, clock, .. } = &*self.0;
        // INVARIANT: listed before the heads are read. What a head names that was swapped since was put since, and is too young.
        let listed = objects.list().await?;
        let registry = views.index_registry().await?;
        let mut named = BTreeSet::new();
        let now = clock.now();
        // Readers may hold the generation before for as long as they hold a head that was replaced.
        let former = registry.former.filter(|former| now.as_millisecond() - former.since.as_millisecond() <= RESTS);
        let numbers = registry.fed().map(|generation| generation.number).chain(former.map(|former| former.number));
        for number in numbers {
            named.insert(IndexObjects::head_key(number));
            if let Found::Head(_, head) = objects.head(number, None).await? {
                named.extend(head.manifest.keys().map(str::to_owned));
                named.extend(head.left.into_iter().map(|left| left.key));
            }
        }
        let is_old = |written: i64| now.as_millisecond().saturating_sub(written) > RESTS;
        let nobodys = listed.into_iter().filter(|(key, written)| is_old(*written) && !named.contains(key));
        let nobodys: Vec<String> = nobodys.map(|(key, _)| key).collect();
        objects.delete(&nobodys).await?;
        for number in (1..=registry.highest).filter(|number| registry.fed().all(|fed| fed.number != *number)) {
            loop {
                let rows = views.pending(number, 100).await?;
                if rows.is_empty() {
                    break;
                }
                for row in &rows {
                    views.clear_pending(number, row).await?;
                }
            }
        }
        tracing::info!(objects = nobodys.len(), "swept the index");
        Ok(())
    }

    /// One round of each generation that this code writes; tells whether nothing was left to do.
    async fn rounds(&self, report: &mut Round) -> Result<bool, IndexerError> {
        let registry = self.0.views.index_registry().await?;
        // A generation of other code is not touched: whoever deployed that builds it.
        if registry.fed().all(|generation| generation.schema != CODE) {
            if registry.building.is_none_or(|building| building.schema < CODE) {
                self.0.views.swap_index_registry(&registry.begun(CODE)).await?;
                return Ok(false);
            }
            return Ok(true);
        }
        let (mut idle, mut failed) = (true, None);
        for generation in registry.fed().filter(|generation| generation.schema == CODE) {
            match self.round(generation, report).await {
                Ok(true) if registry.building == Some(generation) => {
                    let switched = registry.switched(self.0.clock.now());
                    report.switched |= self.0.views.swap_index_registry(&switched).await?;
                    return Ok(false);
                }
                Ok(is_done) => idle &= is_done,
                // A generation that is broken keeps nobody from building another.
                Err(error) => {
                    tracing::warn!(generation = generation.number, %error, "a round of the index ended early");
                    failed = Some(error);
                }
            }
        }
        match failed {
            Some(error) if idle => Err(error),
            _ => Ok(idle),
        }
    }

    /// One round of a generation; tells whether it found nothing to do.
    async fn round(&self, generation: IndexGeneration, report: &mut Round) -> Result<bool, IndexerError> {
        let Parts { views, objects, .. } = &*self.0;
        // INVARIANT: the head before all rows. Whoever swapped it before us read no newer rows than we do; whoever swaps it after us makes us start over.
        let (tag, head) = match objects.head(generation.number, None).await? {
            Found::Head(tag, head) => (Some(tag), *head),
            Found::Nothing | Found::Same => (None, Head::empty(generation.number)),
        };
        // A city whose views have no registry yet has no document either. After the head as well: a prefix that is active no more is fed no more.
        let Some(active) = views.registry().await?.map(|views| Prefix(views.active)) else { return Ok(true) };
        let slice = Slice::read(views, generation.number, &active, &head).await?;
        if tag.is_some() && slice.is_nothing(&head) {
            return Ok(true);
        }
        // The folder goes when the round is over.
        let folder = TempDir::new().map_err(|error| IndexerError::Build(error.to_string()))?;
        let outcome = self.outcome(&head, &active, &slice, folder.path()).await?;
        let built = outcome.built.as_ref();
        let next = self.next(&head, &slice, built).await?;
        if tag.is_none() || next != head {
            for (key, file) in built.iter().flat_map(|built| &built.objects) {
                objects.put(key, body(file).await?).await?;
            }
            if !self.swap(generation.number, &head, &next, tag.as_deref(), built).await? {
                report.lost += 1;
                return Ok(false);
            }
            report.swaps += 1;
        }
        report.written += outcome.report.upserted as u64;
        report.removed += outcome.report.removed as u64;
        if !outcome.report.refused.is_empty() {
            tracing::error!(alarm = "index-refused", refused = ?outcome.report.refused, "the index knows newer versions than the views");
        }
        for row in &slice.pending {
            views.clear_pending(generation.number, row).await?;
        }
        Ok(false)
    }

    /// What a round makes of the index: new segments in `folder`, or nothing where it has all as it is.
    async fn outcome(
        &self,
        head: &Head,
        active: &Prefix,
        slice: &Slice,
        folder: &Path,
    ) -> Result<Outcome, IndexerError> {
        let Parts { views, ledger, objects, cache, .. } = &*self.0;
        let changes = Gather { views, ledger, prefix: active }.changes(&slice.documents).await?;
        let (manifest, folder, cache) = (head.manifest.clone(), folder.to_owned(), Arc::clone(cache));
        let shelf: Arc<dyn Shelf> = Arc::new(objects.shelf());
        let attempt = format!("{:032x}", rand::random::<u128>());
        let build = move || {
            let (manifest, shelf, cache) = (&manifest, &shelf, &cache);
            Writer { manifest, shelf, cache, attempt: &attempt, folder: &folder }.build(changes)
        };
        let built = tokio::task::spawn_blocking(build).await.map_err(|error| IndexerError::Build(error.to_string()))?;
        built.map_err(|error| IndexerError::Build(error.to_string()))
    }

    /// The head that a round makes, once objects that rested long enough are gone.
    async fn next(&self, head: &Head, slice: &Slice, built: Option<&Built>) -> Result<Head, IndexerError> {
        let now = self.0.clock.now().as_millisecond();
        let (gone, mut left): (Vec<Left>, Vec<Left>) =
            head.left.iter().cloned().partition(|left| now.saturating_sub(left.since) > RESTS);
        // Before the swap: an object that was forgotten first would lie there for good.
        self.0.objects.delete(&gone.into_iter().map(|left| left.key).collect::<Vec<_>>()).await?;
        if let Some(built) = built {
            left.extend(built.unreferenced.iter().map(|key| Left { key: key.clone(), since: now }));
            left.push(Left { key: IndexObjects::manifest_key(&head.manifest), since: now });
        }
        Ok(Head {
            manifest: built.map_or_else(|| head.manifest.clone(), |built| built.manifest.clone()),
            walked: slice.walked.clone(),
            walk: slice.walk.clone(),
            left,
        })
    }

    /// Replaces the head; tells whether it did.
    ///
    /// Nothing that was put for a swap that was lost is deleted here: the answer of one that was won may have been lost, and whoever swapped after it names its objects. What nobody
    /// names goes by the nightly sweep.
    async fn swap(
        &self,
        generation: u64,
        head: &Head,
        next: &Head,
        tag: Option<&str>,
        built: Option<&Built>,
    ) -> Result<bool, IndexerError> {
        let objects = &self.0.objects;
        if built.is_some() && tag.is_some() {
            objects.keep(head).await?;
        }
        if objects.swap(generation, next, tag).await? {
            return Ok(true);
        }
        let Found::Head(_, found) = objects.head(generation, None).await? else { return Ok(false) };
        let ours = |key: &str| built.is_some_and(|built| built.objects.iter().any(|(object, _)| object == key));
        let named = found.manifest.keys().any(ours) || found.left.iter().any(|left| ours(&left.key));
        Ok(named || *found == *next)
    }
}

async fn body(file: &Path) -> Result<ByteStream, IndexerError> {
    ByteStream::from_path(file).await.map_err(|error| IndexerError::Build(error.to_string()))
}
