//! What the CDN keeps in memory, for how long, and how it is told to forget.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use lru::LruCache;

use super::stored::Stored;

/// `s-maxage` of pages.
pub const FRESH: Duration = Duration::from_secs(10);
/// `stale-while-revalidate` of pages.
pub const STALE: Duration = Duration::from_secs(20);
/// `stale-if-error` of pages.
pub const STALE_IF_ERROR: Duration = Duration::from_secs(86_400);

const SHARDS: usize = 16;
const ENTRIES_PER_SHARD: usize = 128;
/// Larger objects are served but not kept.
const LARGEST: usize = 512 * 1024;

/// What the cache knows of a key.
#[derive(Debug, Clone)]
pub enum Found {
    /// Serve it.
    Fresh(Arc<Stored>),
    /// Serve it, and fetch it anew behind the answer; told to one caller at a time.
    Revalidate(Arc<Stored>),
    /// Serve it; somebody is fetching it.
    Stale(Arc<Stored>),
    /// Fetch it; if that fails, serve this.
    Expired(Arc<Stored>),
    /// Fetch it.
    Missing,
}

/// A promise to bring an object: it is kept only if no purge came between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

struct Entry {
    stored: Arc<Stored>,
    since: Instant,
    revalidating: Option<Instant>,
}

/// A bounded memory of objects with the CDN's freshness rules.
pub struct Cache {
    shards: Vec<Mutex<LruCache<String, Entry>>>,
    purges: AtomicU64,
}

impl Default for Cache {
    fn default() -> Self {
        let entries = NonZeroUsize::new(ENTRIES_PER_SHARD).unwrap_or(NonZeroUsize::MIN);
        Self { shards: (0..SHARDS).map(|_| Mutex::new(LruCache::new(entries))).collect(), purges: AtomicU64::new(0) }
    }
}

impl Cache {
    /// Looks up `key` at `now`.
    #[must_use]
    pub fn find(&self, key: &str, now: Instant) -> Found {
        let Some(mut shard) = self.shard(key) else { return Found::Missing };
        let Some(entry) = shard.get_mut(key) else { return Found::Missing };
        let stored = Arc::clone(&entry.stored);
        let age = now.saturating_duration_since(entry.since);
        if age < FRESH {
            Found::Fresh(stored)
        } else if age < FRESH + STALE {
            // A revalidation that died must not keep the next from starting.
            let asked = entry.revalidating.is_some_and(|at| now.saturating_duration_since(at) < FRESH);
            if asked {
                Found::Stale(stored)
            } else {
                entry.revalidating = Some(now);
                Found::Revalidate(stored)
            }
        } else if age < STALE_IF_ERROR {
            Found::Expired(stored)
        } else {
            shard.pop(key);
            Found::Missing
        }
    }

    /// Taken before the object is read from the bucket.
    #[must_use]
    pub fn ticket(&self) -> Ticket {
        Ticket(self.purges.load(Ordering::SeqCst))
    }

    /// Keeps what was fetched under `ticket`, and says which object now stands for `key`.
    ///
    /// Bytes read before a purge may be the very ones it was to remove, so they are not kept. Unchanged bytes keep their compressed variants.
    pub fn keep(&self, key: &str, stored: Arc<Stored>, ticket: Ticket, now: Instant) -> Arc<Stored> {
        if stored.size() > LARGEST {
            return stored;
        }
        let Some(mut shard) = self.shard(key) else { return stored };
        if self.ticket() != ticket {
            return stored;
        }
        let same =
            |old: &Stored| old.etag == stored.etag && old.status == stored.status && old.location == stored.location;
        let stored = match shard.peek(key) {
            Some(entry) if same(&entry.stored) => Arc::clone(&entry.stored),
            _ => stored,
        };
        shard.put(key.to_owned(), Entry { stored: Arc::clone(&stored), since: now, revalidating: None });
        stored
    }

