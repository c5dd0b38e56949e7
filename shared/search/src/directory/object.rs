//! An object on a shelf, read in chunks.

use std::{fmt, io, ops::Range, sync::Arc};

use tantivy::directory::OwnedBytes;

use crate::{
    cache::Cache,
    manifest::{CHUNK, Digests, Object},
    shelf::Shelf,
};

/// Chunks that one request fetches at most.
const TOGETHER: usize = 16;

/// An object is not what its manifest says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("object `{key}` is not what the manifest says")]
pub struct Damage {
    /// Its key.
    pub key: String,
}

/// An object on a shelf, read in chunks. Each is checked against its digest when it is fetched.
pub(crate) struct ShelfObject {
    key: Arc<str>,
    length: u64,
    digests: Digests,
    shelf: Arc<dyn Shelf>,
    cache: Arc<Cache>,
}

impl ShelfObject {
    pub(crate) fn new(key: &str, object: &Object, shelf: Arc<dyn Shelf>, cache: Arc<Cache>) -> Self {
        let Object { length, digests } = object.clone();
        Self { key: key.into(), length, digests, shelf, cache }
    }

    pub(crate) fn key(&self) -> &Arc<str> {
        &self.key
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// The chunks of `range`, in parts that one request fetches.
    pub(crate) fn parts(range: &Range<u64>) -> impl Iterator<Item = Range<usize>> + use<> {
        let chunks = if range.is_empty() { 0..0 } else { number_of(range.start)..number_of(range.end - 1) + 1 };
        let end = chunks.end;
        chunks.step_by(TOGETHER).map(move |start| start..(start + TOGETHER).min(end))
    }

    /// Fetches chunks, so that they need not be fetched when they are read. What is asked for twice at once is fetched twice.
    pub(crate) fn fetch(&self, chunks: Range<usize>) -> io::Result<()> {
        self.chunks(chunks).map(drop)
    }

    /// Forgets the chunks that lie in `range` as a whole.
    pub(crate) fn forget(&self, range: Range<u64>) {
        self.cache.forget(&self.key, number_of(range.start.saturating_add(CHUNK as u64 - 1))..number_of(range.end));
    }

    /// The bytes of `range`, which must lie within the object.
    pub(crate) fn read(&self, range: Range<u64>) -> io::Result<OwnedBytes> {
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let (first, last) = (number_of(range.start), number_of(range.end - 1));
        let chunks = self.chunks(first..last + 1)?;
        let start = place_in_chunk(range.start);
        let length = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
        if let [chunk] = chunks.as_slice() {
            return Ok(chunk.slice(start..start + length));
        }
        let mut bytes = Vec::with_capacity(length);
        for (at, chunk) in chunks.iter().enumerate() {
            let from = if at == 0 { start } else { 0 };
            let most = length - bytes.len();
            let wanted = chunk.as_slice().get(from..).unwrap_or_default();
            bytes.extend_from_slice(wanted.get(..most).unwrap_or(wanted));
        }
        Ok(OwnedBytes::new(bytes))
    }

    /// The chunks `numbers`, each whole: those that were fetched before, and those between them with as few requests as may be.
    fn chunks(&self, numbers: Range<usize>) -> io::Result<Vec<OwnedBytes>> {
        let mut chunks = Vec::with_capacity(numbers.len());
        let mut missing = Vec::new();
        for number in numbers {
            match self.cache.get(&self.key, number) {
                Some(chunk) => {
                    self.fetch_missing(&mut missing, &mut chunks)?;
                    chunks.push(chunk);
                }
                None => missing.push(number),
            }
            if missing.len() == TOGETHER {
                self.fetch_missing(&mut missing, &mut chunks)?;
            }
        }
        self.fetch_missing(&mut missing, &mut chunks)?;
        Ok(chunks)
    }

    /// Fetches the neighbouring chunks `missing`, and forgets that they were missing.
    fn fetch_missing(&self, missing: &mut Vec<usize>, chunks: &mut Vec<OwnedBytes>) -> io::Result<()> {
        let (Some(first), Some(last)) = (missing.first(), missing.last()) else { return Ok(()) };
        let range = (first * CHUNK) as u64..((last + 1) as u64 * CHUNK as u64).min(self.length);
        let bytes = self.shelf.read(&self.key, range.clone()).map_err(io::Error::other)?;
        self.cache.count(bytes.len());
        if bytes.len() as u64 != range.end - range.start {
            return Err(self.damage());
        }
        for (number, chunk) in missing.drain(..).zip(bytes.chunks(CHUNK)) {
            if !self.digests.agree(number, chunk) {
                return Err(self.damage());
            }
            let chunk = OwnedBytes::new(chunk.to_vec());
            self.cache.keep(&self.key, number, chunk.clone());
            chunks.push(chunk);
        }
        Ok(())
    }

    fn damage(&self) -> io::Error {
        io::Error::other(Damage { key: self.key.to_string() })
    }
}

fn number_of(at: u64) -> usize {
    usize::try_from(at / CHUNK as u64).unwrap_or(usize::MAX)
}

fn place_in_chunk(at: u64) -> usize {
    usize::try_from(at % CHUNK as u64).unwrap_or_default()
}

impl fmt::Debug for ShelfObject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ShelfObject").field("key", &self.key).field("length", &self.length).finish()
    }
}
