//! Works off what was left: dirty scopes and pages, parked streams and pages, purges.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use domain::StreamId;
use futures::{StreamExt, stream};

use crate::{
    incremental::{Worker, WorkerError},
    page::{Outcome, PageKey, Purges},
    projection::Projection,
    purge::Purger,
    reads::Read,
    store::Prefix,
    work::{Cause, Dirty, DirtyWork, ParkedWork, PurgeRow, Scope},
};

/// Rows of a scope worked between two looks at its token.
const SLICE: usize = 100;

/// Rows of work read at once.
const ROWS: i32 = 100;

/// Purge rows sent at once: two paths each, so as many as CloudFront takes in one invalidation.
const PURGES: i32 = 1500;

/// Name of the round over parked work.
const PARKED: &str = "parked";

/// Purge rows cleared at once.
const CONCURRENT: usize = 8;

/// What one sweep did, and what still waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SweepReport {
    /// Pages looked at.
    pub pages: u64,
    /// Pages that could not be written: each stays as a dirty row.
    pub failed: u64,
    /// Dirty rows that still wait.
    pub dirty: u64,
}

/// How far a dirty row is.
enum Worked {
    /// It is done, or a slice of it; what comes first now is next.
    On,
    /// It stays as it is, and this sweep passes it by.
    Stays,
    /// It is for workers of a newer generation.
    Newer,
}

/// What the next slice of a dirty row holds.
#[derive(Debug, Default)]
struct Found {
    pages: BTreeMap<PageKey, Cause>,
    /// What is too much for this slice, to be marked dirty itself.
    scopes: Vec<Scope>,
    /// The last row's key, if there may be more after it.
    last: Option<String>,
    rows: u64,
}

/// What became of the purges that waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PurgeReport {
    /// Rows that were taken.
    pub taken: u64,
    /// Rows that were refused and wait for the next try; more may wait behind them.
    pub refused: u64,
}

impl<P: Projection> Worker<P> {
    /// Works at most `slices` slices of dirty work, urgent first; resumable at any point.
    ///
    /// A row that stays dirty although it was worked (a page that fails, or that is of a newer generation) is passed by until the next sweep.
    /// While a rebuild is at work every page is its own to write once more, and every copy its own to purge after that.
    ///
    /// # Errors
    /// A store failed; what was done stays done.
    pub async fn sweep(&self, slices: usize) -> Result<SweepReport, WorkerError> {
        self.sweep_what(slices, |_| true).await
    }

    /// As [`sweep`](Self::sweep), of what is to be worked at once and nothing else; begins no slice after `until`.
    ///
    /// # Errors
    /// A store failed; what was done stays done, and the next sweep goes on with the rest.
    pub async fn sweep_at_once(&self, until: Instant) -> Result<SweepReport, WorkerError> {
        let at_once = |work: &DirtyWork| matches!(work, DirtyWork::Scope(scope) if scope.lane.is_at_once());
        self.sweep_what(usize::MAX, |work| at_once(work) && Instant::now() < until).await
    }

    /// Works slices of what comes first, as long as that is `wanted`.
    async fn sweep_what(&self, slices: usize, wanted: impl Fn(&DirtyWork) -> bool) -> Result<SweepReport, WorkerError> {
        let mut report = SweepReport::default();
        let mut passed: Option<String> = None;
        for _ in 0..slices {
            // A turn and a look at the registry per slice: a rebuild that switches meanwhile waits for one slice, and the next is of its prefix.
            let turn = self.turn().await?;
            let prefix = Prefix(turn.registry.active.clone());
            let next = self.views.next_dirty(&prefix, passed.as_deref()).await?;
            let Some(row) = next.filter(|row| wanted(&row.work)) else { break };
            let key = row.work.key();
            if matches!(row.work, DirtyWork::City | DirtyWork::Copies) && turn.registry.is_rebuilt(self.ledger.now()) {
                passed = Some(key);
                continue;
            }
            match self.work_dirty(&prefix, row, &mut report).await? {
                Worked::On => {}
                Worked::Stays => passed = Some(key),
                // Everything that waits is for workers of that generation.
                Worked::Newer => break,
            }
        }
        let prefix = Prefix(self.registry().await?.active);
        report.dirty = self.views.dirty(&prefix, ROWS).await?.len() as u64;
        Ok(report)
    }

