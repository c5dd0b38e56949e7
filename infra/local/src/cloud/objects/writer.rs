//! The one thread that writes: many waiting writes, one transaction, one fsync.
//!
//! What is deleted is zeroed in the file (`secure_delete`), and its former pages lie in the log until that is cut. So whoever deletes is answered after a cut. One that did not come off,
//! because somebody reads, is tried again every second until it does; and one is owed at every start, for nobody knows what a process was at that was killed.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use tokio::sync::oneshot;

use super::{
    StoreError,
    object::{BucketRule, Condition},
    schema::PATIENCE,
};

/// A batch is closed at this many writes or bytes, whichever comes first.
const BATCH_JOBS: usize = 256;
const BATCH_BYTES: usize = 32 * 1024 * 1024;

/// How long a log that is owed waits for the next write before it is tried to be cut again.
const PAUSE: Duration = Duration::from_secs(1);

/// One write, with what its sender waits on.
pub(super) struct Job {
    pub(super) work: Work,
    pub(super) reply: oneshot::Sender<Result<Done, StoreError>>,
}

pub(super) enum Work {
    SetBucket { name: String, rule: BucketRule },
    Put { bucket: String, key: String, bytes: Bytes, headers: String, etag: String, condition: Condition },
    Delete { bucket: String, key: String, condition: Condition },
}

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    Created,
    Changed,
    Deleted,
    Nothing,
}

impl Work {
    fn size(&self) -> usize {
        match self {
            Self::Put { bytes, .. } => bytes.len(),
            Self::SetBucket { .. } | Self::Delete { .. } => 0,
        }
    }
}

/// The way to the writing thread; dropping it waits until the queue is written.
pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let thread =
            thread::Builder::new().name("object-writer".to_owned()).spawn(move || write_all(connection, &waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(super) fn send(&self, job: Job) -> Result<(), StoreError> {
        self.jobs.as_ref().and_then(|jobs| jobs.send(job).ok()).ok_or(StoreError::Closed)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the object writer ended in a panic");
        }
    }
}

fn write_all(mut connection: Connection, waiting: &Receiver<Job>) {
    // Whether the log may hold what was deleted.
    let mut is_log_owed = !cut_log(&connection);
    while let Some(first) = next(waiting, &connection, &mut is_log_owed) {
        let mut size = first.work.size();
        let mut jobs = vec![first];
        while jobs.len() < BATCH_JOBS
            && size < BATCH_BYTES
            && let Ok(next) = waiting.try_recv()
        {
            size += next.work.size();
            jobs.push(next);
        }
        let outcomes = outcomes(&mut connection, &jobs);
        let deletes = jobs.iter().any(|job| matches!(job.work, Work::Delete { .. }));
        if deletes {
            is_log_owed = !cut_log(&connection);
        }
        for (job, outcome) in jobs.into_iter().zip(outcomes) {
            answer(job, outcome);
        }
        // Where writes never pause, either.
        if is_log_owed && !deletes {
            is_log_owed = !cut_log(&connection);
        }
    }
    if is_log_owed {
        cut_log(&connection);
    }
}

