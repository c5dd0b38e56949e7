//! What can go wrong with the ledger, each kind apart.

use domain::{Guard, StreamId};
use thiserror::Error;

use crate::{commit::Outline, companion::Place};

/// The store did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// Too many requests; try again later.
    #[error("the store is throttling")]
    Throttled,
    /// What is stored is not what was put there; asking again helps nobody.
    #[error("what is stored is damaged: {reason}")]
    Damaged {
        /// What is wrong.
        reason: String,
    },
    /// The store cannot be reached or failed.
    #[error("the store is unavailable: {reason}")]
    Unavailable {
        /// What the client said.
        reason: String,
    },
}

/// An event that this code cannot read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// Written by newer code.
    #[error("event `{name}` version {version} of stream `{stream}` is unknown to this code")]
    Unknown {
        /// The stream.
        stream: StreamId,
        /// Event type.
        name: String,
        /// Stored version.
        version: u16,
    },
    /// A known event of another shape than its version has.
    #[error("event `{name}` version {version} of stream `{stream}` does not have its shape: {reason}")]
    Shape {
        /// The stream.
        stream: StreamId,
        /// Event type.
        name: String,
        /// Stored version.
        version: u16,
        /// What serde said.
        reason: String,
    },
}

/// A stream could not be read.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stream has a gap, a bad hash or bytes that are no commit.
    #[error("stream `{stream}` is damaged at commit {number}: {reason}")]
    Damaged {
        /// The stream.
        stream: StreamId,
        /// First commit that does not fit.
        number: u64,
        /// What does not fit.
        reason: String,
    },
    /// An event is not readable by this code.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

/// A command was not carried out.
///
/// [`OutOfTime`](Self::OutOfTime) and a failed store ([`Load`](Self::Load) with [`LoadError::Store`]) mean "try again with the same key": the write may
/// still arrive. After every other error this call has written nothing and nothing of it is on its way.
#[derive(Debug, Error)]
pub enum ExecuteError<R> {
    /// The domain said no.
    #[error("refused")]
    Refused(R),
    /// The caller saw an older version.
    #[error("the stream is at version {current}, not at {expected}")]
    Stale {
        /// The caller's.
        expected: u64,
        /// The stream's.
        current: u64,
        /// What the caller did not see, oldest first; none where there is no such version yet.
        since: Vec<Outline>,
    },
    /// The same key carried another body before.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Others were faster three times.
    #[error("the stream keeps changing")]
    Conflict,
    /// Another stream holds the name.
    #[error("`{}` of `{}` is taken by `{holder}`", guard.claim, guard.scope)]
    ClaimTaken {
        /// The name.
        guard: Guard,
        /// Who holds it.
        holder: StreamId,
    },
    /// A stream that was to stay still moved on.
    #[error("stream `{stream}` moved past version {version}")]
    HoldBroken {
        /// The stream.
        stream: StreamId,
        /// The version it was to stay at.
        version: u64,
    },
    /// Something stands in the place of an item that was to come with the commit, and nothing in the commit's: two ids met, or the store lost a commit.
    ///
    /// An alarm, never an answer to who asked: trying again meets the same.
    #[error("`{place}` stands already, and the commit it would have come with does not")]
    CompanionStands {
        /// Where.
        place: Place,
    },
    /// The commit has more than 300 KB.
    #[error("the commit has {bytes} bytes, at most {limit} are allowed")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The stream's last commit lies more than a minute ahead of the clock.
    #[error("the stream's last commit is {seconds} s ahead of the clock")]
    ClockBehind {
        /// How far.
        seconds: i64,
    },
    /// The request's ten seconds are over.
    #[error("the request ran out of time")]
    OutOfTime,
    /// The decision holds no event: a mistake of the caller's code, never of its user.
    #[error("the decision holds no event")]
    NothingDecided,
    /// The stream could not be read, or the store failed.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl<R> From<StoreError> for ExecuteError<R> {
    fn from(error: StoreError) -> Self {
        Self::Load(LoadError::Store(error))
    }
}
