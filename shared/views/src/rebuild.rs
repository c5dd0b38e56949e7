//! The bulk driver: a fresh prefix beside the live one, the switch, and every page once more.
//!
//! 1. The fresh prefix is closed to doorbells and filled by a consistent scan of the ledger.
//! 2. It opens; doorbells feed both; passes catch up.
//! 3. The switch, when a pass has brought every stream to at least the head it met. Before it every page is marked dirty in the new prefix:
//!    its checkpoints moved without pages, so if the rebuild dies, nothing else would ever name them.
//! 4. Every worker that may still render from the old prefix is waited out.
//! 5. All ETags are listed *first*, then every page is rendered from the new prefix and put with If-Match; what nothing produces becomes 410.
//!    Then the mark goes, unless somebody set it anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    pin::Pin,
    sync::Arc,
};

use domain::StreamId;
use futures::{FutureExt, StreamExt, future::FusedFuture, stream};
use thiserror::Error;

use crate::{
    incremental::{Worker, WorkerError},
    page::{Outcome, PageKey, PageObject, Purges, Put, Status},
    plan::plan,
    projection::{Composition, FoldFailure, Projection, Provenance},
    reads::{Missing, Read, Reads},
    registry::Registry,
    row::Row,
    snapshot::Snapshot,
    store::Prefix,
    work::{DirtyWork, ParkedWork},
};

mod lease;

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

