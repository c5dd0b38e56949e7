//! What the ledger needs to know of a request, and what it gives back.

use std::time::Instant;

use domain::{ActorId, CommitId, StreamId};
use jiff::Timestamp;

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
    /// When the request arrived: it stops trying ten seconds later.
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
    /// Whether this answers a resend of a request that was accepted before.
    pub repeated: bool,
}