    /// Works one slice of one dirty row. A page that fails stays behind as a dirty row of its own, so that the others go on.
    async fn work_dirty(
        &self,
        prefix: &Prefix,
        mut row: Dirty,
        report: &mut SweepReport,
    ) -> Result<Worked, WorkerError> {
        let Found { pages, scopes, last, rows } = match &row.work {
            DirtyWork::City => Found { scopes: self.all_scopes(prefix).await?, ..Found::default() },
            DirtyWork::Copies => {
                self.views.leave_purge_of_all().await?;
                Found::default()
            }
            // Left by a worker that could not write it; what for is not told, so it may have been a withdrawal.
            DirtyWork::Page(page) => {
                Found { pages: BTreeMap::from([(page.clone(), Cause::Withdrawn)]), rows: 1, ..Found::default() }
            }
            DirtyWork::Scope(scope) => self.next_of(prefix, scope, row.cursor.as_deref()).await?,
        };
        // INVARIANT: what a row stands for is marked before that row is passed: a worker that dies between the two only marks again.
        for scope in scopes {
            self.views.mark_dirty(prefix, DirtyWork::Scope(scope)).await?;
        }
        report.pages += pages.len() as u64;
        let outcomes = self.write_pages(prefix, pages).await;
        if outcomes.values().any(|outcome| matches!(outcome, Ok(ended) if ended.outcome == Outcome::Newer)) {
            return Ok(Worked::Newer);
        }
        for page in outcomes.into_iter().filter_map(|(page, outcome)| outcome.is_err().then_some(page)) {
            report.failed += 1;
            if matches!(row.work, DirtyWork::Page(_)) {
                return Ok(Worked::Stays);
            }
            self.views.mark_dirty(prefix, DirtyWork::Page(page)).await?;
        }
        row.done += rows;
        match last {
            Some(last) => {
                row.cursor = Some(last);
                self.views.advance_dirty(prefix, &row).await?;
            }
            None => {
                self.views.clear_dirty(prefix, &row).await?;
            }
        }
        Ok(Worked::On)
    }

    /// What a scope's next rows stand for.
    async fn next_of(&self, prefix: &Prefix, scope: &Scope, cursor: Option<&str>) -> Result<Found, WorkerError> {
        let rows = self.views.range_after(prefix, &scope.slice, &scope.prefix, cursor, SLICE).await?;
        let last = if rows.len() == SLICE { rows.last().map(|row| row.at.key.clone()) } else { None };
        let pages = rows.iter().flat_map(|row| self.projection.pages_of(row));
        let pages = pages.map(|page| (page, scope.cause)).collect();
        let scopes = rows.iter().flat_map(|row| self.projection.scopes_of(row)).collect();
        Ok(Found { pages, scopes, last, rows: rows.len() as u64 })
    }

    /// Tries at most a hundred parked streams and pages again, those after the last time's; those that still fail park themselves anew.
    ///
    /// Tells how many of the first hundred stay parked in the active prefix.
    ///
    /// # Errors
    /// A store failed.
    pub async fn retry_parked(&self) -> Result<u64, WorkerError> {
        let registry = self.registry().await?;
        for entry in registry.fed() {
            let prefix = Prefix(entry.name.clone());
            let after: Option<String> = self.views.place(&prefix, PARKED).await?;
            let rows = self.views.parked_after(&prefix, after.as_deref(), ROWS).await?;
            let more = rows.len() == usize::try_from(ROWS).unwrap_or(usize::MAX);
            let last = rows.last().map(|row| row.work.key()).filter(|_| more);
            for row in rows {
                let turn = self.turn().await?;
                if !turn.registry.fed().contains(&entry) {
                    break;
                }
                // Try first, unpark after: a crash between the two leaves the row. What fails again parks anew, with another token.
                let done = match &row.work {
                    ParkedWork::Stream(stream) => match stream.parse::<StreamId>() {
                        Ok(stream) => {
                            // A batch is a turn of its own.
                            drop(turn);
                            self.batch(&BTreeSet::from([stream])).await?.failed.is_empty()
                        }
                        Err(_) => false,
                    },
                    // As for a dirty page: it may be a withdrawal that could not be shown.
                    ParkedWork::Page(page) => {
                        match self.write_page(&prefix, page, Purges::Always(Cause::Withdrawn)).await {
                            Ok(_) => true,
                            Err(error) => {
                                tracing::warn!(site = page.site, path = page.path, %error, "parked page failed");
                                false
                            }
                        }
                    }
                };
                if done {
                    self.views.unpark(&prefix, &row).await?;
                }
            }
            if after.is_some() || last.is_some() {
                self.views.note_place(&prefix, PARKED, last.as_ref()).await?;
            }
        }
        Ok(self.views.parked(&Prefix(registry.active), ROWS).await?.len() as u64)
    }

