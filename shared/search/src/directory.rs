//! The files of an index on a shelf, as tantivy reads them.

mod object;

use std::{
    collections::{HashMap, HashSet},
    fmt, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use tantivy::{
    Directory, HasLen,
    directory::{
        DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenReadError, OpenWriteError},
    },
    index::SegmentId,
};

pub use object::Damage;
pub(crate) use object::ShelfObject;

use crate::{cache::Cache, manifest::Manifest, shelf::Shelf};

/// Threads that fetch at once.
pub(crate) const THREADS: usize = 8;
/// The file from which tantivy opens an index.
pub(crate) const META: &str = "meta.json";
/// The ending of files that hold columns.
const COLUMNS: &str = "fast";

/// The files of an index on a shelf, as tantivy reads them; nothing can be written.
#[derive(Debug, Clone)]
pub(crate) struct ShelfDirectory(Arc<Files>);

#[derive(Debug)]
struct Files {
    meta: Vec<u8>,
    files: HashMap<PathBuf, ShelfFile>,
}

/// A file of tantivy's: a part of an object.
#[derive(Clone)]
struct ShelfFile {
    object: Arc<ShelfObject>,
    range: Range<u64>,
}

impl ShelfDirectory {
    pub(crate) fn new(manifest: &Manifest, shelf: &Arc<dyn Shelf>, cache: &Arc<Cache>) -> io::Result<Self> {
        let objects: HashMap<&str, Arc<ShelfObject>> = manifest
            .objects
            .iter()
            .map(|(key, object)| {
                (key.as_str(), Arc::new(ShelfObject::new(key, object, Arc::clone(shelf), Arc::clone(cache))))
            })
            .collect();
        let mut files = HashMap::new();
        for (name, file) in &manifest.files {
            let object = objects.get(file.key.as_str()).filter(|object| file.range().end <= object.length());
            let object = object.ok_or_else(|| io::Error::other(Damage { key: file.key.clone() }))?;
            files.insert(PathBuf::from(name), ShelfFile { object: Arc::clone(object), range: file.range() });
        }
        Ok(Self(Arc::new(Files { meta: manifest.meta_file()?, files })))
    }

    /// Fetches the ends of all files, several at once: opening an index reads them one after the other.
    pub(crate) fn fetch_ends(&self) -> io::Result<()> {
        let ends = self.0.files.values().map(|file| (file, file.range.end.saturating_sub(1).max(file.range.start)));
        fetch(ends.map(|(file, end)| (&file.object, end..end + 1)))
    }

    /// Where the columns of a segment lie: the object, and how many bytes they are there.
    pub(crate) fn columns(&self, segment: SegmentId) -> Option<(&Arc<str>, u64)> {
        self.columns_file(segment).map(|file| (file.object.key(), file.range.end - file.range.start))
    }

    /// Fetches the columns of segments, several parts at once: each question reads most of them, column after column.
    pub(crate) fn fetch_columns(&self, segments: &[SegmentId]) -> io::Result<()> {
        let files = segments.iter().filter_map(|segment| self.columns_file(*segment));
        fetch(files.map(|file| (&file.object, file.range.clone())))
    }

    /// Forgets the chunks of columns that were read: the columns themselves are kept.
    pub(crate) fn forget_columns(&self, segments: &[SegmentId]) {
        for file in segments.iter().filter_map(|segment| self.columns_file(*segment)) {
            file.object.forget(file.range.clone());
        }
    }

    fn columns_file(&self, segment: SegmentId) -> Option<&ShelfFile> {
        self.0.files.get(Path::new(&format!("{}.{COLUMNS}", segment.uuid_string())))
    }
}

/// Fetches what lies in ranges of objects, several parts at once, and each part once.
fn fetch<'a>(ranges: impl Iterator<Item = (&'a Arc<ShelfObject>, Range<u64>)>) -> io::Result<()> {
    let mut seen = HashSet::new();
    let parts = ranges.flat_map(|(object, range)| ShelfObject::parts(&range).map(move |part| (object, part)));
    let parts: Vec<_> = parts.filter(|(object, part)| seen.insert((object.key(), part.clone()))).collect();
    in_parallel(&parts, |(object, part)| object.fetch(part.clone())).map(drop)
}

/// Does something with each of `items`, on several threads; the results keep their order.
pub(crate) fn in_parallel<T: Sync, R: Send, E: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let each = items.len().div_ceil(THREADS).max(1);
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = items
            .chunks(each)
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Result<Vec<R>, E>>()))
            .collect();
        let mut results = Vec::with_capacity(items.len());
        for thread in threads {
            // What panics there panics here.
            results.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(results)
    })
}

impl Directory for ShelfDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let file = self.0.files.get(path).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        Ok(Arc::new(file.clone()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(path == Path::new(META) || self.0.files.contains_key(path))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(META) {
            Ok(self.0.meta.clone())
        } else {
            Err(OpenReadError::FileDoesNotExist(path.to_owned()))
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// Nothing changes, so there is nothing to keep others from.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn read_only() -> io::Error {
    io::Error::from(io::ErrorKind::ReadOnlyFilesystem)
}

impl HasLen for ShelfFile {
    fn len(&self) -> usize {
        usize::try_from(self.range.end - self.range.start).unwrap_or(usize::MAX)
    }
}

impl FileHandle for ShelfFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let range = self.range.start + range.start as u64..self.range.start + range.end as u64;
        if range.end > self.range.end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.object.read(range)
    }
}

impl fmt::Debug for ShelfFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}[{:?}]", self.object.key(), self.range)
    }
}
