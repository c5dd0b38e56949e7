//! Turns at work: whoever works from a prefix holds one, so that a rebuild can wait until nobody works from the old one.

use tokio::sync::OwnedRwLockReadGuard;

use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    registry::{FOLD_GENERATION, Registry},
};

/// A turn at work: the registry as it was when the turn began, and the right to work by it.
///
/// INVARIANT: who reads rows to write a page holds a turn from before it read the registry until its last write. A turn is one batch, one
/// slice of a sweep or one retry: short, for a rebuild waits for all of them and new ones wait for it.
#[derive(Debug)]
pub(crate) struct Turn {
    /// Which prefixes there are, read consistently when the turn began.
    pub(crate) registry: Registry,
    _at_work: OwnedRwLockReadGuard<()>,
}

impl<P: Projection> Worker<P> {
    /// Begins a turn; waits for a rebuild that waits for the turns under way.
    pub(crate) async fn turn(&self) -> Result<Turn, WorkerError> {
        let at_work = std::sync::Arc::clone(&self.at_work).read_owned().await;
        let registry = self.registry().await?;
        self.is_of_our_fold(&registry)?;
        Ok(Turn { registry, _at_work: at_work })
    }

    /// Whether this code can read the rows that pages are rendered from.
    pub(crate) fn is_of_our_fold(&self, registry: &Registry) -> Result<(), WorkerError> {
        match registry.active_fold() {
            Some(found) if found != FOLD_GENERATION => {
                // What looks empty to this code may be full of rows: better nothing than pages made of nothing.
                tracing::error!(alarm = "other-fold", found, ours = FOLD_GENERATION, "the views are of another fold");
                Err(WorkerError::OtherFold { found, ours: FOLD_GENERATION })
            }
            _ => Ok(()),
        }
    }

    /// Ends when every turn of this worker and its clones that began before is over.
    pub(crate) async fn join(&self) {
        drop(self.at_work.write().await);
    }
}
