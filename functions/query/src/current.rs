//! Which index is answered from.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use search::{Cache, Cursor, Found, IndexError, IndexObjects, Manifest, Reader, Shelf};
use thiserror::Error;
use tokio::task::spawn_blocking;
use views::{FOLD_GENERATION, ViewError, Views};

/// How long an index is answered from without a look whether there is a newer one.
const KEPT: Duration = Duration::from_secs(1);

/// There is no index to answer from.
#[derive(Debug, Error)]
pub(crate) enum NoIndex {
    /// None was built yet by code of this kind.
    #[error("no generation of the index is live")]
    NotBuilt,
    /// The views cannot be read.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// It is damaged.
    #[error("the index cannot be opened: {0}")]
    Damaged(String),
}

/// The index that queries are answered from.
pub(crate) struct Current {
    views: Views,
    objects: IndexObjects,
    cache: Arc<Cache>,
    kept: Mutex<Option<Kept>>,
}

#[derive(Clone)]
struct Kept {
    tag: String,
    index: Index,
    looked: Instant,
}

/// An index that is open.
#[derive(Clone)]
pub(crate) struct Index {
    /// What answers.
    pub(crate) reader: Arc<Reader>,
    /// Its generation.
    pub(crate) generation: u64,
    manifest: Arc<Manifest>,
}

impl fmt::Debug for Current {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Current").field("objects", &self.objects).finish_non_exhaustive()
    }
}

impl Current {
    pub(crate) fn new(views: Views, objects: IndexObjects) -> Self {
        Self { views, objects, cache: Arc::default(), kept: Mutex::default() }
    }

    /// The newest index there is; the one before it where the newest cannot be read.
    ///
    /// # Errors
    /// There is none at all.
    pub(crate) async fn index(&self) -> Result<Index, NoIndex> {
        let kept = self.kept();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.looked.elapsed() < KEPT) {
            return Ok(kept.index.clone());
        }
        match (self.newest(kept.as_ref()).await, kept) {
            (Ok(newest), _) => {
                self.keep(newest.clone());
                Ok(newest.index)
            }
            (Err(error), Some(kept)) => {
                tracing::error!(%error, alarm = "index-reader", "the newest index cannot be read; the one before it serves on");
                self.keep(Kept { looked: Instant::now(), ..kept.clone() });
                Ok(kept.index)
            }
            (Err(error), None) => Err(error),
        }
    }

    /// The older index of the same generation that `cursor` came from; none if it is the newest, or gone.
    pub(crate) async fn of(&self, newest: &Index, cursor: &Cursor) -> Option<Index> {
        let is_older = cursor.generation() == newest.manifest.generation && cursor.counter() < newest.reader.counter();
        if !is_older {
            return None;
        }
        let manifest = self.objects.manifest(cursor.generation(), cursor.counter()).await.ok()??;
        self.open(newest.generation, manifest).await.ok()
    }

    async fn newest(&self, kept: Option<&Kept>) -> Result<Kept, NoIndex> {
        let live = self.views.index_registry().await?.live.filter(|live| live.schema == search::code(FOLD_GENERATION));
        let generation = live.ok_or(NoIndex::NotBuilt)?.number;
        let kept = kept.filter(|kept| kept.index.generation == generation);
        let looked = Instant::now();
        match self.objects.head(generation, kept.map(|kept| kept.tag.as_str())).await? {
            Found::Same => kept.map(|kept| Kept { looked, ..kept.clone() }).ok_or(NoIndex::NotBuilt),
            Found::Nothing => Err(NoIndex::NotBuilt),
            Found::Head(tag, head) => {
                let index = match kept.filter(|kept| *kept.index.manifest == head.manifest) {
                    // A walk moved on, and no document with it.
                    Some(kept) => kept.index.clone(),
                    None => self.open(generation, head.manifest).await?,
                };
                Ok(Kept { tag, index, looked })
            }
        }
    }

    async fn open(&self, generation: u64, manifest: Manifest) -> Result<Index, NoIndex> {
        let (shelf, cache, manifest): (Arc<dyn Shelf>, _, _) =
            (Arc::new(self.objects.shelf()), Arc::clone(&self.cache), Arc::new(manifest));
        let of = Arc::clone(&manifest);
        let opened = spawn_blocking(move || Reader::open(&of, &shelf, &cache)).await;
        let opened = opened.map_err(|error| NoIndex::Damaged(error.to_string()))?;
        let reader = opened.map(Arc::new).map_err(|error| NoIndex::Damaged(error.to_string()))?;
        Ok(Index { reader, generation, manifest })
    }

    fn kept(&self) -> Option<Kept> {
        // An index is whole or not there: a panic of another holder left nothing half done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, kept: Kept) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}
