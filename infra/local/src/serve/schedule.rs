//! The schedules: what EventBridge does every minute on AWS, more often here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::{sync::watch, time::MissedTickBehavior};

use super::{doorbell::Counts, functions::Functions};

/// Time between two runs of a scheduled function.
pub const EVERY: Duration = Duration::from_secs(5);

/// How long a repair is put off while doorbells wait: as long as it always waits on AWS.
const PUT_OFF: Duration = Duration::from_secs(60);

const TICK: &[u8] = br#"{"task":"tick"}"#;
const TICK_BETWEEN: &[u8] = br#"{"task":"tick-between"}"#;

/// Whether a city's past is still being lived through. Meanwhile the timetable rests: it goes by the present, and would settle what that past has not come to yet.
#[derive(Debug, Clone, Default)]
pub struct Past(Arc<AtomicBool>);

impl Past {
    /// It begins.
    pub fn begin(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// It is over.
    pub fn end(&self) {
        self.0.store(false, Ordering::SeqCst);
    }

    fn goes_on(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// When streams were last looked through for doorbells that were lost.
struct Repairs {
    projections: Arc<Counts>,
    last: Option<Instant>,
}

impl Repairs {
    /// The event for `clock`: what waits with the projector is not done beside it a second time, and what was lost is found in time all the same.
    fn event(&mut self) -> &'static [u8] {
        if self.projections.waiting() > 0 && self.last.is_some_and(|last| last.elapsed() < PUT_OFF) {
            return TICK_BETWEEN;
        }
        self.last = Some(Instant::now());
        TICK
    }
}

/// Runs what is scheduled at once and then every few seconds, until told to stop.
///
/// Runs never overlap; a failed one is told in the log, and the next goes on where it stopped.
pub async fn run(functions: Functions, projections: Arc<Counts>, past: Past, mut stopped: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut repairs = Repairs { projections, last: None };
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = ticks.tick() => {}
        }
        // `clock` first, for the timetable is read from the views that it repairs; `react` last, for it tells what the others did.
        for (name, event) in [("clock", repairs.event()), ("timetable", b"{}"), ("react", TICK)] {
            if name == "timetable" && past.goes_on() {
                continue;
            }
            if let Err(error) = functions.invoke(name, Bytes::from_static(event)).await {
                tracing::warn!(%error, name, "a scheduled function failed; it runs again in a moment");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::dynamo::{Doorbell, EventName},
        serve::doorbell,
    };

    #[test]
    fn a_repair_is_put_off_while_doorbells_wait_but_not_for_long() {
        let (bell, _stream) = doorbell::bell();
        let mut repairs = Repairs { projections: bell.counts(), last: None };
        let ring = || Doorbell {
            table: "ledger".to_owned(),
            keys: serde_json::json!({ "pk": { "S": "site:www" }, "sk": { "N": "1" } }),
            new_image: None,
            event_name: EventName::Insert,
        };
        assert_eq!((repairs.event(), repairs.event()), (TICK, TICK), "nothing waits");
        bell.ring(ring());
        assert_eq!((repairs.event(), repairs.event()), (TICK_BETWEEN, TICK_BETWEEN));
        repairs.last = Instant::now().checked_sub(PUT_OFF);
        assert_eq!((repairs.event(), repairs.event()), (TICK, TICK_BETWEEN));
        let mut first = Repairs { last: None, ..repairs };
        assert_eq!(first.event(), TICK, "what an earlier process lost is looked for at once");
    }
}
