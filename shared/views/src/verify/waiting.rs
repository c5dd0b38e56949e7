//! What may be as it was, because work for it waits.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use domain::StreamId;

use super::{Derived, stored::Stored};
use crate::{
    incremental::{Worker, WorkerError},
    page::PageKey,
    plan::plan,
    projection::Projection,
    reads::Read,
    row::RowKey,
    store::Prefix,
    work::{DirtyWork, Scope},
};

/// Dirty rows that are looked at; where there are more, any page may be one of theirs.
const DIRTY: i32 = 1000;

/// What may be as it was, because work for it waits: commits that are not projected yet, or dirty rows.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Work waits that may lead to any page.
    everywhere: bool,
    /// Pages that work leads to.
    pages: BTreeSet<PageKey>,
    /// Constants that such commits give, with how many streams do.
    constants: BTreeMap<RowKey, usize>,
}

impl Waiting {
    /// Whether a page may be as an earlier state of the ledger had it.
    pub(super) fn is_for(&self, page: &PageKey) -> bool {
        self.everywhere || self.pages.contains(page)
    }

    /// Whether a constant that is missing is yet to be written, by all `givers` that it has.
    pub(super) fn gives(&self, constant: &RowKey, givers: usize) -> bool {
        self.constants.get(constant).is_some_and(|waiting| *waiting >= givers)
    }
}

impl<P: Projection> Worker<P> {
    /// What waits for the streams that are behind.
    pub(super) async fn waiting(&self, derived: &Derived, stored: &Stored) -> Result<Waiting, WorkerError> {
        let mut waiting = Waiting::default();
        for (stream, _) in derived.heads.iter().filter(|(stream, head)| stored.checkpoint(stream) < **head) {
            self.wait_for(&mut waiting, derived, stream, stored.checkpoint(stream)).await?;
        }
        Ok(waiting)
    }

    /// Adds what was committed since the ledger was read.
    pub(super) async fn wait_for_news(&self, waiting: &mut Waiting, derived: &Derived) -> Result<(), WorkerError> {
        for stream in self.unread(derived).await? {
            self.wait_for(waiting, derived, &stream, derived.heads.get(&stream).copied().unwrap_or(0)).await?;
        }
        Ok(())
    }

    /// Adds what a stream's commits past `known` lead to. What cannot be read or folded leads nowhere: the damage is told by itself.
    async fn wait_for(
        &self,
        waiting: &mut Waiting,
        derived: &Derived,
        stream: &StreamId,
        known: u64,
    ) -> Result<(), WorkerError> {
        let commits = match self.ledger().load(stream).await {
            Ok(commits) => commits,
            Err(error @ ledger::LoadError::Store(_)) => return Err(WorkerError::Ledger(error)),
            Err(_) => return Ok(()),
        };
        let Ok(plan) = plan(&*self.projection, stream, &commits, known) else { return Ok(()) };
        waiting.pages.extend(plan.pages);
        self.walk(waiting, derived, plan.scopes.into_iter().collect());
        for row in plan.rows.into_iter().filter(|row| row.version == 1) {
            *waiting.constants.entry(row.at).or_default() += 1;
        }
        Ok(())
    }

    /// Adds what dirty rows lead to; tells how many there are, as far as they are counted.
    pub(super) async fn wait_for_dirty(
        &self,
        prefix: &Prefix,
        waiting: &mut Waiting,
        derived: &Derived,
    ) -> Result<u64, WorkerError> {
        let dirty = self.views.dirty(prefix, DIRTY).await?;
        waiting.everywhere |= i32::try_from(dirty.len()).is_ok_and(|count| count == DIRTY);
        let count = dirty.len() as u64;
        for row in dirty {
            match row.work {
                DirtyWork::City => waiting.everywhere = true,
                DirtyWork::Page(page) => drop(waiting.pages.insert(page)),
                DirtyWork::Scope(scope) => self.walk(waiting, derived, vec![scope]),
                DirtyWork::Copies => {}
            }
        }
        Ok(count)
    }

    /// Adds the pages of scopes, as a sweep would come to them.
    fn walk(&self, waiting: &mut Waiting, derived: &Derived, mut scopes: Vec<Scope>) {
        let mut walked = HashSet::new();
        while let Some(Scope { slice, prefix, .. }) = scopes.pop() {
            if !walked.insert((slice.clone(), prefix.clone())) {
                continue;
            }
            for row in derived.rows.read(&Read::Range { slice, prefix }) {
                waiting.pages.extend(self.projection.pages_of(&row));
                scopes.extend(self.projection.scopes_of(&row));
            }
        }
    }
}
