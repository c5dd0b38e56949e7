//! The incremental driver: streams that moved → rows → pages → checkpoints.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::StreamId;
use futures::{StreamExt, stream};
use ledger::{Commit, Ledger, LoadError, StoreError};
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, RwLock, Semaphore};

use crate::{
    objects::PageObjects,
    page::{Ask, Outcome, PageKey, PageWriter, Purges, Told},
    plan::{Plan, plan},
    projection::{FoldFailure, Projection},
    reads::Read,
    registry::Registry,
    row::Row,
    store::{Prefix, ViewError, Views},
    together::{self, Together},
    work::{Cause, DirtyWork, ParkedWork, PurgeRow},
};

/// Requests of one batch under way at once.
pub(crate) const CONCURRENT: usize = 8;

/// Large pages that one process holds in memory at once.
const LARGE: usize = 2;

/// What one batch needs failed; its streams come again.
#[derive(Debug, Error)]
pub enum WorkerError {
    /// The views or pages failed.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LoadError),
    /// There is no registry: the city was not founded.
    #[error(
        "the views have no registry: if the ledger holds commits, rebuild (`taihu rebuild`); else nothing was founded here yet"
    )]
    NotFounded,
    /// Rows of the active prefix are of another shape or place than this code's.
    #[error("the views are of fold {found}, this code is of {ours}; rebuild the city")]
    OtherFold {
        /// Fold generation of the active prefix.
        found: u64,
        /// This code's.
        ours: u64,
    },
    /// Pages are of newer templates than this code's: it cannot tell what they should be.
    #[error("{what} of generation {found}, this code is of {ours}; use the code that is deployed")]
    NewerGeneration {
        /// What is newer: the city, or a page by its key in the bucket.
        what: String,
        /// Its generation.
        found: u64,
        /// This code's.
        ours: u64,
    },
}

impl WorkerError {
    /// Whether trying again can never help: what fails so is parked, and nothing else waits for it.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::View(error) => error.is_permanent(),
            Self::Ledger(LoadError::Store(error)) => matches!(error, StoreError::Damaged { .. }),
            Self::Ledger(LoadError::Damaged { .. } | LoadError::Decode(_)) => true,
            Self::NotFounded | Self::OtherFold { .. } | Self::NewerGeneration { .. } => false,
        }
    }
}

/// Projects streams into rows and pages; a clone is the same worker, and a rebuild by one waits for the turns of all.
#[derive(Debug)]
pub struct Worker<P> {
    pub(crate) ledger: Ledger,
    pub(crate) views: Views,
    pub(crate) objects: PageObjects,
    pub(crate) projection: Arc<P>,
    /// Generation of this code's templates.
    pub(crate) generation: u64,
    /// Held shared by every turn, and alone by a rebuild for a moment: then no turn is under way in this process.
    pub(crate) at_work: Arc<RwLock<()>>,
    /// Room for pages of many megabytes.
    pub(crate) room: Arc<Semaphore>,
}

impl<P> Clone for Worker<P> {
    fn clone(&self) -> Self {
        Self {
            ledger: self.ledger.clone(),
            views: self.views.clone(),
            objects: self.objects.clone(),
            projection: Arc::clone(&self.projection),
            generation: self.generation,
            at_work: Arc::clone(&self.at_work),
            room: Arc::clone(&self.room),
        }
    }
}

/// What a batch did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchReport {
    /// Streams that are not done and have to come again.
    pub failed: BTreeSet<StreamId>,
    /// Streams that parked themselves, and why.
    pub parked: BTreeMap<StreamId, String>,
    /// How each touched page ended.
    pub pages: BTreeMap<PageKey, Outcome>,
    /// Purges that were left for them.
    pub purges: Vec<PurgeRow>,
    /// Whether the batch left scopes that are to be worked at once.
    pub at_once: bool,
    /// Whether the search index was left documents to look at.
    pub searched: bool,
}

