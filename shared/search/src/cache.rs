//! What was fetched.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use lru::LruCache;
use tantivy::directory::OwnedBytes;

use crate::reader::Columns;

/// What was fetched and checked, for all manifests of a process: objects never change. Chunks as they came, and columns as they are counted by; what was not used longest goes
/// first.
#[derive(Debug)]
pub struct Cache {
    most: usize,
    kept: Mutex<Kept>,
    loading: Mutex<()>,
    requests: AtomicU64,
    bytes: AtomicU64,
}

type Chunk = (Arc<str>, usize);

struct Kept {
    chunks: LruCache<Chunk, OwnedBytes>,
    /// By the object that they lie in.
    columns: LruCache<Arc<str>, Arc<Columns>>,
    /// Those that some index holds, whether or not they found room here.
    held: HashMap<Arc<str>, Weak<Columns>>,
    /// Bytes of the chunks.
    bytes: usize,
    /// Bytes of the columns.
    of_columns: usize,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Kept")
            .field("chunks", &self.chunks.len())
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Cache {
    /// Keeps at most `most` bytes; three quarters of them may be columns, and chunks have what these leave. What a query holds at the moment is not counted, nor columns of the
    /// index that is open which find no room.
    #[must_use]
    pub fn new(most: usize) -> Self {
        let (chunks, columns) = (LruCache::unbounded(), LruCache::unbounded());
        let kept = Kept { chunks, columns, held: HashMap::new(), bytes: 0, of_columns: 0 };
        Self {
            most,
            kept: Mutex::new(kept),
            loading: Mutex::default(),
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// Reads of the shelf so far.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Bytes read from the shelf so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn get(&self, key: &Arc<str>, chunk: usize) -> Option<OwnedBytes> {
        self.kept().chunks.get(&(Arc::clone(key), chunk)).cloned()
    }

    /// Keeps a chunk.
    pub(crate) fn keep(&self, key: &Arc<str>, chunk: usize, bytes: OwnedBytes) {
        let mut kept = self.kept();
        kept.bytes += bytes.len();
        if let Some(before) = kept.chunks.put((Arc::clone(key), chunk), bytes) {
            kept.bytes -= before.len();
        }
        kept.shrink(self.most);
    }

    /// Forgets chunks of which nothing is needed any more.
    pub(crate) fn forget(&self, key: &Arc<str>, chunks: Range<usize>) {
        let mut kept = self.kept();
        for chunk in chunks {
            if let Some(gone) = kept.chunks.pop(&(Arc::clone(key), chunk)) {
                kept.bytes -= gone.len();
            }
        }
    }

    /// The columns that lie in an object, if they are kept, or held by another index.
    pub(crate) fn columns(&self, key: &Arc<str>) -> Option<Arc<Columns>> {
        let mut kept = self.kept();
        let known = kept.columns.get(key).cloned();
        known.or_else(|| kept.held.get(key).and_then(Weak::upgrade))
    }

    /// Only one index of the process loads columns at a time: nothing lies in memory twice.
    pub(crate) fn loads(&self) -> MutexGuard<'_, ()> {
        self.loading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the columns that lie in an object.
    pub(crate) fn keep_columns(&self, key: &Arc<str>, columns: &Arc<Columns>) {
        let mut kept = self.kept();
        kept.held.retain(|_, held| held.strong_count() > 0);
        kept.held.insert(Arc::clone(key), Arc::downgrade(columns));
        kept.of_columns += columns.bytes();
        if let Some(before) = kept.columns.put(Arc::clone(key), Arc::clone(columns)) {
            kept.of_columns -= before.bytes();
        }
        while kept.of_columns > self.most / 4 * 3 {
            let Some((_, gone)) = kept.columns.pop_lru() else { break };
            kept.of_columns -= gone.bytes();
        }
        kept.shrink(self.most);
    }

    pub(crate) fn count(&self, bytes: usize) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Forgets chunks until all is small enough.
    fn shrink(&mut self, most: usize) {
        while self.bytes + self.of_columns > most {
            let Some((_, gone)) = self.chunks.pop_lru() else { break };
            self.bytes -= gone.len();
        }
    }
}

impl Default for Cache {
    /// 128 MiB: the columns of a million documents are to find room, and a process that answers is to stay below 256 MiB (B5).
    fn default() -> Self {
        Self::new(128 << 20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_longest_goes_first() {
        let cache = Cache::new(20);
        let key: Arc<str> = "a".into();
        for chunk in 0..2 {
            cache.keep(&key, chunk, OwnedBytes::new(vec![0; 10]));
        }
        assert!(cache.get(&key, 0).is_some());
        cache.keep(&key, 2, OwnedBytes::new(vec![0; 10]));
        assert!(cache.get(&key, 1).is_none());
        assert!(cache.get(&key, 0).is_some() && cache.get(&key, 2).is_some());
        cache.keep(&key, 3, OwnedBytes::new(vec![0; 30]));
        assert!(cache.get(&key, 3).is_none());
    }

    #[test]
    fn what_is_forgotten_makes_room() {
        let cache = Cache::new(20);
        let key: Arc<str> = "a".into();
        for chunk in 0..2 {
            cache.keep(&key, chunk, OwnedBytes::new(vec![0; 10]));
        }
        cache.forget(&key, 0..1);
        cache.keep(&key, 2, OwnedBytes::new(vec![0; 10]));
        assert!(cache.get(&key, 0).is_none());
        assert!(cache.get(&key, 1).is_some() && cache.get(&key, 2).is_some());
    }
}
