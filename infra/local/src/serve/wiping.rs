//! After an erasure the disk forgets, too.
//!
//! Whatever removes a row of the vault or leaves a tombstone among the keys makes the files owe a wipe. That is done soon, once for what comes together, and
//! at the latest at the next start: notes in the data folder say that it is owed. A process that was killed may have died before it wrote one, so what it
//! left behind is wiped in any case.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::sync::Notify;

use super::error::ServeError;
use crate::cloud::{
    dynamo::{self, Doorbell, EventName, Wiper},
    tables,
};

/// An erasure is several writes, and erasures come together: they are waited for.
const TOGETHER: Duration = Duration::from_secs(2);

/// Where a wipe failed, it is tried again.
const AGAIN: Duration = Duration::from_secs(60);

/// Notes in the data folder begin so.
const OWED: &str = "wipe-owed.";

/// Wipes what is owed. Clones are one.
#[derive(Debug, Clone)]
pub struct Wiping {
    data: PathBuf,
    owed: Arc<AtomicBool>,
    notes: Arc<AtomicU64>,
    woken: Arc<Notify>,
}

impl Wiping {
    /// Of a data folder that nobody has opened yet; what an earlier process owed is owed still.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn of(data: &Path) -> Result<Self, ServeError> {
        let notes = notes(data).map_err(|source| ServeError::File { file: data.to_owned(), source })?;
        // A log is left by a process that did not end politely.
        let log = fs::metadata(data.join(format!("{}-wal", dynamo::FILE))).is_ok_and(|log| log.len() > 0);
        Ok(Self {
            data: data.to_owned(),
            owed: Arc::new(AtomicBool::new(log || !notes.is_empty())),
            notes: Arc::default(),
            woken: Arc::default(),
        })
    }

    /// Looks at a write, after its commit and before its reply.
    pub fn saw(&self, doorbell: &Doorbell) {
        if !is_erasure(doorbell) || self.owed.swap(true, Ordering::SeqCst) {
            return;
        }
        let note = format!("{OWED}{}.{}", std::process::id(), self.notes.fetch_add(1, Ordering::SeqCst));
        if let Err(error) = fs::File::create(self.data.join(note)).and_then(|note| note.sync_all()) {
            // It is wiped all the same unless this process dies before.
            tracing::warn!(%error, "cannot note that a wipe is owed");
        }
        self.woken.notify_one();
    }

    /// Wipes whenever something is owed, for as long as the process serves.
    pub async fn run(self, wiper: Wiper) {
        loop {
            if self.owed.load(Ordering::SeqCst) {
                tokio::time::sleep(TOGETHER).await;
                if let Err(error) = self.settle(&wiper).await {
                    tracing::error!(alarm = "wipe-failed", %error, "erased data may be left on the disk");
                    tokio::time::sleep(AGAIN).await;
                }
            } else {
                self.woken.notified().await;
            }
        }
    }

    /// Wipes what is owed now; at once where nothing is.
    ///
    /// # Errors
    /// The files cannot be rewritten; the wipe stays owed.
    pub async fn settle(&self, wiper: &Wiper) -> Result<(), ServeError> {
        // INVARIANT: first this, then the notes, then the wipe: an erasure whose note is taken away was committed before its wipe began.
        if !self.owed.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let wiper = wiper.clone();
        let settled = async {
            let failed = |source| ServeError::File { file: self.data.clone(), source };
            let notes = notes(&self.data).map_err(failed)?;
            tokio::task::spawn_blocking(move || wiper.wipe()).await??;
            notes.iter().try_for_each(fs::remove_file).map_err(failed)
        };
        let settled: Result<(), ServeError> = settled.await;
        if settled.is_err() {
            self.owed.store(true, Ordering::SeqCst);
        }
        settled
    }
}

/// Whether a write makes the files owe a wipe.
fn is_erasure(doorbell: &Doorbell) -> bool {
    match doorbell.table.as_str() {
        tables::VAULT => doorbell.event_name == EventName::Remove,
        tables::KEYS => doorbell.new_image.as_ref().is_some_and(|item| item.get("erased_at").is_some()),
        _ => false,
    }
}

/// The notes that lie in a folder; none where there is no folder.
fn notes(data: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = match fs::read_dir(data) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        folder => folder?,
    };
    let mut notes = Vec::new();
    for entry in folder {
        let path = entry?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(OWED)) {
            notes.push(path);
        }
    }
    Ok(notes)
}