    /// Sends at most `chunks` chunks of waiting purges, withdrawals first.
    ///
    /// What the CDN refuses is told in the report and waits for the next try.
    ///
    /// # Errors
    /// A store failed.
    pub async fn send_purges(&self, purger: &dyn Purger, chunks: usize) -> Result<PurgeReport, WorkerError> {
        let mut report = PurgeReport::default();
        for _ in 0..chunks {
            let rows = self.views.purges(PURGES).await?;
            if rows.is_empty() {
                break;
            }
            let sent = self.send_these(purger, rows).await?;
            report.taken += sent.taken;
            report.refused += sent.refused;
            if sent.refused > 0 {
                break;
            }
        }
        Ok(report)
    }

    /// Sends these purges; a row goes only when its purge was taken and no later look at its page left another.
    ///
    /// # Errors
    /// A store failed.
    pub async fn send_these(&self, purger: &dyn Purger, rows: Vec<PurgeRow>) -> Result<PurgeReport, WorkerError> {
        let count = rows.len() as u64;
        if let Err(error) = purger.purge(&rows).await {
            tracing::warn!(%error, refused = count, "purges not taken");
            return Ok(PurgeReport { taken: 0, refused: count });
        }
        self.clear_purges(rows).await?;
        Ok(PurgeReport { taken: count, refused: 0 })
    }

    async fn clear_purges(&self, rows: Vec<PurgeRow>) -> Result<(), WorkerError> {
        let mut cleared = stream::iter(rows)
            .map(|row| async move { self.views.clear_purge(&row).await })
            .buffer_unordered(CONCURRENT);
        while let Some(swap) = cleared.next().await {
            swap?;
        }
        Ok(())
    }

    /// Marks every page of every site dirty for this generation, if the registry still names an older one.
    ///
    /// Marks first, registers after: a crash between the two only marks again. A worker of the generation before may still write a page that
    /// the sweep has passed, so the mark is set once more when `drained_after` milliseconds have gone by. Where the number is not given at
    /// deployment, this comes before the first put: else another start could give the same number to other templates.
    ///
    /// # Errors
    /// A store failed.
    pub async fn begin_generation(
        &self,
        fingerprint: &str,
        now: jiff::Timestamp,
        drained_after: i64,
    ) -> Result<bool, WorkerError> {
        let mut registry = self.registry().await?;
        let now = now.as_millisecond();
        let begins = registry.generation < self.generation;
        let settles = registry.generation == self.generation
            && !registry.settled
            && now - registry.generation_at >= drained_after;
        if !begins && !settles {
            return Ok(false);
        }
        let prefix = Prefix(registry.active.clone());
        self.views.mark_dirty(&prefix, DirtyWork::City).await?;
        registry.revision += 1;
        registry.generation = self.generation;
        fingerprint.clone_into(&mut registry.fingerprint);
        registry.generation_at = if begins { now } else { registry.generation_at };
        registry.settled = settles || drained_after == 0;
        Ok(self.views.swap_registry(&registry).await?)
    }

    /// The scopes that together hold every page.
    async fn all_scopes(&self, prefix: &Prefix) -> Result<Vec<Scope>, WorkerError> {
        let sites = self.views.read(prefix, &Read::all(self.projection.sites())).await?;
        let of_sites = sites.iter().map(|row| self.projection.pages_of_site(row));
        Ok(of_sites.chain(self.projection.beside_sites()).collect())
    }
}
