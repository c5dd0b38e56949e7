//! The bulk driver: a fresh prefix beside the live one, the switch, and every page once more.
//!
//! 1. The fresh prefix is closed to doorbells and filled by a consistent scan of the ledger.
//! 2. It opens; doorbells feed both; passes catch up.
//! 3. The switch, when a pass has brought every stream to at least the head it met.
//! 4. Every worker that may still render from the old prefix is waited out.
//! 5. All ETags are listed *first*, then every page is rendered from the new prefix and put with If-Match; what nothing produces becomes 410.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    sync::Arc,
};

use domain::StreamId;
use futures::{StreamExt, stream};
use thiserror::Error;

use crate::{
    incremental::{Worker, WorkerError},
    page::{Outcome, PageKey, PageObject, Purges, Put, Status},
    plan::plan,
    projection::{Composition, FoldFailure, Projection, Provenance},
    reads::{Missing, Read, Reads},
    registry::{FOLD_GENERATION, PrefixEntry, PrefixState, Registry},
    row::Row,
    snapshot::Snapshot,
    store::Prefix,
    work::ParkedWork,
};

/// Segments of the ledger scan.
const SEGMENTS: u32 = 2;

/// Pages rendered and put at once.
const CONCURRENT: usize = 16;

/// How far a rebuild is, for people who wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Streams folded into the fresh prefix.
    Filling(u64),
    /// Streams brought up to date in a pass.
    CatchingUp(u64),
    /// The new prefix is active.
    Switched,
    /// Pages looked at, of all.
    Pages(u64, u64),
    /// The old prefix is being dropped.
    Dropping,
}

/// Why a rebuild stopped; the old prefix serves on and the next rebuild begins afresh.
#[derive(Debug, Error)]
pub enum RebuildError {
    /// A store failed.
    #[error(transparent)]
    Worker(#[from] WorkerError),
    /// Somebody else changed the registry.
    #[error("another rebuild or deployment changed the registry; start again")]
    Raced,
    /// Streams cannot be folded, and the operator did not accept that.
    #[error("{} streams cannot be folded: {}", .0.len(), .0.join(", "))]
    Parked(Vec<String>),
}

/// What a rebuild did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RebuildReport {
    /// Streams folded.
    pub streams: u64,
    /// Commits folded.
    pub commits: u64,
    /// Rows written.
    pub rows: u64,
    /// Guards that were missing and are back.
    pub guards_restored: u64,
    /// Pages in all.
    pub pages: u64,
    /// Pages that got new bytes.
    pub written: u64,
    /// Objects that no row produces any more: now 410.
    pub orphans: Vec<String>,
    /// Streams that could not be folded.
    pub parked: Vec<String>,
    /// Pages that could not be rendered.
    pub parked_pages: u64,
    /// Milliseconds of scan, fold and rows; of passes; of listing and page work.
    pub millis: [u64; 3],
}

/// How a rebuild may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfoldable {
    /// Stop before the switch and list them.
    Refuse,
    /// The operator said yes: park them in the new prefix.
    Park,
}