/// Why a rebuild stopped. Whatever prefix is active serves on, `clock` writes the pages and drops the rows that are left, and the next rebuild begins
/// afresh.
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
    /// Guards that another commit holds than the one whose event made the claim: nothing is done about them.
    pub guards_foreign: Vec<String>,
    /// Pages in all.
    pub pages: u64,
    /// Pages that got new bytes.
    pub written: u64,
    /// Objects that no row produces any more: now 410.
    pub orphans: Vec<String>,
    /// Objects that no row produces, left as they are: they may be pages of what is parked, or were written meanwhile.
    pub orphans_left: Vec<String>,
    /// Streams that could not be folded, and why.
    pub parked: BTreeMap<String, String>,
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
        let mut waited = Waited { elsewhere: Box::pin(elsewhere.fuse()), for_switch: false };
        let ended = self.rebuild_all(unfoldable, &mut waited, &*progress).await;
        if ended.is_err() && waited.for_switch {
            // What it leaves is swept only when nobody works from the old prefix; a lost reply may have hidden a switch that happened.
            self.join().await;
            waited.elsewhere().await;
        }
        if matches!(ended, Err(RebuildError::Worker(_) | RebuildError::Parked(_)))
            && let Err(error) = self.give_up_rebuild().await
        {
            tracing::warn!(%error, "a rebuild that stopped still answers for its prefix, for a while");
        }
        ended
    }

    async fn rebuild_all(
        &self,
        unfoldable: Unfoldable,
        waited: &mut Waited<impl FusedFuture<Output = ()> + Send>,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<RebuildReport, RebuildError> {
        let mut report = RebuildReport::default();
        let mut registry = self.registry().await?;
        if registry.generation > self.generation {
            return Err(RebuildError::Raced);
        }
        let clock = std::time::Instant::now();
        let elapsed = || u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.hold(&mut registry).await?;
        self.register_generation(&mut registry).await?;
        self.drop_unused(&mut registry).await?;
        let fresh = Prefix(registry.begin_prefix());
        self.hold(&mut registry).await?;
        let mut heads = self.fill_prefix(&fresh, &mut registry, &mut report, progress).await?;
        refuse(unfoldable, &report)?;
        report.millis = [elapsed(), 0, 0];

        registry.open(&fresh.0);
        self.hold(&mut registry).await?;
        // One pass: it meets every stream at a head that doorbells, which feed this prefix since it opened, have not yet brought it to.
        self.catch_up(&fresh, &mut registry, &mut heads, &mut report, progress).await?;
        refuse(unfoldable, &report)?;

        let every_page = self.views.mark_dirty(&fresh, DirtyWork::City).await.map_err(WorkerError::View)?;
        registry.switch_to(&fresh.0);
        waited.for_switch = true;
        self.hold(&mut registry).await?;
        progress(Phase::Switched);
        self.join().await;
        waited.elsewhere().await;
        self.project_moved(&mut registry, &mut heads, &mut report, progress).await?;
        report.millis = [report.millis[0], elapsed() - report.millis[0], 0];

        self.every_page(&fresh, &mut registry, &mut report, progress).await?;
        self.views.clear_dirty(&fresh, &every_page).await.map_err(WorkerError::View)?;
        report.millis = [report.millis[0], report.millis[1], elapsed() - report.millis[0] - report.millis[1]];
        progress(Phase::Dropping);
        self.drop_unused(&mut registry).await?;
        registry.rebuild_until = 0;
        self.swap(&mut registry).await?;
        Ok(report)
    }

    /// Registers this code's generation before the first put of it, with every page of the present prefix marked, in case the rebuild stops.
    async fn register_generation(&self, registry: &mut Registry) -> Result<(), RebuildError> {
        if registry.generation == self.generation {
            return Ok(());
        }
        let active = Prefix(registry.active.clone());
        self.views.mark_dirty(&active, DirtyWork::City).await.map_err(WorkerError::View)?;
        registry.generation = self.generation;
        registry.fingerprint.clear();
        registry.generation_at = self.ledger.now().as_millisecond();
        registry.settled = false;
        self.hold(registry).await
    }

    /// Scans the ledger, folds every stream and fills the closed prefix; puts back guards that are missing. Gives the heads it folded to.
    async fn fill_prefix(
        &self,
        fresh: &Prefix,
        registry: &mut Registry,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<BTreeMap<StreamId, u64>, RebuildError> {
        let store = |error| WorkerError::Ledger(ledger::LoadError::Store(error));
        let held: BTreeMap<_, _> =
            self.ledger.all_guards().await.map_err(store)?.into_iter().map(|held| (held.guard.clone(), held)).collect();
        let mut heads = BTreeMap::new();
        let mut scan = self.ledger.scan(SEGMENTS);
        let mut waiting: Vec<Row> = Vec::new();
        let mut writes = tokio::task::JoinSet::new();
        while let Some(found) = scan.recv().await {
            self.renew(registry).await?;
            let found = match found {
                Ok(found) => found,
                Err(ledger::LoadError::Store(error)) => return Err(store(error).into()),
                Err(damage) => {
                    // The pass that follows finds the stream behind and parks it.
                    let stream = match &damage {
                        ledger::LoadError::Damaged { stream, .. } => stream.to_string(),
                        _ => String::new(),
                    };
                    report.parked.insert(stream, damage.to_string());
                    continue;
                }
            };
            report.streams += 1;
            report.commits += found.commits.len() as u64;
            let planned = plan(&*self.projection, &found.stream, &found.commits, 0);
            let guards = ledger::guards_of(&found.commits).map_err(FoldFailure::Decode);
            match planned.and_then(|plan| guards.map(|guards| (plan, guards))) {
                Ok((plan, guards)) => {
                    for guard in &guards {
                        let holder = match held.get(&guard.guard) {
                            Some(holder) => Some(holder.clone()),
                            None => self.ledger.restore_guard(guard).await.map_err(store)?,
                        };
                        match holder {
                            None => report.guards_restored += 1,
                            Some(holder) if holder == *guard => {}
                            Some(holder) => report.guards_foreign.push(format!(
                                "`{}` of `{}` is held by commit {} of {}, not by {} of {}",
                                guard.guard.claim,
                                guard.guard.scope,
                                holder.number,
                                holder.stream,
                                guard.number,
                                guard.stream
                            )),
                        }
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
        report.parked.insert(stream.to_string(), failure.to_string());
        let work = ParkedWork::Stream(stream.to_string());
        self.views.park(fresh, work, failure.to_string()).await.map_err(WorkerError::View)?;
        Ok(())
    }

    /// One pass: brings rows of every stream to at least the head it has now; those that park themselves are told in the report.
    async fn catch_up(
        &self,
        fresh: &Prefix,
        registry: &mut Registry,
        heads: &mut BTreeMap<StreamId, u64>,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<(), RebuildError> {
        for (stream, done) in self.moved(heads).await?.into_iter().zip(1..) {
            self.renew(registry).await?;
            if let Some(reason) = self.bring_up(fresh, &stream).await? {
                report.parked.insert(stream.to_string(), reason);
            }
            progress(Phase::CatchingUp(done));
        }
        Ok(())
    }

    /// The pass after the switch: as any batch, with pages, for a mark that the sweep has worked already names them no more.
    async fn project_moved(
        &self,
        registry: &mut Registry,
        heads: &mut BTreeMap<StreamId, u64>,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<(), RebuildError> {
        let mut done = 0;
        for chunk in self.moved(heads).await?.chunks(CONCURRENT) {
            self.renew(registry).await?;
            let batch = self.batch(&chunk.iter().cloned().collect()).await?;
            report.parked.extend(batch.parked.into_iter().map(|(stream, reason)| (stream.to_string(), reason)));
            done += chunk.len() as u64;
            progress(Phase::CatchingUp(done));
        }
        Ok(())
    }

    /// Streams that have moved past `heads`, which are moved along.
    async fn moved(&self, heads: &mut BTreeMap<StreamId, u64>) -> Result<Vec<StreamId>, RebuildError> {
        let now =
            self.ledger.heads(SEGMENTS).await.map_err(|error| WorkerError::Ledger(ledger::LoadError::Store(error)))?;
        let moved: Vec<_> =
            now.into_iter().filter(|(stream, head)| heads.get(stream).copied().unwrap_or(0) < *head).collect();
        heads.extend(moved.iter().cloned());
        Ok(moved.into_iter().map(|(stream, _)| stream).collect())
    }

    /// Lists all ETags, then renders every page from the prefix and puts it if it differs and nobody wrote it since.
    async fn every_page(
        &self,
        prefix: &Prefix,
        registry: &mut Registry,
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
            self.renew(registry).await?;
            seen += 1;
            progress(Phase::Pages(seen, total));
        }
        drop(ended);
        let orphans = listed.iter().filter(|(key, _)| !produced.contains(*key));
        for (key, etag) in orphans {
            match report.parked.is_empty() {
                true => self.close_orphan(key, etag, report).await?,
                false => report.orphans_left.push(key.clone()),
            }
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
                // What a newer generation wrote is not put over: its number stands in the head only.
                if listed.is_some()
                    && self.objects.head(page).await?.is_some_and(|head| head.generation > self.generation)
                {
                    return Ok(self.write_page(prefix, page, Purges::WhenWritten).await?.outcome);
                }
                let put = Put { object, expected: listed.cloned() };
                match self.objects.put(page, put).await? {
                    true => self.views.leave_purge(page).await.map(|()| Outcome::Written).map_err(WorkerError::View),
                    false => Ok(self.write_page(prefix, page, Purges::WhenWritten).await?.outcome),
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

    /// Turns an object that nothing produces into a 410, unless somebody wrote it since it was listed, or it is no page's at all.
    async fn close_orphan(
        &self,
        key: &str,
        etag: &crate::page::ETag,
        report: &mut RebuildReport,
    ) -> Result<(), RebuildError> {
        let Some(page) = PageKey::of_object(key, "orphan") else {
            report.orphans_left.push(key.to_owned());
            return Ok(());
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
            report.orphans.push(key.to_owned());
            return Ok(());
        }
        let put = Put { object, expected: Some(etag.clone()) };
        if self.objects.put(&page, put).await.map_err(WorkerError::View)? {
            self.views.leave_purge(&page).await.map_err(WorkerError::View)?;
            report.orphans.push(key.to_owned());
            report.written += 1;
        } else {
            report.orphans_left.push(key.to_owned());
        }
        Ok(())
    }
}

/// What a rebuild waits for beside the turns of its own process.
struct Waited<F> {
    elsewhere: Pin<Box<F>>,
    /// Whether the switch was begun: before it nobody has to be waited for.
    for_switch: bool,
}

impl<F: FusedFuture<Output = ()>> Waited<F> {
    /// Ends when no worker of another process is at work that began before the switch; at once when that is known.
    async fn elsewhere(&mut self) {
        if !self.elsewhere.is_terminated() {
            self.elsewhere.as_mut().await;
        }
    }
}

/// Stops a rebuild whose streams cannot all be folded, unless the operator said yes to that.
fn refuse(unfoldable: Unfoldable, report: &RebuildReport) -> Result<(), RebuildError> {
    if unfoldable == Unfoldable::Refuse && !report.parked.is_empty() {
        let parked = report.parked.iter().map(|(stream, reason)| format!("{stream}: {reason}"));
        return Err(RebuildError::Parked(parked.collect()));
    }
    Ok(())
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