impl BatchReport {
    /// Pages that got new bytes.
    #[must_use]
    pub fn written(&self) -> usize {
        self.pages.values().filter(|outcome| **outcome == Outcome::Written).count()
    }
}

impl<P: Projection> Worker<P> {
    /// A worker for templates of `generation`.
    #[must_use]
    pub fn new(ledger: Ledger, views: Views, objects: PageObjects, projection: Arc<P>, generation: u64) -> Self {
        let room = Arc::new(Semaphore::new(LARGE));
        Self { ledger, views, objects, projection, generation, at_work: Arc::default(), room }
    }

    /// The same worker with pages that lie elsewhere.
    #[must_use]
    pub fn with_objects(self, objects: PageObjects) -> Self {
        Self { objects, ..self }
    }

    /// The ledger it reads.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The views it works on.
    #[must_use]
    pub fn views(&self) -> &Views {
        &self.views
    }

    /// The pages it writes.
    #[must_use]
    pub fn objects(&self) -> &PageObjects {
        &self.objects
    }

    /// The projection it works by.
    #[must_use]
    pub fn projection(&self) -> &P {
        &self.projection
    }

    /// The registry, read consistently.
    pub(crate) async fn registry(&self) -> Result<Registry, WorkerError> {
        self.views.registry().await?.ok_or(WorkerError::NotFounded)
    }

    /// Brings the named streams up to their heads in every fed prefix, and the active prefix's pages with them.
    ///
    /// Order, duplicates and losses of names do not matter. A stream that cannot be folded parks itself; so does a page that cannot be rendered.
    ///
    /// # Errors
    /// The registry cannot be read. All else is told per stream in the report.
    pub async fn batch(&self, streams: &BTreeSet<StreamId>) -> Result<BatchReport, WorkerError> {
        // INVARIANT: streams are read before the registry, and once for all prefixes. A commit that arrives later would else show on a page of the old prefix and
        // be missing in the one that takes over, from which a sweep then writes the page as it was (the walk of all interleavings found both histories).
        let mut report = BatchReport::default();
        let loaded = self.loaded(streams, &mut report).await;
        let turn = self.turn().await?;
        for entry in turn.registry.fed_active_last() {
            let prefix = Prefix(entry.name.clone());
            let active = entry.name == turn.registry.active;
            self.batch_in(&prefix, active, &loaded, &mut report).await;
        }
        Ok(report)
    }

    /// The streams as they stand now; one that the store does not give now comes again.
    async fn loaded(&self, streams: &BTreeSet<StreamId>, report: &mut BatchReport) -> BTreeMap<StreamId, Loaded> {
        let read: Vec<(StreamId, Result<Loaded, WorkerError>)> = stream::iter(streams.clone())
            .map(|stream| async move {
                let loaded = self.load(&stream).await;
                (stream, loaded)
            })
            .buffer_unordered(CONCURRENT)
            .collect()
            .await;
        let mut loaded = BTreeMap::new();
        for (stream, result) in read {
            match result {
                Ok(one) => drop(loaded.insert(stream, one)),
                Err(error) => {
                    tracing::warn!(stream = stream.as_str(), %error, "stream failed");
                    report.failed.insert(stream);
                }
            }
        }
        loaded
    }

    async fn load(&self, stream: &StreamId) -> Result<Loaded, WorkerError> {
        match self.ledger.load(stream).await {
            Ok(commits) => Ok(Loaded::Commits(commits.into())),
            Err(LoadError::Store(error)) => Err(LoadError::Store(error).into()),
            Err(damage) => Ok(Loaded::Damaged(damage.to_string())),
        }
    }

