//! Where the emulated cloud keeps its bytes, and who may use them.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, ErrorCode};

use super::CloudError;

const LOCK_FILE: &str = "lock";

/// Where a store lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Gone when the process ends; for tests.
    Memory,
    /// A folder, created when missing.
    Folder(PathBuf),
}

impl Place {
    /// The file called `name` in this place, or `None` in memory.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        match self {
            Self::Memory => None,
            Self::Folder(folder) => Some(folder.join(name)),
        }
    }
}

/// The only process on a folder, for as long as this value lives.
///
/// The operating system frees the lock when the process ends, however it ends.
#[derive(Debug, Clone)]
pub struct Tenancy {
    file: Arc<File>,
    folder: PathBuf,
}

impl Tenancy {
    /// Takes the folder, creating it when missing.
    ///
    /// # Errors
    /// [`CloudError::Served`] when another process has it, [`CloudError::Folder`] when it cannot be written.
    pub fn take(folder: &Path) -> Result<Self, CloudError> {
        let unusable = |source| CloudError::Folder { folder: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(unusable)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(LOCK_FILE))
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file: Arc::new(file), folder: folder.to_owned() }),
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                // The line is a courtesy; without it the refusal stands all the same.
                let _unread = file.read_to_string(&mut owner);
                Err(CloudError::Served { folder: folder.to_owned(), owner: owner.trim().to_owned() })
            }
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }

    /// Writes one line for a second process to read: who serves, and where.
    ///
    /// # Errors
    /// [`CloudError::Folder`] when the lock file cannot be written.
    pub fn announce(&self, line: &str) -> Result<(), CloudError> {
        let write = || {
            let mut file = &*self.file;
            file.set_len(0)?;
            file.seek(SeekFrom::Start(0))?;
            writeln!(file, "{line}")
        };
        write().map_err(|source| CloudError::Folder { folder: self.folder.clone(), source })
    }
}

/// Tells a damaged or unwritable database file from a good or absent one.
///
/// Reads the schema and takes the write lock once; pages nobody reads are not checked.
///
/// # Errors
/// [`CloudError::Damaged`] for a bad file, [`CloudError::Folder`] for one that cannot be opened or written.
pub(super) fn check_file(file: &Path) -> Result<(), CloudError> {
    let folder = file.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|source| CloudError::Folder { folder: folder.to_owned(), source })?;
    let probe = || -> rusqlite::Result<()> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK")
    };
    probe().map_err(|error| from_sqlite(file, &error))
}

/// Names a failure of SQLite by what the operator can do about it.
pub(super) fn from_sqlite(file: &Path, error: &rusqlite::Error) -> CloudError {
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => CloudError::Folder {
            folder: file.parent().unwrap_or(file).to_owned(),
            source: std::io::Error::new(std::io::ErrorKind::PermissionDenied, error.to_string()),
        },
        _ => CloudError::Damaged { file: file.to_owned(), reason: error.to_string() },
    }
}
