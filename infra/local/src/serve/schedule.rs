//! The schedule: what EventBridge does every minute on AWS, more often here.

use std::time::Duration;

use bytes::Bytes;
use tokio::{sync::watch, time::MissedTickBehavior};

use super::functions::Functions;

/// Time between two runs of `clock`.
pub const EVERY: Duration = Duration::from_secs(5);

/// Runs the function `clock` at once and then every few seconds, until told to stop.
///
/// Runs never overlap; a failed one is told in the log, and the next goes on where it stopped.
pub async fn run(functions: Functions, mut stopped: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = functions.invoke("clock", Bytes::from_static(br#"{"task":"tick"}"#)).await {
            tracing::warn!(%error, "the clock failed; it runs again in a moment");
        }
    }
}
