//! What the ledger alone gives, and how it compares with guards and rows.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Guard, StreamId};
use ledger::{HeldGuard, LoadError, StoreError, StreamCommits};

use super::{Difference, VerifyReport, stored::Stored, waiting::Waiting};
use crate::{
    incremental::{Worker, WorkerError},
    plan::plan,
    projection::Projection,
    row::RowKey,
    snapshot::Snapshot,
};

/// Segments of the ledger scan.
const SEGMENTS: u32 = 2;

/// What the ledger alone gives.
#[derive(Debug, Default)]
pub(super) struct Derived {
    pub(super) rows: Snapshot,
    pub(super) guards: BTreeMap<StreamId, Vec<HeldGuard>>,
    /// Of a constant that several streams give, the last one.
    pub(super) owners: BTreeMap<RowKey, StreamId>,
    /// How many streams give a constant, where they are several.
    givers: BTreeMap<RowKey, usize>,
    pub(super) heads: BTreeMap<StreamId, u64>,
    /// Streams that are damaged or cannot be folded: what they own is unknown.
    unreadable: BTreeSet<StreamId>,
}

/// Guards by their names, as they are held.
pub(super) type Held = BTreeMap<Guard, HeldGuard>;

impl<P: Projection> Worker<P> {
    /// Folds the whole ledger.
    pub(super) async fn derive(&self, report: &mut VerifyReport) -> Result<Derived, WorkerError> {
        let mut derived = Derived::default();
        let mut scan = self.ledger().scan(SEGMENTS);
        while let Some(found) = scan.recv().await {
            self.take(found, &mut derived, report)?;
        }
        Ok(derived)
    }

    /// Folds anew what was committed since the ledger was read; tells whether anything was.
    pub(super) async fn follow(&self, derived: &mut Derived, report: &mut VerifyReport) -> Result<bool, WorkerError> {
        let unread = self.unread(derived).await?;
        let any = !unread.is_empty();
        for stream in unread {
            let found = self.ledger().load(&stream).await.map(|commits| StreamCommits { stream, commits });
            self.take(found, derived, report)?;
        }
        Ok(any)
    }

    /// Streams that have commits now which were not read.
    pub(super) async fn unread(&self, derived: &Derived) -> Result<Vec<StreamId>, WorkerError> {
        let heads = self.ledger().heads(SEGMENTS).await.map_err(store)?;
        let news = heads.into_iter().filter(|(stream, head)| {
            derived.heads.get(stream).is_none_or(|known| known < head) && !derived.unreadable.contains(stream)
        });
        Ok(news.map(|(stream, _)| stream).collect())
    }

    /// Guards as they are held.
    pub(super) async fn held_guards(&self) -> Result<Held, WorkerError> {
        let held = self.ledger().all_guards().await.map_err(store)?;
        Ok(held.into_iter().map(|held| (held.guard.clone(), held)).collect())
    }

    /// Reads once more how guards are held that are not as the ledger says; tells whether that changed.
    pub(super) async fn read_guards_again(
        &self,
        held: &mut Held,
        differences: Vec<(Guard, Difference)>,
    ) -> Result<bool, WorkerError> {
        let mut changed = false;
        for (guard, _) in differences {
            let now = self.ledger().holder(&guard).await.map_err(store)?;
            changed |= now.as_ref() != held.get(&guard);
            match now {
                Some(now) => drop(held.insert(guard, now)),
                None => drop(held.remove(&guard)),
            }
        }
        Ok(changed)
    }

