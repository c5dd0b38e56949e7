//! The search index follows what was projected: what a schedule does every minute on AWS, here as soon as pages are written.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::sync::{Notify, watch};

use super::{doorbell::Counts, functions::Functions, schedule::EVERY};

/// Time between two looks whether more doorbells wait, and between two rounds.
const STEP: Duration = Duration::from_millis(200);

/// How long documents wait for those behind them, so that many of them make one segment.
const GATHERED: Duration = Duration::from_secs(3);

/// Time between two sweeps of what no head names.
const SWEPT: Duration = Duration::from_secs(24 * 60 * 60);

const TICK: &[u8] = br#"{"task":"tick"}"#;
const SWEEP: &[u8] = br#"{"task":"sweep"}"#;

/// Runs the indexer, with a sweep at the start and once a day, whenever something was projected, and every few seconds for what nobody told, until told to stop.
///
/// While doorbells wait it gathers: pages come first, and every round makes a segment. A failed round is told in the log, and the next goes on where it stopped.
pub async fn run(
    functions: Functions,
    projected: Arc<Notify>,
    projections: Arc<Counts>,
    mut stopped: watch::Receiver<bool>,
) {
    let mut swept: Option<Instant> = None;
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            () = projected.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
        let began = Instant::now();
        while projections.waiting() > 0 && began.elapsed() < GATHERED {
            tokio::time::sleep(STEP).await;
        }
        let mut event = TICK;
        if swept.is_none_or(|swept| swept.elapsed() >= SWEPT) {
            (event, swept) = (SWEEP, Some(Instant::now()));
        }
        if let Err(error) = functions.invoke("index", Bytes::from_static(event)).await {
            tracing::warn!(%error, "documents were not indexed; they are in a moment");
        }
        tokio::time::sleep(STEP).await;
    }
}