    /// The batch in one prefix: rows and adjacency of all streams first, then each touched page once, checkpoints last.
    async fn batch_in(
        &self,
        prefix: &Prefix,
        active: bool,
        loaded: &BTreeMap<StreamId, Loaded>,
        report: &mut BatchReport,
    ) {
        // Owned items: futures over borrowed ones are not `Send` for every lifetime.
        let folded: Vec<_> = stream::iter(loaded.clone())
            .map(|(stream, loaded)| async move {
                let written = Box::pin(self.write_rows(prefix, active, &stream, &loaded)).await;
                (stream, written)
            })
            .buffer_unordered(CONCURRENT)
            .collect()
            .await;
        let mut plans = Vec::new();
        for (stream, result) in folded {
            match result {
                Ok(Written::Rows(plan)) => plans.push((stream, plan)),
                Ok(Written::Nothing) => {}
                Ok(Written::Parked(reason)) => drop(report.parked.insert(stream, reason)),
                Err(error) => {
                    tracing::warn!(stream = stream.as_str(), %error, "stream failed");
                    report.failed.insert(stream.clone());
                }
            }
        }
        // Before any checkpoint moves past them: else a worker that dies leaves an index that nobody tells.
        let searched: BTreeSet<String> = plans.iter().flat_map(|(_, plan)| plan.searched.iter().cloned()).collect();
        if let Err(error) = self.views.leave_to_the_index(&searched).await {
            tracing::warn!(%error, "documents not left to the index");
            let untold = plans.extract_if(.., |(_, plan)| !plan.searched.is_empty());
            report.failed.extend(untold.map(|(stream, _)| stream));
        }
        report.searched |= !searched.is_empty();
        let at_once = |(_, plan): &(StreamId, Plan)| plan.scopes.iter().any(|scope| scope.lane.is_at_once());
        report.at_once |= active && plans.iter().any(at_once);
        let outcomes = match active {
            true => self.write_pages(prefix, pages_of(&plans)).await,
            false => BTreeMap::new(),
        };
        for (stream, plan) in &plans {
            let stuck = plan.pages.iter().any(|page| matches!(outcomes.get(page), Some(Err(_))));
            if stuck {
                report.failed.insert(stream.clone());
            } else if let Err(error) = self.views.move_checkpoint(prefix, stream, plan.head).await {
                tracing::warn!(stream = stream.as_str(), %error, "checkpoint not moved");
                report.failed.insert(stream.clone());
            }
        }
        for (page, ended) in outcomes {
            let Ok(Ended { outcome, purge }) = ended else { continue };
            report.pages.insert(page, outcome);
            report.purges.extend(purge);
        }
    }

    /// Folds one stream and writes its changed rows.
    async fn write_rows(
        &self,
        prefix: &Prefix,
        active: bool,
        stream: &StreamId,
        loaded: &Loaded,
    ) -> Result<Written, WorkerError> {
        let checkpoint = self.views.checkpoint(prefix, stream).await?;
        let plan = match self.plan(stream, loaded, checkpoint) {
            Ok(plan) => plan,
            Err(reason) => return self.park_stream(prefix, stream, reason).await,
        };
        if plan.head <= checkpoint {
            return Ok(Written::Nothing);
        }
        // INVARIANT: by the rows that lead to pages somebody finds whatever those pages show, so they are there first. Else a page could show a row of this stream
        // while whoever takes from the public what it tells finds nothing that leads to the page.
        let (leading, shown): (Vec<Row>, Vec<Row>) =
            plan.rows.iter().cloned().partition(|row| self.projection.leads_to_pages(row));
        for rows in [leading, shown] {
            let written: Vec<Result<(), ViewError>> = stream::iter(rows)
                .map(|row| async move { self.views.put_row(prefix, &row).await })
                .buffer_unordered(CONCURRENT)
                .collect()
                .await;
            match written.into_iter().collect::<Result<(), ViewError>>() {
                Err(error) if error.is_permanent() => return self.park_stream(prefix, stream, error.to_string()).await,
                written => written?,
            }
        }
        if active {
            for scope in &plan.scopes {
                // INVARIANT: looked at after this stream's rows are written. Whoever adds the first row of the scope later reads those.
                if self.views.has_rows(prefix, scope).await? {
                    self.views.mark_dirty(prefix, DirtyWork::Scope(scope.clone())).await?;
                }
            }
        }
        Ok(Written::Rows(plan))
    }

