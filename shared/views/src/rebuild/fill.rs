//! The fresh prefix: filled from a scan of the ledger while nobody else knows it, then brought up to date.

use std::{
    collections::{BTreeMap, HashSet},
    time::Instant,
};

use domain::StreamId;
use ledger::{HeldGuard, StreamCommits};
use tokio::task::JoinSet;

use super::{
    Phase, RebuildError, RebuildReport,
    owed::{Met, last_withdrawal},
};
use crate::{
    incremental::{Worker, WorkerError},
    plan::plan,
    projection::{FoldFailure, Projection},
    registry::Registry,
    row::{Row, RowKey},
    store::{Prefix, ViewError, Views},
    work::ParkedWork,
};

/// Segments of the ledger scan.
const SEGMENTS: u32 = 2;

/// Rows that are handed to the store in one piece.
const PIECE: usize = 200;

/// Pieces under way at once.
const PIECES: usize = 32;

/// Streams of one batch in the pass after the switch.
const STREAMS: usize = 8;

impl<P: Projection> Worker<P> {
    /// Scans the ledger, folds every stream and fills the closed prefix; puts back guards that are missing. Gives what it met.
    pub(super) async fn fill_prefix(
        &self,
        fresh: &Prefix,
        registry: &mut Registry,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<Met, RebuildError> {
        let held: BTreeMap<_, _> =
            self.ledger.all_guards().await.map_err(store)?.into_iter().map(|held| (held.guard.clone(), held)).collect();
        let mut met = Met::default();
        let mut rows = Filling::new(self.views.clone(), fresh.clone());
        let mut scan = self.ledger.scan(SEGMENTS);
        loop {
            let waits = Instant::now();
            let Some(found) = scan.recv().await else { break };
            report.spent.scan += waits.elapsed();
            self.renew(registry).await?;
            let StreamCommits { stream, commits } = match found {
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
            report.commits += commits.len() as u64;
            let folds = Instant::now();
            let planned = plan(&*self.projection, &stream, &commits, 0);
            let guards = ledger::guards_of(&commits).map_err(FoldFailure::Decode);
            let planned = planned.and_then(|plan| guards.map(|guards| (plan, guards)));
            report.spent.fold += folds.elapsed();
            match planned {
                Ok((plan, guards)) => {
                    for guard in &guards {
                        self.restore(guard, held.get(&guard.guard), report).await?;
                    }
                    let checkpoint = Views::checkpoint_row(&stream, plan.head);
                    if let Some(number) = last_withdrawal(&*self.projection, &commits) {
                        met.withdrawn.insert(stream.clone(), number);
                    }
                    met.heads.insert(stream, plan.head);
                    let writes = Instant::now();
                    report.rows += rows.take(plan.rows, checkpoint).await?;
                    report.spent.rows += writes.elapsed();
                }
                Err(failure) => self.park_fold(fresh, &stream, &failure, report).await?,
            }
            progress(Phase::Filling(report.streams));
        }
        let writes = Instant::now();
        rows.finish().await?;
        report.spent.rows += writes.elapsed();
        Ok(met)
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

    /// Puts back a guard that is missing; tells of one that another commit holds.
    async fn restore(
        &self,
        guard: &HeldGuard,
        held: Option<&HeldGuard>,
        report: &mut RebuildReport,
    ) -> Result<(), RebuildError> {
        let holder = match held {
            Some(holder) => Some(holder.clone()),
            None => self.ledger.restore_guard(guard).await.map_err(store)?,
        };
        match holder {
            None => report.guards_restored += 1,
            Some(holder) if holder == *guard => {}
            Some(holder) => report.guards_foreign.push(format!(
                "`{}` of `{}` is held by commit {} of {}, not by {} of {}",
                guard.guard.claim, guard.guard.scope, holder.number, holder.stream, guard.number, guard.stream
            )),
        }
        Ok(())
    }

    /// One pass: brings rows of every stream to at least the head it has now; those that park themselves are told in the report.
    pub(super) async fn catch_up(
        &self,
        fresh: &Prefix,
        registry: &mut Registry,
        met: &mut Met,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<(), RebuildError> {
        for (stream, done) in self.moved(&mut met.heads).await?.into_iter().zip(1..) {
            self.renew(registry).await?;
            if let Some(reason) = self.bring_up(fresh, &stream).await? {
                report.parked.insert(stream.to_string(), reason);
            }
            self.note_withdrawal(fresh, &stream, met).await?;
            progress(Phase::CatchingUp(done));
        }
        Ok(())
    }

    /// The pass after the switch: as any batch, with pages, for a mark that the sweep has worked already names them no more.
    pub(super) async fn project_moved(
        &self,
        fresh: &Prefix,
        registry: &mut Registry,
        met: &mut Met,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<(), RebuildError> {
        let mut done = 0;
        for chunk in self.moved(&mut met.heads).await?.chunks(STREAMS) {
            self.renew(registry).await?;
            for stream in chunk {
                self.note_withdrawal(fresh, stream, met).await?;
            }
            let batch = self.batch(&chunk.iter().cloned().collect()).await?;
            report.parked.extend(batch.parked.into_iter().map(|(stream, reason)| (stream.to_string(), reason)));
            done += chunk.len() as u64;
            progress(Phase::CatchingUp(done));
        }
        Ok(())
    }

    /// Streams that have moved past `heads`, which are moved along.
    async fn moved(&self, heads: &mut BTreeMap<StreamId, u64>) -> Result<Vec<StreamId>, RebuildError> {
        let now = self.ledger.heads(SEGMENTS).await.map_err(store)?;
        let moved: Vec<_> =
            now.into_iter().filter(|(stream, head)| heads.get(stream).copied().unwrap_or(0) < *head).collect();
        heads.extend(moved.iter().cloned());
        Ok(moved.into_iter().map(|(stream, _)| stream).collect())
    }
}

fn store(error: ledger::StoreError) -> WorkerError {
    WorkerError::Ledger(ledger::LoadError::Store(error))
}

/// Rows on their way into the closed prefix, in pieces, several at once.
struct Filling {
    views: Views,
    prefix: Prefix,
    waiting: Vec<Row>,
    /// Constants on their way or there already: many streams write the same ones.
    constants: HashSet<RowKey>,
    writes: JoinSet<Result<(), ViewError>>,
}

impl Filling {
    fn new(views: Views, prefix: Prefix) -> Self {
        Self { views, prefix, waiting: Vec::new(), constants: HashSet::new(), writes: JoinSet::new() }
    }

    /// Takes in a stream's rows and its checkpoint; waits while enough others are under way. Gives how many rows were not there yet.
    async fn take(&mut self, rows: Vec<Row>, checkpoint: Row) -> Result<u64, RebuildError> {
        let before = self.waiting.len();
        for row in rows {
            // Version 1 is a constant's, or a first commit's, whose key no other stream has.
            if row.version > 1 || self.constants.insert(row.at.clone()) {
                self.waiting.push(row);
            }
        }
        let fresh = self.waiting.len().saturating_sub(before) as u64;
        self.waiting.push(checkpoint);
        if self.waiting.len() >= PIECE {
            self.write();
            if self.writes.len() >= PIECES {
                ended(self.writes.join_next().await)?;
            }
        }
        Ok(fresh)
    }

    fn write(&mut self) {
        let (views, prefix, rows) = (self.views.clone(), self.prefix.clone(), std::mem::take(&mut self.waiting));
        self.writes.spawn(async move { views.fill(&prefix, rows).await });
    }

    /// Writes what is left and waits for all of it.
    async fn finish(mut self) -> Result<(), RebuildError> {
        self.write();
        while !self.writes.is_empty() {
            ended(self.writes.join_next().await)?;
        }
        Ok(())
    }
}

fn ended(written: Option<Result<Result<(), ViewError>, tokio::task::JoinError>>) -> Result<(), RebuildError> {
    match written {
        Some(Ok(result)) => result.map_err(|error| RebuildError::Worker(error.into())),
        Some(Err(panic)) => Err(RebuildError::lost(&panic)),
        None => Ok(()),
    }
}
