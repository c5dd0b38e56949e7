//! The schedules: what EventBridge does every minute on AWS, more often here.

use std::time::Duration;

use bytes::Bytes;
use tokio::{sync::watch, time::MissedTickBehavior};

use super::functions::Functions;

/// Time between two runs of a scheduled function.
pub const EVERY: Duration = Duration::from_secs(5);

/// The functions that run by themselves: `clock` first, for the timetable is read from the views that it repairs; `react` last, for it tells what the others did.
const SCHEDULED: [(&str, &[u8]); 3] =
    [("clock", br#"{"task":"tick"}"#), ("timetable", b"{}"), ("react", br#"{"task":"tick"}"#)];

/// Runs what is scheduled at once and then every few seconds, until told to stop.
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
        for (name, event) in SCHEDULED {
            if let Err(error) = functions.invoke(name, Bytes::from_static(event)).await {
                tracing::warn!(%error, name, "a scheduled function failed; it runs again in a moment");
            }
        }
    }
}