    async fn park_stream(&self, prefix: &Prefix, stream: &StreamId, reason: String) -> Result<Written, WorkerError> {
        tracing::error!(stream = stream.as_str(), reason, alarm = "parked", "stream parked");
        self.views.park(prefix, ParkedWork::Stream(stream.to_string()), reason.clone()).await?;
        Ok(Written::Parked(reason))
    }

    /// Writes the rows of a stream that moved, but no pages; tells why if it parked itself instead.
    pub(crate) async fn bring_up(&self, prefix: &Prefix, stream: &StreamId) -> Result<Option<String>, WorkerError> {
        match self.write_rows(prefix, false, stream, &self.load(stream).await?).await? {
            Written::Rows(plan) => {
                self.views.leave_to_the_index(&plan.searched).await?;
                self.views.move_checkpoint(prefix, stream, plan.head).await?;
            }
            Written::Nothing => {}
            Written::Parked(reason) => return Ok(Some(reason)),
        }
        Ok(None)
    }

    /// The work that a stream makes, or why it parks itself.
    fn plan(&self, stream: &StreamId, loaded: &Loaded, checkpoint: u64) -> Result<Plan, String> {
        match loaded {
            Loaded::Commits(commits) => {
                plan(&*self.projection, stream, commits, checkpoint).map_err(|failure: FoldFailure| failure.to_string())
            }
            Loaded::Damaged(damage) => Err(damage.clone()),
        }
    }

    /// Writes pages, several at once, each by its own machine; copies of each are old for its cause.
    pub(crate) async fn write_pages(
        &self,
        prefix: &Prefix,
        pages: BTreeMap<PageKey, Cause>,
    ) -> BTreeMap<PageKey, Result<Ended, WorkerError>> {
        let pages: Vec<(PageKey, Cause)> = pages.into_iter().collect();
        let mut outcomes = BTreeMap::new();
        for some in pages.chunks(together::MOST) {
            let together = &Together::of(self, some.iter().map(|(page, _)| page.clone()).collect()).await;
            let written: Vec<_> = stream::iter(some.to_vec())
                .map(|(page, cause)| async move {
                    let outcome = Box::pin(self.write_one(prefix, &page, Purges::Always(cause), Some(together))).await;
                    if let Err(error) = &outcome {
                        tracing::warn!(site = page.site, path = page.path, %error, "page failed");
                    }
                    (page, outcome)
                })
                .buffer_unordered(CONCURRENT)
                .collect()
                .await;
            outcomes.extend(written);
        }
        outcomes
    }

    /// Writes one page; parks it where trying again can never help.
    pub(crate) async fn write_page(
        &self,
        prefix: &Prefix,
        page: &PageKey,
        purges: Purges,
    ) -> Result<Ended, WorkerError> {
        self.write_one(prefix, page, purges, None).await
    }

    /// As [`write_page`](Self::write_page), by what was read for the pages that are written together with it.
    async fn write_one(
        &self,
        prefix: &Prefix,
        page: &PageKey,
        purges: Purges,
        together: Option<&Together>,
    ) -> Result<Ended, WorkerError> {
        match self.drive_page(prefix, page, purges, together).await {
            Err(error) if error.is_permanent() => {
                self.park_page(prefix, page, error.to_string()).await?;
                Ok(Ended { outcome: Outcome::Parked, purge: None })
            }
            ended => ended,
        }
    }

    /// Waits until there is room for a page of many megabytes; other pages need none.
    pub(crate) async fn room_for(&self, page: &PageKey) -> Option<OwnedSemaphorePermit> {
        if !self.projection.is_large(page) {
            return None;
        }
        // It is never closed.
        Arc::clone(&self.room).acquire_owned().await.ok()
    }