    /// Forgets `key`, also where a fetch of it is on its way.
    pub fn forget(&self, key: &str) {
        let Some(mut shard) = self.shard(key) else { return };
        self.purges.fetch_add(1, Ordering::SeqCst);
        shard.pop(key);
    }

    /// Drops `key`, of which the bucket has nothing; fetches on their way are not concerned.
    pub fn drop_missing(&self, key: &str) {
        if let Some(mut shard) = self.shard(key) {
            shard.pop(key);
        }
    }

    /// Forgets everything, also what is on its way.
    pub fn forget_all(&self) {
        for shard in &self.shards {
            let mut shard = Self::locked(shard);
            self.purges.fetch_add(1, Ordering::SeqCst);
            shard.clear();
        }
    }

    fn shard(&self, key: &str) -> Option<MutexGuard<'_, LruCache<String, Entry>>> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let index = usize::from((hasher.finish() % (SHARDS as u64)) as u8);
        self.shards.get(index).map(Self::locked)
    }

    /// No code panics while it holds a shard; were it to, the entries are still whole.
    fn locked(shard: &Mutex<LruCache<String, Entry>>) -> MutexGuard<'_, LruCache<String, Entry>> {
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdn::origin::Object;

    fn object(text: &'static str) -> Arc<Stored> {
        Arc::new(Stored::new(&Object {
            bytes: text.into(),
            etag: format!("\"{text}\""),
            content_type: "text/html".to_owned(),
            ..Object::default()
        }))
    }

    #[test]
    fn an_entry_is_fresh_then_stale_then_expired_then_gone() {
        let cache = Cache::default();
        let start = Instant::now();
        cache.keep("www/index.html", object("a"), cache.ticket(), start);
        let find = |seconds| cache.find("www/index.html", start + Duration::from_secs(seconds));
        assert!(matches!(find(9), Found::Fresh(_)));
        assert!(matches!(find(11), Found::Revalidate(_)));
        assert!(matches!(find(12), Found::Stale(_)), "one revalidation at a time");
        assert!(matches!(find(22), Found::Revalidate(_)), "a lost revalidation is begun anew");
        assert!(matches!(find(31), Found::Expired(_)));
        assert!(matches!(find(86_401), Found::Missing));
        assert!(matches!(find(1), Found::Missing));
    }

    #[test]
    fn a_purge_also_voids_a_fetch_that_began_before_it() {
        let cache = Cache::default();
        let now = Instant::now();
        let ticket = cache.ticket();
        cache.forget("www/index.html");
        cache.keep("www/index.html", object("old"), ticket, now);
        assert!(matches!(cache.find("www/index.html", now), Found::Missing));
        cache.keep("www/index.html", object("new"), cache.ticket(), now);
        assert!(matches!(cache.find("www/index.html", now), Found::Fresh(_)));
    }

    #[test]
    fn a_key_that_is_not_there_voids_nobodys_fetch() {
        let cache = Cache::default();
        let now = Instant::now();
        let ticket = cache.ticket();
        cache.drop_missing("www/no/such.html");
        cache.keep("www/index.html", object("page"), ticket, now);
        assert!(matches!(cache.find("www/index.html", now), Found::Fresh(_)));
    }

    #[test]
    fn memory_stays_bounded() {
        let cache = Cache::default();
        let now = Instant::now();
        for number in 0..20_000 {
            cache.keep(&format!("www/{number}"), object("a"), cache.ticket(), now);
        }
        let held: usize = cache.shards.iter().map(|shard| shard.lock().unwrap().len()).sum();
        assert!(held <= SHARDS * ENTRIES_PER_SHARD, "{held}");
    }

    #[test]
    fn unchanged_bytes_keep_their_compressed_variants() {
        let cache = Cache::default();
        let now = Instant::now();
        let first = cache.keep("a", object("same"), cache.ticket(), now);
        let second = cache.keep("a", object("same"), cache.ticket(), now);
        assert!(Arc::ptr_eq(&first, &second));
    }
}
