//! Chunks that were fetched.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use lru::LruCache;
use tantivy::directory::OwnedBytes;

/// Chunks that were fetched and checked, for all manifests of a process: objects never change. What was not used longest goes first.
#[derive(Debug)]
pub struct Cache {
    most: usize,
    kept: Mutex<Kept>,
    requests: AtomicU64,
    bytes: AtomicU64,
}

type Chunk = (Arc<str>, usize);

struct Kept {
    chunks: LruCache<Chunk, OwnedBytes>,
    bytes: usize,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Kept").field("chunks", &self.chunks.len()).field("bytes", &self.bytes).finish()
    }
}

impl Cache {
    /// Keeps at most `most` bytes. What a query holds at the moment is not counted.
    #[must_use]
    pub fn new(most: usize) -> Self {
        let kept = Kept { chunks: LruCache::unbounded(), bytes: 0 };
        Self { most, kept: Mutex::new(kept), requests: AtomicU64::new(0), bytes: AtomicU64::new(0) }
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
        while kept.bytes > self.most {
            let Some((_, gone)) = kept.chunks.pop_lru() else { break };
            kept.bytes -= gone.len();
        }
    }

    pub(crate) fn count(&self, bytes: usize) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Cache {
    /// 128 MiB.
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
}
