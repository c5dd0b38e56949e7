//! Objects in a folder, read by ranges as S3 is.

use std::{
    fs::{self, File},
    io,
    ops::Range,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
};

use search::{Shelf, ShelfError};

/// Objects in a folder, read by ranges as S3 is.
#[derive(Debug)]
pub(super) struct FolderShelf(PathBuf);

impl FolderShelf {
    pub(super) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Moves a file that was built to where the object lies.
    pub(super) fn put(&self, key: &str, file: &Path) -> io::Result<()> {
        let place = self.0.join(key);
        place.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::rename(file, place)
    }

    /// Removes an object that nothing names.
    pub(super) fn remove(&self, key: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(key))
    }
}

impl Shelf for FolderShelf {
    fn read(&self, key: &str, range: Range<u64>) -> Result<Vec<u8>, ShelfError> {
        let read = || {
            let file = File::open(self.0.join(key))?;
            let end = range.end.min(file.metadata()?.len());
            let mut bytes = vec![0; usize::try_from(end.saturating_sub(range.start)).unwrap_or_default()];
            file.read_exact_at(&mut bytes, range.start)?;
            Ok(bytes)
        };
        read().map_err(|error: io::Error| ShelfError::Failed { key: key.to_owned(), source: error.into() })
    }
}
