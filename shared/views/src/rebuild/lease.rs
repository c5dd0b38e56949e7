//! A rebuild's word that it is at work, and what happens to the prefixes of one that is not any more.

use super::RebuildError;
use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    registry::Registry,
    store::Prefix,
};

/// Milliseconds that a rebuild's word is good for: twice the longest function timeout, so that whoever finds it over knows that no worker is left
/// that began before the switch.
const GOOD_FOR: i64 = 30 * 60 * 1000;

/// A word that is good for less than this is given anew.
const RENEWED_UNDER: i64 = 20 * 60 * 1000;

impl<P: Projection> Worker<P> {
    /// Writes the registry, with the word of this rebuild that it is at work.
    pub(super) async fn hold(&self, registry: &mut Registry) -> Result<(), RebuildError> {
        self.give_word(registry, self.ledger.now().as_millisecond() + GOOD_FOR).await
    }

    /// Writes the registry, without its word: the rebuild is over.
    pub(super) async fn let_go(&self, registry: &mut Registry) -> Result<(), RebuildError> {
        self.give_word(registry, 0).await
    }

    async fn give_word(&self, registry: &mut Registry, word: i64) -> Result<(), RebuildError> {
        let before = std::mem::replace(&mut registry.rebuild_until, word);
        let given = self.swap(registry).await;
        if given.is_err() {
            // What stays here is the last word that was given.
            registry.rebuild_until = before;
        }
        given
    }

    /// Gives the word anew where it is about to run out; finds out on the way if a deployment or another rebuild came between.
    pub(super) async fn renew(&self, registry: &mut Registry) -> Result<(), RebuildError> {
        if registry.rebuild_until - self.ledger.now().as_millisecond() < RENEWED_UNDER {
            self.hold(registry).await?;
        }
        Ok(())
    }

    pub(super) async fn swap(&self, registry: &mut Registry) -> Result<(), RebuildError> {
        registry.revision += 1;
        match self.views.swap_registry(registry).await.map_err(WorkerError::View)? {
            true => Ok(()),
            false => Err(RebuildError::Raced),
        }
    }

    /// Drops every prefix but the active one: left behind by a rebuild that stopped, or just switched from.
    ///
    /// Closed first, forgotten last: whoever dies between the two, or has deleted for `requests` requests, leaves names that the next one finds. Tells
    /// whether nothing is left.
    pub(super) async fn drop_unused(&self, registry: &mut Registry, requests: usize) -> Result<bool, RebuildError> {
        let unused = registry.close_unused();
        if unused.is_empty() {
            return Ok(true);
        }
        self.swap(registry).await?;
        self.join().await;
        for name in unused {
            if !self.views.drop_prefix(&Prefix(name), requests).await.map_err(WorkerError::View)? {
                return Ok(false);
            }
        }
        registry.forget_unused();
        self.swap(registry).await?;
        Ok(true)
    }

    /// Takes back the word of a rebuild that is known to be over, as is every worker that began before its switch: it stopped and waited for them,
    /// or the process that ran them all is gone.
    ///
    /// # Errors
    /// A store failed.
    pub async fn give_up_rebuild(&self) -> Result<(), WorkerError> {
        let mut registry = self.registry().await?;
        if registry.rebuild_until > 0 {
            registry.rebuild_until = 0;
            registry.revision += 1;
            // Whoever was faster has a word of its own.
            self.views.swap_registry(&registry).await?;
        }
        Ok(())
    }

    /// Takes back this word of a rebuild that stopped, unless another rebuild has given one since.
    pub(super) async fn give_up_word(&self, word: i64) -> Result<(), WorkerError> {
        match self.registry().await?.rebuild_until == word {
            true => self.give_up_rebuild().await,
            false => Ok(()),
        }
    }

    /// Drops the prefixes that a rebuild left behind when it died: every batch would go on feeding them. Deletes with at most so many requests for
    /// each, the rest is the next run's; tells whether something was there and nothing of it is left.
    ///
    /// # Errors
    /// A store failed; the next run goes on.
    pub async fn drop_left_prefixes(&self, requests: usize) -> Result<bool, WorkerError> {
        let mut registry = self.registry().await?;
        if registry.prefixes.len() <= 1 || registry.is_rebuilt(self.ledger.now()) {
            return Ok(false);
        }
        match self.drop_unused(&mut registry, requests).await {
            Ok(gone) => Ok(gone),
            // A rebuild or a deployment has the registry now.
            Err(RebuildError::Raced | RebuildError::Parked(_)) => Ok(false),
            Err(RebuildError::Worker(error)) => Err(error),
        }
    }
}
