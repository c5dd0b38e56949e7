//! Works off what was left: dirty scopes and pages, parked streams and pages, purges.

use std::collections::BTreeSet;

use domain::StreamId;

use crate::{
    incremental::{Worker, WorkerError},
    page::{PageKey, Purges},
    projection::Projection,
    purge::Purger,
    reads::Read,
    store::Prefix,
    work::{Dirty, DirtyWork, ParkedWork, Scope},
};

/// Rows of a scope worked between two looks at its token.
const SLICE: usize = 100;

/// Rows of work read at once.
const ROWS: i32 = 100;

/// What one sweep did, and what still waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SweepReport {
    /// Pages looked at.
    pub pages: u64,
    /// Dirty rows that still wait.
    pub dirty: u64,
    /// Streams and pages that stay parked.
    pub parked: u64,
    /// URLs the CDN was told to forget.
    pub purged: u64,
}

impl<P: Projection> Worker<P> {
    /// Works at most `slices` slices of dirty work, urgent first; resumable at any point.
    ///
    /// # Errors
    /// A store failed; what was done stays done.
    pub async fn sweep(&self, slices: usize) -> Result<SweepReport, WorkerError> {
        let registry = self.registry().await?;
        let prefix = Prefix(registry.active);
        let mut report = SweepReport::default();
        for _ in 0..slices {
            let Some(row) = self.views.dirty(&prefix, 1).await?.into_iter().next() else { break };
            report.pages += self.work_dirty(&prefix, row).await?;
        }
        report.dirty = self.views.dirty(&prefix, ROWS).await?.len() as u64;
        Ok(report)
    }

    /// Works one slice of one dirty row; tells how many pages it looked at.
    async fn work_dirty(&self, prefix: &Prefix, mut row: Dirty) -> Result<u64, WorkerError> {
        let (pages, last, rows) = match &row.work {
            DirtyWork::Page(page) => (BTreeSet::from([page.clone()]), None, 1),
            DirtyWork::Scope(scope) => self.next_of(prefix, scope, row.cursor.as_deref()).await?,
        };
        let count = pages.len() as u64;
        for outcome in self.write_pages(prefix, pages, Purges::Always).await.into_values() {
            outcome?;
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
        Ok(count)
    }

    /// The pages of a scope's next rows, and the last row's key if there may be more.
    async fn next_of(
        &self,
        prefix: &Prefix,
        scope: &Scope,
        cursor: Option<&str>,
    ) -> Result<(BTreeSet<PageKey>, Option<String>, u64), WorkerError> {
        let rows = self.views.range_after(prefix, &scope.slice, &scope.prefix, cursor, SLICE).await?;
        let last = if rows.len() == SLICE { rows.last().map(|row| row.at.key.clone()) } else { None };
        let count = rows.len() as u64;
        Ok((rows.iter().flat_map(|row| self.projection.pages_of(row)).collect(), last, count))
    }

    /// Tries every parked stream and page again; those that still fail park themselves anew.
    ///
    /// # Errors
    /// A store failed.
    pub async fn retry_parked(&self) -> Result<u64, WorkerError> {
        let registry = self.registry().await?;
        for entry in registry.fed() {
            let prefix = Prefix(entry.name.clone());
            for row in self.views.parked(&prefix, ROWS).await? {
                // Try first, unpark after: a crash between the two leaves the row. What fails again parks anew, with another token.
                let done = match &row.work {
                    ParkedWork::Stream(stream) => match stream.parse::<StreamId>() {
                        Ok(stream) => self.batch(&BTreeSet::from([stream])).await?.failed.is_empty(),
                        Err(_) => false,
                    },
                    ParkedWork::Page(page) => self.write_page(&prefix, page, Purges::Always).await.is_ok(),
                };
                if done {
                    self.views.unpark(&prefix, &row).await?;
                }
            }
        }
        Ok(self.views.parked(&Prefix(registry.active), ROWS).await?.len() as u64)
    }

    /// Sends waiting purges; a row goes only when its purge was taken and no later put left another.
    ///
    /// # Errors
    /// A store failed, or the CDN did not take them: they wait for the next try.
    pub async fn send_purges(&self, purger: &dyn Purger) -> Result<u64, WorkerError> {
        let mut sent = 0;
        loop {
            let rows = self.views.purges(ROWS).await?;
            if rows.is_empty() {
                return Ok(sent);
            }
            if let Err(error) = purger.purge(&rows).await {
                tracing::warn!(%error, waiting = rows.len(), "purges not taken");
                return Ok(sent);
            }
            for row in &rows {
                self.views.clear_purge(row).await?;
            }
            sent += rows.len() as u64;
        }
    }

    /// Marks every page of every site dirty for this generation, if the registry still names an older one.
    ///
    /// Marks first, registers after: a crash between the two only marks again. A worker of the generation before may still write a page that
    /// the sweep has passed, so the marks are set once more when `drained_after` milliseconds have gone by.
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
        for scope in self.all_scopes(&prefix).await? {
            self.views.mark_dirty(&prefix, DirtyWork::Scope(scope)).await?;
        }
        registry.revision += 1;
        registry.generation = self.generation;
        fingerprint.clone_into(&mut registry.fingerprint);
        registry.generation_at = if begins { now } else { registry.generation_at };
        registry.settled = settles || drained_after == 0;
        Ok(self.views.swap_registry(&registry).await?)
    }

    /// The scopes that together hold every page.
    pub(crate) async fn all_scopes(&self, prefix: &Prefix) -> Result<Vec<Scope>, WorkerError> {
        let sites = self.views.read(prefix, &Read::all(self.projection.sites())).await?;
        Ok(sites.iter().map(|row| self.projection.pages_of_site(row)).collect())
    }
}
