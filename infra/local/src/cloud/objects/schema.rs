//! The SQLite file of the object store.
//!
//! Keys are BLOBs: S3 orders them by their UTF-8 bytes. Bodies lie in a table
//! of their own, so that listings and HEADs read no body page.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS buckets (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created INTEGER NOT NULL,
        rule TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS objects (
        bucket INTEGER NOT NULL REFERENCES buckets (id),
        key BLOB NOT NULL,
        body INTEGER NOT NULL,
        etag TEXT NOT NULL,
        size INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        headers TEXT NOT NULL,
        PRIMARY KEY (bucket, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS bodies (
        id INTEGER PRIMARY KEY,
        bytes BLOB NOT NULL
    ) STRICT;";

/// How hard a commit is pressed onto the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sync {
    /// fsync at each commit: survives a power cut.
    Full,
    /// None: for bytes that die with the process.
    Off,
}

/// How long one connection waits for another.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn open_writer(file: &Path, sync: Sync) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let level = match sync {
        Sync::Full => "FULL",
        Sync::Off => "OFF",
    };
    connection.pragma_update(None, "synchronous", level)?;
    // What is deleted or written over is zeroed in the file, too: a text that was erased, a page that showed it. The log has both until it is cut, which only a deletion asks for (`writer`):
    // what was written over goes with the next one, or when the log begins anew.
    connection.pragma_update(None, "secure_delete", "ON")?;
    // A bulk rebuild writes a hundred megabytes: checkpoint every 32 MB, not every 4.
    connection.pragma_update(None, "wal_autocheckpoint", 8192)?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.execute_batch(TABLES)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

pub(super) fn open_reader(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}
