//! Objects in memory.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Shelf, ShelfError};

/// Objects in memory, for tests: counts what is asked of it.
#[derive(Debug, Default)]
pub struct MemoryShelf {
    objects: Mutex<BTreeMap<String, Vec<u8>>>,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl MemoryShelf {
    /// Puts an object, in place of one that had its key.
    pub fn put(&self, key: impl Into<String>, bytes: Vec<u8>) {
        self.change(|objects| objects.insert(key.into(), bytes));
    }

    /// Takes an object away.
    pub fn remove(&self, key: &str) -> Option<Vec<u8>> {
        self.change(|objects| objects.remove(key))
    }

    /// The keys of all objects.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.change(|objects| objects.keys().cloned().collect())
    }

    /// Bytes of all objects together.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.change(|objects| objects.values().map(|object| object.len() as u64).sum())
    }

    /// Reads so far.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Bytes read so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    fn change<T>(&self, change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> T) -> T {
        change(&mut self.objects.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Shelf for MemoryShelf {
    fn read(&self, key: &str, range: Range<u64>) -> Result<Vec<u8>, ShelfError> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let read = self.change(|objects| {
            let object = objects.get(key).ok_or_else(|| ShelfError::Missing { key: key.to_owned() })?;
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(object.len());
            Ok(object.get(place(range.start)..place(range.end)).unwrap_or_default().to_vec())
        })?;
        self.bytes.fetch_add(read.len() as u64, Ordering::Relaxed);
        Ok(read)
    }
}
