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
mod press;
mod refusal;
mod wipe;
mod wire;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use dynoxide::{Database, DynoxideError};

pub use dead::dead_letters;
pub use doorbell::{Doorbell, Doorbells, EventName, OnWrite};
pub use wipe::Wiper;

use super::{CloudError, Place, Running, faults::Faults, place, server};
use dispatch::Front;
use press::Press;

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
    let (database, press) = open(place)?;
    let front = Front::new(database.clone(), doorbells, press);
    let front = Arc::new(front.map_err(|error| CloudError::Setup(format!("cannot start the batch writer: {error}")))?);
    let running = server::serve(addr, move |request| wire::answer(Arc::clone(&front), faults.clone(), request)).await?;
    Ok(Dynamo { running, database, file: place.file(FILE) })
}

// The engine opens its file with synchronous=FULL, an fsync for each write while everybody waits. What it calls the end of bulk loading is synchronous=NORMAL, and its
// other settings as they are: the log is then pressed here, for all who wait.
fn open(place: &Place) -> Result<(Database, Press), CloudError> {
    let setup = |error: DynoxideError| CloudError::Setup(error.to_string());
    let Some(file) = place.file(FILE) else {
        return Ok((Database::memory().map_err(setup)?, Press::none()));
    };
    place::check_file(&file)?;
    let damaged = |reason: String| CloudError::Damaged { file: file.clone(), reason };
    let name = file.to_str().ok_or_else(|| damaged("the path is not UTF-8".to_owned()))?;
    let database = Database::new(name).map_err(|error| damaged(error.to_string()))?;
    database.disable_bulk_loading().map_err(setup)?;
    let press = Press::of(&file).map_err(|error| CloudError::Setup(format!("`{}`: {error}", file.display())))?;
    Ok((database, press))
}
