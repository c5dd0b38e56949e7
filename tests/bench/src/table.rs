//! Rounds of two sides, and how they are told.

use std::time::Duration;

/// Times of one side, a round each.
#[derive(Debug, Default)]
pub(crate) struct Side(Vec<Duration>);

impl Side {
    /// Takes in one round.
    pub(crate) fn push(&mut self, round: Duration) {
        self.0.push(round);
    }

    /// Median and minimum, in seconds; zero without rounds.
    fn figures(&self) -> (f64, f64) {
        let mut sorted = self.0.clone();
        sorted.sort();
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        (median.as_secs_f64(), sorted.first().copied().unwrap_or_default().as_secs_f64())
    }
}

/// Prints a row: ours, the peer's, and ours over the peer's.
pub(crate) fn print(what: &str, each: u32, ours: &Side, peer: &Side) {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let ((median, least), (peer_median, peer_least)) = (ours.figures(), peer.figures());
    let rate = |seconds: f64| f64::from(each) / seconds;
    println!("{what}: {} rounds of {each}, load {}", ours.0.len(), load.trim());
    println!("  ours   median {:7.0}/s  best {:7.0}/s", rate(median), rate(least));
    println!("  peer   median {:7.0}/s  best {:7.0}/s", rate(peer_median), rate(peer_least));
    println!("  ours / peer, in time: {:.3} (median), {:.3} (best)", median / peer_median, least / peer_least);
}
