//! A folder in which the next index is made.

use std::{io, path::Path, sync::Arc};

use tantivy::{
    Directory,
    directory::{
        DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenReadError, OpenWriteError},
    },
};

use crate::directory::ShelfDirectory;

/// A folder in which the next index is made: what is new lies in the folder, what is old on the shelf, and tantivy sees one directory.
#[derive(Debug, Clone)]
pub(crate) struct Workbench {
    folder: MmapDirectory,
    shelf: ShelfDirectory,
}

impl Workbench {
    pub(crate) fn new(folder: &Path, shelf: ShelfDirectory) -> tantivy::Result<Self> {
        Ok(Self { folder: MmapDirectory::open(folder)?, shelf })
    }
}

impl Directory for Workbench {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match self.folder.get_file_handle(path) {
            Err(OpenReadError::FileDoesNotExist(_)) => self.shelf.get_file_handle(path),
            found => found,
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.folder.exists(path)? || self.shelf.exists(path)?)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match self.folder.atomic_read(path) {
            Err(OpenReadError::FileDoesNotExist(_)) => self.shelf.atomic_read(path),
            read => read,
        }
    }

    /// Only what is new is ever collected: tantivy remembers what it wrote here and knows nothing of the rest.
    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.folder.delete(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.folder.open_write(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.folder.atomic_write(path, data)
    }

    /// What is lost with the machine is built again.
    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.folder.acquire_lock(lock)
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
