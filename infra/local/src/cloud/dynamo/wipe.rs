//! Taking from the file what is no longer in the tables.
//!
//! SQLite gives freed pages back to itself and not to oblivion, and its log keeps older pages until it is cut; dynoxide sets neither `secure_delete` nor a
//! checkpoint of its own. So the database is rebuilt page by page, and then the log is pressed into the file and cut to nothing.

use std::{path::PathBuf, thread, time::Duration};

use dynoxide::Database;
use rusqlite::Connection;

use super::super::{CloudError, place::from_sqlite};

/// How often the log is tried to be cut while somebody reads.
const TRIES: u32 = 20;

const PAUSE: Duration = Duration::from_millis(100);

/// Rewrites a database so that its files hold what its tables hold and nothing else.
#[derive(Clone)]
pub struct Wiper {
    database: Database,
    file: Option<PathBuf>,
}

impl Wiper {
    pub(super) fn new(database: Database, file: Option<PathBuf>) -> Self {
        Self { database, file }
    }

    /// Rewrites the files; blocks, and every request with it: about a second per 100 MB.
    ///
    /// # Errors
    /// The disk is full or fails, or the log could not be cut because somebody kept reading; it may be tried again.
    pub fn wipe(&self) -> Result<(), CloudError> {
        self.database
            .vacuum()
            .map_err(|error| CloudError::Setup(format!("the database cannot be rewritten: {error}")))?;
        let Some(file) = &self.file else { return Ok(()) };
        let connection = Connection::open(file).map_err(|error| from_sqlite(file, &error))?;
        for _ in 0..TRIES {
            let busy: i64 = connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                .map_err(|error| from_sqlite(file, &error))?;
            if busy == 0 {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        Err(CloudError::Setup("the database's log cannot be cut: somebody keeps reading".to_owned()))
    }
}
