//! DynamoDB on loopback: the JSON protocol over `dynoxide`.
//!
//! dynoxide brings an HTTP server of its own, but that one cannot say that
//! something was written, and its Streams copy every image. This front calls
//! the engine directly and rings a [`Doorbell`] after each commit.
//!
//! Limits: only the operations the system uses are known. A request whose JSON
//! has a field of the wrong type is refused, but not in AWS's exact words.

mod batch;
mod dead;
mod dispatch;
mod doorbell;
mod measure;
mod refusal;
mod wipe;
mod wire;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use dynoxide::Database;

pub use dead::dead_letters;
pub use doorbell::{Doorbell, Doorbells, EventName, OnWrite};
pub use wipe::Wiper;

use super::{CloudError, Place, Running, faults::Faults, place, server};
use dispatch::Front;

/// Name of the database file inside a folder.
pub const FILE: &str = "dynamo.sqlite";

/// A DynamoDB endpoint that is being served; it stops when dropped.
pub struct Dynamo {
    /// The endpoint: its address, its URL, its polite end.
    pub running: Running,
    database: Database,
    file: Option<PathBuf>,
}

impl Dynamo {
    /// The engine itself, for loaders that bypass HTTP.
    ///
    /// Writes made through it ring no doorbell.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// What takes from the file whatever was removed or written over.
    #[must_use]
    pub fn wiper(&self) -> Wiper {
        Wiper::new(self.database.clone(), self.file.clone())
    }
}

/// Serves the DynamoDB of `place` on `addr` (port 0 takes any free port).
///
/// # Errors
/// [`CloudError`] when the file is damaged, the folder cannot be written, or the address is taken.
pub async fn start(
    place: &Place,
    addr: SocketAddr,
    doorbells: Doorbells,
    faults: Faults,
) -> Result<Dynamo, CloudError> {
    let database = open(place)?;
    let front = Front::new(database.clone(), doorbells);
    let front = Arc::new(front.map_err(|error| CloudError::Setup(format!("cannot start the batch writer: {error}")))?);
    let running = server::serve(addr, move |request| wire::answer(Arc::clone(&front), faults.clone(), request)).await?;
    Ok(Dynamo { running, database, file: place.file(FILE) })
}

// SQLite is compiled with synchronous=FULL as the default and dynoxide leaves it alone outside its bulk mode,
// which is never entered here: a commit is on disk when the call returns.
fn open(place: &Place) -> Result<Database, CloudError> {
    let Some(file) = place.file(FILE) else {
        return Database::memory().map_err(|error| CloudError::Setup(error.to_string()));
    };
    place::check_file(&file)?;
    let damaged = |reason: String| CloudError::Damaged { file: file.clone(), reason };
    let name = file.to_str().ok_or_else(|| damaged("the path is not UTF-8".to_owned()))?;
    Database::new(name).map_err(|error| damaged(error.to_string()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn sqlite_presses_every_commit_onto_the_disk_unless_told_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let connection = rusqlite::Connection::open(folder.path().join("any")).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        let level: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
        assert_eq!(level, 2, "FULL");
    }
}
