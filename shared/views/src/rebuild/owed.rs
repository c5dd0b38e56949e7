//! Withdrawals that the old prefix still owed to readers when the switch came.
//!
//! A fresh prefix is filled up to the heads: a doorbell that comes late finds nothing to do there, and the page pass tells all it writes as mere changes,
//! which CloudFront is not sent (ADR 007). So a rebuild remembers who withdrew something, and asks the old prefix, once nobody works from it any
//! more, whether the purges of that were left. If any may be missing, every copy is purged after the page pass.

use std::collections::BTreeMap;

use domain::StreamId;
use ledger::{Commit, LoadError};

use super::RebuildError;
use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    registry::Registry,
    store::Prefix,
};

/// Streams whose checkpoints are read at once: as many as one request takes.
const READ: usize = 100;

/// What a rebuild has met so far.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// The head of each stream.
    pub(super) heads: BTreeMap<StreamId, u64>,
    /// The last commit of each stream that took something from the public, of those the fresh prefix is past.
    pub(super) withdrawn: BTreeMap<StreamId, u64>,
}

/// The last commit that took something from the public; none if none did.
pub(crate) fn last_withdrawal<P: Projection>(projection: &P, commits: &[Commit]) -> Option<u64> {
    commits.iter().rev().find(|commit| projection.withdraws(commit)).map(|commit| commit.number)
}

/// Whether the purges of a withdrawal may not have been left: whoever moves a checkpoint past it has left them before.
pub(crate) fn is_owed(withdrawal: u64, checkpoint: u64) -> bool {
    checkpoint < withdrawal
}

impl<P: Projection> Worker<P> {
    /// Notes the last withdrawal of a stream that the fresh prefix is past; what lies beyond is left to the batch that brings it.
    pub(super) async fn note_withdrawal(
        &self,
        fresh: &Prefix,
        stream: &StreamId,
        met: &mut Met,
    ) -> Result<(), RebuildError> {
        let commits = match self.ledger.load(stream).await {
            Ok(commits) => commits,
            Err(LoadError::Store(error)) => return Err(WorkerError::Ledger(LoadError::Store(error)).into()),
            // It is parked, with no checkpoint: whoever can read it again begins at its first commit.
            Err(_) => return Ok(()),
        };
        let checkpoint = self.views.checkpoint(fresh, stream).await.map_err(WorkerError::View)?;
        let done: Vec<Commit> = commits.into_iter().take_while(|commit| commit.number <= checkpoint).collect();
        met.withdrawn.extend(last_withdrawal(&*self.projection, &done).map(|number| (stream.clone(), number)));
        Ok(())
    }

    /// Whether the old prefix may owe purges of withdrawals: to be asked when nobody works from it any more, and before it is dropped.
    ///
    /// What a dirty or a parked page was left for is not told, so it counts as a withdrawal, as it does for the sweep.
    pub(super) async fn owes_withdrawals(
        &self,
        old: &Prefix,
        registry: &mut Registry,
        met: &Met,
    ) -> Result<bool, RebuildError> {
        if self.views.may_owe_withdrawals(old).await.map_err(WorkerError::View)? {
            return Ok(true);
        }
        let withdrawn: Vec<(&StreamId, &u64)> = met.withdrawn.iter().collect();
        for chunk in withdrawn.chunks(READ) {
            self.renew(registry).await?;
            let streams: Vec<StreamId> = chunk.iter().map(|(stream, _)| (*stream).clone()).collect();
            let done = self.views.checkpoints(old, &streams).await.map_err(WorkerError::View)?;
            if chunk.iter().any(|(stream, number)| is_owed(**number, done.get(*stream).copied().unwrap_or(0))) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
