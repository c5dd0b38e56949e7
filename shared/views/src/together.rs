//! Pages that are written together, and what they read: once for all of them.
//!
//! A page's ETag is read before its rows (PROTOCOLS.md "Page write"). Of pages that are written together every ETag is read first and only then any row, so a row
//! that was read for one of them is as good for the others. Whoever has to start over reads for himself.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures::{StreamExt, stream};
use tokio::sync::OnceCell;

use crate::{
    incremental::{CONCURRENT, Worker, WorkerError},
    page::{PageHead, PageKey, Told},
    projection::Projection,
    reads::Read,
    store::Prefix,
};

/// Pages that are written together at most: what they read lies in memory meanwhile.
pub(crate) const MOST: usize = 64;

/// The heads of some pages, read before anything else, and what was read for any of them since.
#[derive(Debug)]
pub(crate) struct Together {
    heads: BTreeMap<PageKey, Option<PageHead>>,
    reads: Mutex<BTreeMap<Read, Arc<OnceCell<Told>>>>,
}

impl Together {
    /// Reads the heads of `pages`. One that cannot be read is read again by its own page; pages of many megabytes stand alone.
    pub(crate) async fn of<P: Projection>(worker: &Worker<P>, pages: Vec<PageKey>) -> Self {
        let heads = stream::iter(pages.into_iter().filter(|page| !worker.projection.is_large(page)))
            .map(|page| async move {
                let head = worker.objects.head(&page).await;
                head.ok().map(|head| (page, head))
            })
            .buffer_unordered(CONCURRENT)
            .filter_map(|headed| async move { headed })
            .collect()
            .await;
        Self { heads, reads: Mutex::default() }
    }

    /// The head of a page as it was before anything was read here; none of a page whose head was not.
    pub(crate) fn head(&self, page: &PageKey) -> Option<Option<PageHead>> {
        self.heads.get(page).cloned()
    }

    /// The answer to `read`, by whichever page asked for it first.
    ///
    /// # Errors
    /// It cannot be read; whoever asks next tries again.
    pub(crate) async fn read<P: Projection>(
        &self,
        worker: &Worker<P>,
        prefix: &Prefix,
        read: &Read,
    ) -> Result<Told, WorkerError> {
        let cell = {
            let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(reads.entry(read.clone()).or_default())
        };
        cell.get_or_try_init(|| worker.read(prefix, read)).await.cloned()
    }
}