impl<P: Projection> Worker<P> {
    /// Rebuilds guards, views and pages from the ledger; sends nothing to anybody.
    ///
    /// After the switch it waits for every turn of this worker and its clones, then for `elsewhere`, which ends when no worker of another process
    /// that read the registry before the switch is still at work: on AWS the longest function timeout is waited out.
    ///
    /// # Errors
    /// A store failed, another rebuild interfered, or streams cannot be folded and `unfoldable` refuses that.
    pub async fn rebuild(
        &self,
        unfoldable: Unfoldable,
        elsewhere: impl Future<Output = ()> + Send,
        progress: Arc<dyn Fn(Phase) + Send + Sync>,
    ) -> Result<RebuildReport, RebuildError> {
        let mut report = RebuildReport::default();
        let mut registry = self.registry().await?;
        if registry.generation > self.generation {
            return Err(RebuildError::Raced);
        }
        let clock = std::time::Instant::now();
        let elapsed = || u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.drop_unused(&mut registry).await?;
        let fresh = Prefix(registry.fresh_name());
        registry.prefixes.push(PrefixEntry {
            name: fresh.0.clone(),
            fold: FOLD_GENERATION,
            state: PrefixState::Filling,
        });
        self.swap(&mut registry).await?;
        let mut heads = self.fill_prefix(&fresh, &mut report, &*progress).await?;
        if unfoldable == Unfoldable::Refuse && !report.parked.is_empty() {
            return Err(RebuildError::Parked(report.parked));
        }
        report.millis = [elapsed(), 0, 0];

        for entry in registry.prefixes.iter_mut().filter(|entry| entry.name == fresh.0) {
            entry.state = PrefixState::Open;
        }
        self.swap(&mut registry).await?;
        while self.catch_up(&fresh, &mut heads, &*progress).await? > 0 {}

        let old: BTreeSet<String> =
            registry.prefixes.iter().map(|entry| entry.name.clone()).filter(|name| *name != fresh.0).collect();
        fresh.0.clone_into(&mut registry.active);
        for entry in registry.prefixes.iter_mut().filter(|entry| old.contains(&entry.name)) {
            entry.state = PrefixState::Draining;
        }
        self.swap(&mut registry).await?;
        progress(Phase::Switched);
        self.join().await;
        elsewhere.await;
        self.catch_up(&fresh, &mut heads, &*progress).await?;
        report.millis = [report.millis[0], elapsed() - report.millis[0], 0];

        self.every_page(&fresh, &mut report, &*progress).await?;
        report.millis = [report.millis[0], report.millis[1], elapsed() - report.millis[0] - report.millis[1]];
        progress(Phase::Dropping);
        self.drop_unused(&mut registry).await?;
        Ok(report)
    }

    /// Drops every prefix that is neither active nor fed: left behind by a rebuild that stopped, or just switched from.
    async fn drop_unused(&self, registry: &mut Registry) -> Result<(), RebuildError> {
        let unused: Vec<String> = registry
            .prefixes
            .iter()
            .filter(|entry| entry.name != registry.active)
            .map(|entry| entry.name.clone())
            .collect();
        if unused.is_empty() {
            return Ok(());
        }
        registry.prefixes.retain(|entry| entry.name == registry.active);
        registry.highest = registry
            .highest
            .max(unused.iter().filter_map(|name| name.strip_prefix('v')?.parse().ok()).max().unwrap_or(0));
        self.swap(registry).await?;
        for name in unused {
            self.views.drop_prefix(&Prefix(name)).await.map_err(WorkerError::View)?;
        }
        Ok(())
    }

    async fn swap(&self, registry: &mut Registry) -> Result<(), RebuildError> {
        registry.revision += 1;
        match self.views.swap_registry(registry).await.map_err(WorkerError::View)? {
            true => Ok(()),
            false => Err(RebuildError::Raced),
        }
    }

