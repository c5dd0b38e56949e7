//! From a write to the projector and to the reactor: the part that a DynamoDB stream and its mappings play on AWS. Each has a bell of its own.
//!
//! A doorbell may be lost here: on overflow, after the last retry, at kill -9. `clock` finds what it was about, as it does on AWS when the
//! stream's retention is over. What must never happen is that a writer waits.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::{
    sync::{
        Notify,
        mpsc::{self, Receiver, Sender, error::TrySendError},
    },
    task::JoinSet,
};

use super::{
    functions::Functions,
    stream_event::{self, Record},
};
use crate::cloud::dynamo::{Doorbell, OnWrite};

/// Records of one batch, as the stream mapping in `infra/template.yaml` sets it.
const BATCH: usize = 100;
/// Doorbells that may wait in one lane; more are left to `clock`.
const WAITING: usize = 20_000;
/// A stream's records all go through one lane; lanes work side by side.
const LANES: usize = 2;
/// Pauses before each retry of a batch.
const PAUSES: [Duration; 5] = [
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(800),
    Duration::from_secs(2),
    Duration::from_secs(5),
];

/// The writing end: takes doorbells and never waits.
#[derive(Debug, Clone)]
pub struct Bell {
    lanes: Vec<Sender<Record>>,
    counts: Arc<Counts>,
}

/// The reading end, to be given to [`deliver`].
#[derive(Debug)]
pub struct Stream {
    lanes: Vec<Receiver<Record>>,
    counts: Arc<Counts>,
}

/// What went through the bell so far.
#[derive(Debug, Default)]
pub struct Counts {
    sequence: AtomicU64,
    waiting: AtomicUsize,
    dropped: AtomicU64,
    given_up: AtomicU64,
}

impl Counts {
    /// Records that wait or are being worked on.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Doorbells left to `clock`: overflow and batches that failed to the last.
    #[must_use]
    pub fn left_to_clock(&self) -> u64 {
        self.dropped.load(Ordering::SeqCst) + self.given_up.load(Ordering::SeqCst)
    }
}

/// A bell and the stream it rings.
#[must_use]
pub fn bell() -> (Bell, Stream) {
    let counts = Arc::new(Counts::default());
    let (senders, receivers) = (0..LANES).map(|_| mpsc::channel(WAITING)).unzip();
    (Bell { lanes: senders, counts: Arc::clone(&counts) }, Stream { lanes: receivers, counts })
}

impl Bell {
    /// Rings for one written item; returns at once.
    pub fn ring(&self, doorbell: Doorbell) {
        let mut hasher = DefaultHasher::new();
        doorbell.keys.get("pk").map(ToString::to_string).hash(&mut hasher);
        let Some(lane) = self.lanes.get((hasher.finish() % (LANES as u64)) as usize) else { return };
        let record = Record {
            doorbell,
            sequence: self.counts.sequence.fetch_add(1, Ordering::SeqCst) + 1,
            at: Timestamp::now(),
        };
        self.counts.waiting.fetch_add(1, Ordering::SeqCst);
        if let Err(error) = lane.try_send(record) {
            self.counts.waiting.fetch_sub(1, Ordering::SeqCst);
            self.counts.dropped.fetch_add(1, Ordering::SeqCst);
            if matches!(error, TrySendError::Full(_)) {
                tracing::warn!("more doorbells than can be taken; the clock will find them");
            }
        }
    }

    /// The hook for the DynamoDB front.
    #[must_use]
    pub fn hook(&self) -> OnWrite {
        let bell = self.clone();
        Arc::new(move |doorbell| bell.ring(doorbell))
    }

    /// What went through so far.
    #[must_use]
    pub fn counts(&self) -> Arc<Counts> {
        Arc::clone(&self.counts)
    }
}

/// Delivers the stream's records to the function `name` until every bell is gone; tells `delivered` after each batch.
pub async fn deliver(stream: Stream, functions: Functions, name: &'static str, delivered: Arc<Notify>) {
    let mut lanes = JoinSet::new();
    for lane in stream.lanes {
        let told = (Arc::clone(&stream.counts), Arc::clone(&delivered));
        lanes.spawn(deliver_lane(lane, functions.clone(), name, told));
    }
    while lanes.join_next().await.is_some() {}
}

async fn deliver_lane(
    mut lane: Receiver<Record>,
    functions: Functions,
    name: &'static str,
    (counts, delivered): (Arc<Counts>, Arc<Notify>),
) {
    let mut batch = Vec::with_capacity(BATCH);
    // With an idle function the first record goes at once; what rings meanwhile makes the next batch.
    while lane.recv_many(&mut batch, BATCH).await > 0 {
        let size = batch.len();
        let left = deliver_batch(std::mem::take(&mut batch), &functions, name).await;
        counts.given_up.fetch_add(left as u64, Ordering::SeqCst);
        counts.waiting.fetch_sub(size, Ordering::SeqCst);
        delivered.notify_one();
    }
}

/// Sends a batch until nothing of it fails or the retries are over; returns how many records are left.
async fn deliver_batch(mut batch: Vec<Record>, functions: &Functions, name: &str) -> usize {
    let mut pauses = PAUSES.iter();
    loop {
        let event = Bytes::from(stream_event::event(&batch).to_string());
        let retry_from = match functions.invoke(name, event).await {
            Ok(answer) => match serde_json::from_slice(&answer) {
                Ok(answer) => stream_event::retry_from(&batch, &answer),
                Err(_) => Some(0),
            },
            Err(error) => {
                tracing::warn!(%error, name, "doorbells were not answered");
                Some(0)
            }
        };
        let Some(first) = retry_from else { return 0 };
        batch.drain(..first);
        let Some(pause) = pauses.next() else {
            tracing::error!(records = batch.len(), name, "doorbells are left to the clock");
            return batch.len();
        };
        tokio::time::sleep(*pause).await;
    }
}

#[cfg(test)]
mod tests;
