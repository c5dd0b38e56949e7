//! The bulk driver: a fresh prefix beside the live one, the switch, and every page once more.
//!
//! 1. The fresh prefix is closed to doorbells and filled by a consistent scan of the ledger.
//! 2. It opens; doorbells feed both; passes catch up.
//! 3. The switch, when a pass has brought every stream to at least the head it met. Before it every page, and after them every cached copy, is
//!    marked dirty in the new prefix: its checkpoints moved without pages, so if the rebuild dies, nothing else would ever name them.
//! 4. Every worker that may still render from the old prefix is waited out.
//! 5. All ETags are listed *first*, then every page is rendered from the new prefix and put with If-Match; what nothing produces becomes 410.
//!    If the old prefix owed purges of withdrawals, every copy is purged then. At last the marks go, unless somebody set them anew.

mod fill;
mod lease;
pub(crate) mod owed;
mod pages;
mod spent;

use std::{collections::BTreeMap, future::Future, pin::Pin, sync::Arc, time::Instant};

use futures::{FutureExt, future::FusedFuture};
use thiserror::Error;

use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    registry::Registry,
    store::{Prefix, ViewError},
    work::DirtyWork,
};

pub use spent::Spent;

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

impl RebuildError {
    /// A part of the work ended without a result.
    fn lost(panic: &tokio::task::JoinError) -> Self {
        Self::Worker(ViewError::Unavailable(panic.to_string()).into())
    }
}

/// What a rebuild did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RebuildReport {
    /// Streams folded.
    pub streams: u64,
    /// Commits folded.
    pub commits: u64,
    /// Rows written; a constant of many streams counts once, as `verify` counts it.
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
    /// Whether every cached copy is purged, since one of them may show what was withdrawn.
    pub purged_all: bool,
    /// Where the time went.
    pub spent: Spent,
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
        let mut registry = self.registry().await.map_err(RebuildError::Worker)?;
        let before = registry.rebuild_until;
        let ended = self.rebuild_all(unfoldable, &mut registry, &mut waited, &*progress).await;
        if ended.is_err() && waited.for_switch {
            // What it leaves is swept only when nobody works from the old prefix; a lost reply may have hidden a switch that happened.
            self.join().await;
            waited.elsewhere().await;
        }
        let given_up = match &ended {
            Ok(_) => Ok(()),
            // Another rebuild may have the registry by now, with a word of its own.
            Err(RebuildError::Raced) if registry.rebuild_until == before => Ok(()),
            Err(RebuildError::Raced) => self.give_up_word(registry.rebuild_until).await,
            Err(RebuildError::Worker(_) | RebuildError::Parked(_)) => self.give_up_rebuild().await,
        };
        if let Err(error) = given_up {
            tracing::warn!(%error, "a rebuild that stopped still answers for its prefix, for a while");
        }
        ended
    }

    async fn rebuild_all(
        &self,
        unfoldable: Unfoldable,
        registry: &mut Registry,
        waited: &mut Waited<impl FusedFuture<Output = ()> + Send>,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<RebuildReport, RebuildError> {
        let mut report = RebuildReport::default();
        if registry.generation > self.generation {
            return Err(RebuildError::Raced);
        }
        self.hold(registry).await?;
        self.register_generation(registry).await?;
        self.drop_unused(registry, usize::MAX).await?;
        let old = Prefix(registry.active.clone());
        let fresh = Prefix(registry.begin_prefix());
        self.hold(registry).await?;
        let mut met = self.fill_prefix(&fresh, registry, &mut report, progress).await?;
        refuse(unfoldable, &report)?;
        let passes = Instant::now();
        registry.open(&fresh.0);
        self.hold(registry).await?;
        // One pass: it meets every stream at a head that doorbells, which feed this prefix since it opened, have not yet brought it to.
        self.catch_up(&fresh, registry, &mut met, &mut report, progress).await?;
        refuse(unfoldable, &report)?;

        let every_copy = self.views.mark_dirty(&fresh, DirtyWork::Copies).await.map_err(WorkerError::View)?;
        let every_page = self.views.mark_dirty(&fresh, DirtyWork::City).await.map_err(WorkerError::View)?;
        registry.switch_to(&fresh.0);
        waited.for_switch = true;
        self.hold(registry).await?;
        progress(Phase::Switched);
        self.join().await;
        waited.elsewhere().await;
        self.project_moved(&fresh, registry, &mut met, &mut report, progress).await?;
        let owed = self.owes_withdrawals(&old, registry, &met).await?;
        report.spent.catch_up = passes.elapsed();

        let took_away = self.every_page(&fresh, registry, &mut report, progress).await?;
        if owed || took_away {
            self.views.leave_purge_of_all().await.map_err(WorkerError::View)?;
            report.purged_all = true;
        }
        for mark in [every_page, every_copy] {
            self.views.clear_dirty(&fresh, &mark).await.map_err(WorkerError::View)?;
        }
        progress(Phase::Dropping);
        let drops = Instant::now();
        self.drop_unused(registry, usize::MAX).await?;
        report.spent.drop = drops.elapsed();
        self.let_go(registry).await?;
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