    /// Scans the ledger, folds every stream and fills the closed prefix; puts back guards that are missing. Gives the heads it folded to.
    async fn fill_prefix(
        &self,
        fresh: &Prefix,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<BTreeMap<StreamId, u64>, RebuildError> {
        let store = |error| WorkerError::Ledger(ledger::LoadError::Store(error));
        let held: BTreeSet<_> =
            self.ledger.all_guards().await.map_err(store)?.into_iter().map(|held| held.guard).collect();
        let mut heads = BTreeMap::new();
        let mut scan = self.ledger.scan(SEGMENTS);
        let mut waiting: Vec<Row> = Vec::new();
        let mut writes = tokio::task::JoinSet::new();
        while let Some(found) = scan.recv().await {
            let found = match found {
                Ok(found) => found,
                Err(ledger::LoadError::Store(error)) => return Err(store(error).into()),
                Err(damage) => {
                    report.parked.push(damage.to_string());
                    continue;
                }
            };
            report.streams += 1;
            report.commits += found.commits.len() as u64;
            let planned = plan(&*self.projection, &found.stream, &found.commits, 0);
            let guards = ledger::guards_of(&found.commits).map_err(FoldFailure::Decode);
            match planned.and_then(|plan| guards.map(|guards| (plan, guards))) {
                Ok((plan, guards)) => {
                    for guard in guards.iter().filter(|guard| !held.contains(&guard.guard)) {
                        self.ledger.restore_guard(guard).await.map_err(store)?;
                        report.guards_restored += 1;
                    }
                    report.rows += plan.rows.len() as u64;
                    heads.insert(found.stream.clone(), plan.head);
                    waiting.extend(plan.rows);
                    waiting.push(crate::store::Views::checkpoint_row(&found.stream, plan.head));
                }
                Err(failure) => self.park_fold(fresh, &found.stream, &failure, report).await?,
            }
            if waiting.len() >= 400 {
                let (views, prefix, rows) = (self.views.clone(), fresh.clone(), std::mem::take(&mut waiting));
                writes.spawn(async move { views.fill(&prefix, &rows).await });
                if writes.len() >= CONCURRENT {
                    joined(writes.join_next().await)?;
                }
            }
            progress(Phase::Filling(report.streams));
        }
        self.views.fill(fresh, &waiting).await.map_err(WorkerError::View)?;
        while !writes.is_empty() {
            joined(writes.join_next().await)?;
        }
        Ok(heads)
    }

    async fn park_fold(
        &self,
        fresh: &Prefix,
        stream: &StreamId,
        failure: &FoldFailure,
        report: &mut RebuildReport,
    ) -> Result<(), RebuildError> {
        report.parked.push(format!("{stream}: {failure}"));
        let work = ParkedWork::Stream(stream.to_string());
        self.views.park(fresh, work, failure.to_string()).await.map_err(WorkerError::View)?;
        Ok(())
    }

    /// One pass: brings every stream to at least the head it has now; tells how many had moved.
    async fn catch_up(
        &self,
        fresh: &Prefix,
        heads: &mut BTreeMap<StreamId, u64>,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<u64, RebuildError> {
        let mut moved = 0;
        let now =
            self.ledger.heads(SEGMENTS).await.map_err(|error| WorkerError::Ledger(ledger::LoadError::Store(error)))?;
        for (stream, head) in now {
            if heads.get(&stream).copied().unwrap_or(0) < head {
                self.bring_up(fresh, &stream).await?;
                heads.insert(stream, head);
                moved += 1;
                progress(Phase::CatchingUp(moved));
            }
        }
        Ok(moved)
    }

    /// Lists all ETags, then renders every page from the prefix and puts it if it differs and nobody wrote it since.
    async fn every_page(
        &self,
        prefix: &Prefix,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<(), RebuildError> {
        let listed: BTreeMap<String, crate::page::ETag> =
            self.objects.list("").await.map_err(WorkerError::View)?.into_iter().collect();
        let snapshot = Arc::new(Snapshot::of(&self.views, prefix).await?);
        let pages: BTreeSet<PageKey> = snapshot.rows().flat_map(|row| self.projection.all_pages_of(row)).collect();
        let produced: BTreeSet<String> = pages.iter().map(PageKey::object_key).collect();
        report.pages = pages.len() as u64;
        let (total, listed) = (report.pages, &listed);
        let mut ended = stream::iter(pages)
            .map(|page| {
                let snapshot = Arc::clone(&snapshot);
                async move { self.once_more(prefix, &snapshot, &page, listed.get(&page.object_key())).await }
            })
            .buffer_unordered(CONCURRENT);
        let mut seen = 0;
        while let Some(outcome) = ended.next().await {
            match outcome? {
                Outcome::Written => report.written += 1,
                Outcome::Parked => report.parked_pages += 1,
                Outcome::Unchanged | Outcome::Nothing | Outcome::Newer => {}
            }
            seen += 1;
            progress(Phase::Pages(seen, total));
        }
        drop(ended);
        let orphans = listed.iter().filter(|(key, _)| !produced.contains(*key));
        for (key, etag) in orphans {
            if report.parked.is_empty() && self.close_orphan(key, etag).await? {
                report.written += 1;
            }
            report.orphans.push(key.clone());
        }
        Ok(())
    }

    /// One page from the snapshot; if somebody wrote it since it was listed, the machine reads everything anew.
    async fn once_more(
        &self,
        prefix: &Prefix,
        snapshot: &Snapshot,
        page: &PageKey,
        listed: Option<&crate::page::ETag>,
    ) -> Result<Outcome, WorkerError> {
        match self.render_from(snapshot, page).await? {
            Rendered::Nothing => Ok(Outcome::Nothing),
            Rendered::Failed(reason) => {
                self.views.park(prefix, ParkedWork::Page(page.clone()), reason).await?;
                Ok(Outcome::Parked)
            }
            Rendered::Page(object) => {
                if listed.is_some_and(|etag| etag.is_of(&object.bytes)) {
                    return Ok(Outcome::Unchanged);
                }
                let put = Put { object, expected: listed.cloned() };
                match self.objects.put(page, put).await? {
                    true => self.views.leave_purge(page).await.map(|()| Outcome::Written).map_err(WorkerError::View),
                    false => self.write_page(prefix, page, Purges::WhenWritten).await,
                }
            }
        }
    }

    /// The bytes a page has by these rows.
    pub(crate) async fn render_from(&self, snapshot: &Snapshot, page: &PageKey) -> Result<Rendered, WorkerError> {
        let mut reads = Reads::default();
        loop {
            let model = match self.projection.compose(page, &reads) {
                Ok(Composition::Page(model)) => model,
                Ok(Composition::Nothing) => return Ok(Rendered::Nothing),
                Err(Missing(Read::Body(hash))) => match self.body(&hash).await? {
                    Some(body) => {
                        reads.put_body(Read::Body(hash), body);
                        continue;
                    }
                    None => return Ok(Rendered::Failed(format!("body {hash} is not in the store"))),
                },
                Err(Missing(read)) => {
                    let rows = snapshot.read(&read);
                    reads.put_rows(read, rows);
                    continue;
                }
            };
            let provenance = Provenance { digest: reads.digest(self.generation), generation: self.generation };
            return Ok(match self.projection.render(page, model, &provenance) {
                Ok(object) => Rendered::Page(object),
                Err(reason) => Rendered::Failed(reason),
            });
        }
    }

    /// Turns an object that nothing produces into a 410; tells whether its bytes changed.
    async fn close_orphan(&self, key: &str, etag: &crate::page::ETag) -> Result<bool, RebuildError> {
        let (site, path) = key.split_once('/').unwrap_or((key, ""));
        let page = PageKey {
            site: site.to_owned(),
            path: format!("/{path}"),
            kind: "orphan".to_owned(),
            about: String::new(),
        };
        let digest = Reads::default().digest(self.generation);
        let object = PageObject {
            status: Status::Gone,
            content_type: "text/plain; charset=utf-8".to_owned(),
            bytes: format!("410 此页面已不存在。\nGone. {digest}\n").into_bytes(),
            digest,
            generation: self.generation,
        };
        if etag.is_of(&object.bytes) {
            return Ok(false);
        }
        let put = Put { object, expected: Some(etag.clone()) };
        let written = self.objects.put(&page, put).await.map_err(WorkerError::View)?;
        if written {
            self.views.leave_purge(&page).await.map_err(WorkerError::View)?;
        }
        Ok(written)
    }
}

/// What came of rendering a page from a snapshot.
pub(crate) enum Rendered {
    Page(PageObject),
    Nothing,
    Failed(String),
}

fn joined<E>(ended: Option<Result<Result<(), E>, tokio::task::JoinError>>) -> Result<(), RebuildError>
where
    WorkerError: From<E>,
{
    match ended {
        Some(Ok(result)) => result.map_err(|error| RebuildError::Worker(error.into())),
        Some(Err(panic)) => Err(RebuildError::Worker(crate::store::ViewError::Unavailable(panic.to_string()).into())),
        None => Ok(()),
    }
}
