//! What the ledger needs to know of a request, and what it gives back.

use std::time::{Duration, Instant};

use domain::{ActorId, CommitId, StreamId};
use jiff::{SignedDuration, Timestamp};

/// How long a request goes on trying after it arrived.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// What a put that left in the last moment, and a difference of two clocks, may take beyond the deadline.
const GRACE: Duration = Duration::from_secs(5);

/// One request to append to one stream.
#[derive(Debug, Clone)]
pub struct Command {
    /// The stream.
    pub stream: StreamId,
    /// Identity of the request: a resend has the same.
    pub id: CommitId,
    /// Who asks.
    pub actor: ActorId,
    /// Fingerprint of the request's body; another one under the same id is refused.
    pub fingerprint: Option<String>,
    /// The version the caller saw (If-Match); none where the command is safe on any.
    pub expected: Option<u64>,
    /// "Stream B is still at m": checked in the same transaction.
    pub holds: Vec<(StreamId, u64)>,
    /// When the request arrived: it stops trying [`DEADLINE`] later.
    pub started: Instant,
}

/// An acknowledged commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The stream.
    pub stream: StreamId,
    /// Number of the commit: the stream's version right after it.
    pub number: u64,
    /// Identity of the request.
    pub id: CommitId,
    /// Commit time.
    pub at: Timestamp,
    /// Whether the commit was found standing: an earlier try, of this call or of another, had been accepted.
    pub repeated: bool,
}

/// How long a refusal of a resend is not yet the last word on its request; none once it is.
///
/// `first_try` is the instant at which the caller first sent the request. Until that try's deadline has passed it may still be carried out, on a state
/// that the resend did not see; the API then answers "try again" in place of any refusal (PROTOCOLS, "Idempotency").
#[must_use]
pub fn refusal_open_for(first_try: Timestamp, now: Timestamp) -> Option<Duration> {
    let settled = DEADLINE + GRACE;
    // A first try in the future is a wrong clock: it was just now.
    let passed = now.duration_since(first_try).max(SignedDuration::ZERO).unsigned_abs();
    settled.checked_sub(passed).filter(|left| !left.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_final_once_no_earlier_try_can_be_on_its_way() {
        let first: Timestamp = "2026-11-23T01:00:00Z".parse().unwrap();
        let left = |text: &str| refusal_open_for(first, text.parse().unwrap()).map(|left| left.as_millis());
        assert_eq!(left("2026-11-23T01:00:00Z"), Some(15_000));
        assert_eq!(left("2026-11-23T01:00:14.999Z"), Some(1));
        assert_eq!(left("2026-11-23T01:00:15Z"), None);
        assert_eq!(left("2026-11-24T01:00:00Z"), None);
        assert_eq!(left("2026-11-23T00:59:00Z"), Some(15_000), "a first try in the future is a wrong clock");
    }
}