    /// Takes in a stream, for the first time or once more; what is damaged is told.
    fn take(
        &self,
        found: Result<StreamCommits, LoadError>,
        derived: &mut Derived,
        report: &mut VerifyReport,
    ) -> Result<(), WorkerError> {
        let StreamCommits { stream, commits } = match found {
            Ok(found) => found,
            Err(LoadError::Store(error)) => return Err(store(error)),
            Err(damage) => {
                if let LoadError::Damaged { stream, .. } = &damage {
                    derived.unreadable.insert(stream.clone());
                }
                report.differences.push(Difference::Damaged { reason: damage.to_string() });
                return Ok(());
            }
        };
        let before = derived.heads.get(&stream).copied();
        report.streams += u64::from(before.is_none());
        report.commits += (commits.len() as u64).saturating_sub(before.unwrap_or(0));
        let guards = ledger::guards_of(&commits).map_err(|unreadable| unreadable.to_string());
        let plan = guards.and_then(|guards| {
            derived.guards.insert(stream.clone(), guards);
            plan(&*self.projection, &stream, &commits, 0).map_err(|failure| failure.to_string())
        });
        match plan {
            Ok(plan) => {
                for row in plan.rows {
                    let other = derived.owners.insert(row.at.clone(), stream.clone());
                    if before.is_none() && other.is_some() {
                        *derived.givers.entry(row.at.clone()).or_insert(1) += 1;
                    }
                    derived.rows.insert(row);
                }
                derived.heads.insert(stream, plan.head);
            }
            Err(reason) => {
                report.differences.push(Difference::Damaged { reason });
                derived.unreadable.insert(stream);
            }
        }
        Ok(())
    }
}

impl Derived {
    /// Compares guards, both ways.
    pub(super) fn compare_guards(&self, held: &Held) -> Vec<(Guard, Difference)> {
        let mut differences = Vec::new();
        let mut tell = |Guard { scope, claim }: &Guard, what: String| {
            let guard = Guard { scope: scope.clone(), claim: claim.clone() };
            differences.push((guard, Difference::Guard { scope: scope.clone(), claim: claim.clone(), what }));
        };
        let mut wanted = BTreeSet::new();
        for one in self.guards.values().flatten() {
            wanted.insert(&one.guard);
            match held.get(&one.guard) {
                Some(stored) if stored == one => {}
                Some(stored) => tell(
                    &one.guard,
                    format!(
                        "held by commit {} of {}, not by {} of {}",
                        stored.number, stored.stream, one.number, one.stream
                    ),
                ),
                None => tell(&one.guard, "missing".to_owned()),
            }
        }
        for left in held.values().filter(|held| !wanted.contains(&held.guard)) {
            if !self.unreadable.contains(&left.stream) {
                tell(&left.guard, "follows from no event".to_owned());
            }
        }
        differences
    }

    /// Compares rows and checkpoints, both ways.
    ///
    /// A row does not name its stream. Where streams cannot be read, a row that no other gives may be theirs: it is taken as expected, and so are the
    /// pages made of it. The damage itself is told once.
    pub(super) fn compare_rows(
        &mut self,
        stored: &Stored,
        waiting: &Waiting,
        report: &mut VerifyReport,
    ) -> Vec<Difference> {
        let mut differences = Vec::new();
        report.rows = stored.rows.rows().count() as u64;
        for row in stored.rows.rows().filter(|row| self.rows.get(&row.at).is_none()).collect::<Vec<_>>() {
            if self.unreadable.is_empty() {
                differences.push(row_difference(&row.at, "follows from no event"));
            } else {
                report.unread_rows += 1;
                self.rows.insert(row.clone());
            }
        }
        for wanted in self.rows.rows() {
            let stream = self.owners.get(&wanted.at);
            let checkpoint = stream.map_or(0, |stream| stored.checkpoint(stream));
            let what = match stored.rows.get(&wanted.at) {
                Some(row) if row == wanted => continue,
                // The stream's own line says that it is behind.
                _ if checkpoint < wanted.version => continue,
                Some(row) if row.version == wanted.version => "of other content".to_owned(),
                Some(row) => format!("at version {}, the ledger gives {}", row.version, wanted.version),
                None if waiting.gives(&wanted.at, self.givers.get(&wanted.at).copied().unwrap_or(1)) => continue,
                None => "missing".to_owned(),
            };
            differences.push(row_difference(&wanted.at, &what));
        }
        for (stream, head) in &self.heads {
            let checkpoint = stored.checkpoint(stream);
            if checkpoint < *head {
                differences.push(Difference::Behind { stream: stream.to_string(), checkpoint, head: *head });
            }
        }
        differences
    }
}

fn row_difference(at: &RowKey, what: &str) -> Difference {
    Difference::Row { slice: at.slice.clone(), key: at.key.clone(), what: what.to_owned() }
}

fn store(error: StoreError) -> WorkerError {
    WorkerError::Ledger(LoadError::Store(error))
}