/// The next write; none when no more will come. A log that is owed is cut meanwhile.
fn next(waiting: &Receiver<Job>, connection: &Connection, is_log_owed: &mut bool) -> Option<Job> {
    while *is_log_owed {
        match waiting.recv_timeout(PAUSE) {
            Ok(job) => return Some(job),
            Err(RecvTimeoutError::Timeout) => *is_log_owed = !cut_log(connection),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    waiting.recv().ok()
}

/// What became of each write of a batch.
fn outcomes(connection: &mut Connection, jobs: &[Job]) -> Vec<Result<Done, StoreError>> {
    commit(connection, jobs).unwrap_or_else(|_| {
        // One write broke the transaction: each gets one of its own, so that only the guilty fail.
        let alone = jobs.iter().map(|job| {
            let outcomes = commit(connection, std::slice::from_ref(job)).map_err(StoreError::from)?;
            outcomes.into_iter().next().unwrap_or(Err(StoreError::Closed))
        });
        alone.collect()
    })
}

/// Carries the log into the file and cuts it; false while readers are at work on it.
fn cut_log(connection: &Connection) -> bool {
    let patience = connection.busy_timeout(Duration::ZERO);
    let cut = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    let patience = patience.and_then(|()| connection.busy_timeout(PATIENCE));
    match cut.and_then(|busy| patience.map(|()| busy == 0)) {
        Ok(cut) => cut,
        Err(error) => {
            tracing::warn!(%error, "the log of the object store was not cut");
            false
        }
    }
}

fn answer(job: Job, outcome: Result<Done, StoreError>) {
    // A sender that went away has lost its reply, as over a broken connection.
    let _unheard = job.reply.send(outcome);
}

// The outer error rolls everything back; the inner ones are refusals that wrote nothing.
fn commit(connection: &mut Connection, jobs: &[Job]) -> rusqlite::Result<Vec<Result<Done, StoreError>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let outcomes = jobs
        .iter()
        .map(|job| match perform(&transaction, &job.work) {
            Ok(done) => Ok(Ok(done)),
            Err(Stop::Refused(refusal)) => Ok(Err(refusal)),
            Err(Stop::Broken(error)) => Err(error),
        })
        .collect::<rusqlite::Result<Vec<_>>>()?;
    transaction.commit()?;
    Ok(outcomes)
}

enum Stop {
    Refused(StoreError),
    Broken(rusqlite::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Broken(error)
    }
}

fn perform(connection: &Connection, work: &Work) -> Result<Done, Stop> {
    match work {
        Work::SetBucket { name, rule } => set_bucket(connection, name, *rule),
        Work::Put { bucket, key, bytes, headers, etag, condition } => {
            let (bucket_id, rule) = find_bucket(connection, bucket)?;
            if rule == BucketRule::ConditionalPuts.name() && *condition == Condition::Unconditional {
                return Err(Stop::Refused(StoreError::Unconditional(bucket.clone())));
            }
            let present = find_object(connection, bucket_id, key)?;
            check(condition, key, present.as_ref().map(|(_, etag)| etag.as_str()))?;
            let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            let Some((body, _)) = present else {
                connection
                    .prepare_cached("INSERT INTO bodies (bytes) VALUES (?1)")?
                    .execute(params![bytes.as_ref()])?;
                connection
                    .prepare_cached(
                        "INSERT INTO objects (bucket, key, body, etag, size, modified, headers)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )?
                    .execute(params![
                        bucket_id,
                        key.as_bytes(),
                        connection.last_insert_rowid(),
                        etag,
                        size,
                        now(),
                        headers
                    ])?;
                return Ok(Done::Created);
            };
            connection
                .prepare_cached("UPDATE bodies SET bytes = ?2 WHERE id = ?1")?
                .execute(params![body, bytes.as_ref()])?;
            connection
                .prepare_cached(
                    "UPDATE objects SET etag = ?3, size = ?4, modified = ?5, headers = ?6
                     WHERE bucket = ?1 AND key = ?2",
                )?
                .execute(params![bucket_id, key.as_bytes(), etag, size, now(), headers])?;
            Ok(Done::Changed)
        }
        Work::Delete { bucket, key, condition } => {
            let (bucket_id, _) = find_bucket(connection, bucket)?;
            let present = find_object(connection, bucket_id, key)?;
            check(condition, key, present.as_ref().map(|(_, etag)| etag.as_str()))?;
            let Some((body, _)) = present else {
                return Ok(Done::Nothing);
            };
            connection
                .prepare_cached("DELETE FROM objects WHERE bucket = ?1 AND key = ?2")?
                .execute(params![bucket_id, key.as_bytes()])?;
            connection.prepare_cached("DELETE FROM bodies WHERE id = ?1")?.execute(params![body])?;
            Ok(Done::Deleted)
        }
    }
}

fn set_bucket(connection: &Connection, name: &str, rule: BucketRule) -> Result<Done, Stop> {
    let changed = connection
        .prepare_cached("UPDATE buckets SET rule = ?2 WHERE name = ?1")?
        .execute(params![name, rule.name()])?;
    if changed > 0 {
        return Ok(Done::Changed);
    }
    connection.prepare_cached("INSERT INTO buckets (name, created, rule) VALUES (?1, ?2, ?3)")?.execute(params![
        name,
        now(),
        rule.name()
    ])?;
    Ok(Done::Created)
}

fn find_bucket(connection: &Connection, name: &str) -> Result<(i64, String), Stop> {
    connection
        .prepare_cached("SELECT id, rule FROM buckets WHERE name = ?1")?
        .query_row(params![name], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .ok_or_else(|| Stop::Refused(StoreError::NoSuchBucket(name.to_owned())))
}

fn find_object(connection: &Connection, bucket: i64, key: &str) -> rusqlite::Result<Option<(i64, String)>> {
    connection
        .prepare_cached("SELECT body, etag FROM objects WHERE bucket = ?1 AND key = ?2")?
        .query_row(params![bucket, key.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn check(condition: &Condition, key: &str, present: Option<&str>) -> Result<(), Stop> {
    match (condition, present) {
        (Condition::Unconditional, _) | (Condition::Absent, None) => Ok(()),
        (Condition::Match(wanted), Some(etag)) if wanted == etag => Ok(()),
        (Condition::Match(_), None) => Err(Stop::Refused(StoreError::NoSuchKey(key.to_owned()))),
        (Condition::Absent | Condition::Match(_), Some(_)) => Err(Stop::Refused(StoreError::PreconditionFailed)),
    }
}

fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}