    /// Drives the machine of one page to its end.
    async fn drive_page(
        &self,
        prefix: &Prefix,
        page: &PageKey,
        purges: Purges,
        together: Option<&Together>,
    ) -> Result<Ended, WorkerError> {
        let _room = self.room_for(page).await;
        let mut writer = PageWriter::new(page.clone(), self.generation, purges);
        let (mut told, mut purge) = (None, None);
        // INVARIANT: what was read for others serves this page as long as it goes by the head that was read before all of it.
        let mut headed = together.and_then(|together| together.head(page));
        let mut shared = together.filter(|_| headed.is_some());
        loop {
            told = Some(match writer.step(&*self.projection, told) {
                Ask::Done(outcome) => return Ok(Ended { outcome, purge }),
                Ask::Head => match headed.take() {
                    Some(head) => Told::Head(head),
                    None => {
                        shared = None;
                        Told::Head(self.objects.head(page).await?)
                    }
                },
                Ask::Read(read) => match shared {
                    Some(together) => together.read(self, prefix, &read).await?,
                    None => self.read(prefix, &read).await?,
                },
                Ask::Put(put) => match self.objects.put(page, *put).await? {
                    true => Told::Written,
                    false => Told::Changed,
                },
                Ask::MarkDirty => {
                    self.views.mark_dirty(prefix, DirtyWork::Page(page.clone())).await?;
                    Told::Left
                }
                Ask::Park(reason) => {
                    self.park_page(prefix, page, reason).await?;
                    Told::Left
                }
                Ask::Purge(cause) => {
                    purge = Some(self.views.leave_purge_for(page, cause).await?);
                    Told::Left
                }
            });
        }
    }

    /// What a page asks to read.
    pub(crate) async fn read(&self, prefix: &Prefix, read: &Read) -> Result<Told, WorkerError> {
        Ok(match read {
            Read::Body(hash) => Told::Body(self.body(hash).await?),
            read => Told::Rows(self.views.read(prefix, read).await?),
        })
    }

    async fn park_page(&self, prefix: &Prefix, page: &PageKey, reason: String) -> Result<(), WorkerError> {
        tracing::error!(site = page.site, path = page.path, reason, alarm = "parked", "page parked");
        Ok(self.views.park(prefix, ParkedWork::Page(page.clone()), reason).await?)
    }

    /// A document body by its hash; none if the store has none.
    pub(crate) async fn body(&self, hash: &str) -> Result<Option<Vec<u8>>, WorkerError> {
        let Ok(hash) = hash.to_owned().try_into() else { return Ok(None) };
        self.ledger.body(&hash).await.map_err(|error| LoadError::Store(error).into())
    }
}

/// Each touched page once, for the most pressing cause of those that touch it.
fn pages_of(plans: &[(StreamId, Plan)]) -> BTreeMap<PageKey, Cause> {
    let mut pages = BTreeMap::new();
    for (page, cause) in plans.iter().flat_map(|(_, plan)| plan.pages.iter().map(|page| (page, plan.cause))) {
        let most = pages.entry(page.clone()).or_insert(cause);
        *most = cause.max(*most);
    }
    pages
}

/// How writing a page ended.
pub(crate) struct Ended {
    pub(crate) outcome: Outcome,
    /// The purge that was left for it.
    pub(crate) purge: Option<PurgeRow>,
}

/// What writing a stream's rows came to.
enum Written {
    /// They are written; pages and checkpoint are to follow.
    Rows(Plan),
    /// The stream is at its checkpoint.
    Nothing,
    /// The stream parked itself, for this reason.
    Parked(String),
}

/// A stream as it was read.
#[derive(Clone)]
enum Loaded {
    Commits(Arc<[Commit]>),
    /// It does not hold together.
    Damaged(String),
}
