//! The append protocol as a machine: it wants, is told, and answers.

use domain::{CommitId, Guard, StreamId};
use jiff::Timestamp;

use crate::{
    command::{Command, Receipt},
    commit::Commit,
    companion::{Companion, Place},
    error::{ExecuteError, LoadError, StoreError},
};

/// Reloads after a conflict.
const CONFLICTS: u32 = 3;

/// Requests to a store in trouble beyond the first, over the whole call.
const TROUBLES: u32 = 5;

/// How old, in milliseconds, a decision may be when it is sent.
const OLDEST_DECISION: i64 = 10_000;

/// How far, in milliseconds, the stream may be ahead of the clock.
const MOST_AHEAD: i64 = 60_000;

/// What the machine wants next.
#[derive(Debug)]
pub(crate) enum Next<R> {
    /// Read the stream, after a pause: `loaded` or `not_loaded`.
    Load(Pause),
    /// Decide on what was read last, at this instant: `decided` or `refused`.
    Decide(Timestamp),
    /// Send, unless the deadline has passed: `sent`.
    Send(Write),
    /// Nothing more.
    Done(Result<Receipt, ExecuteError<R>>),
}

/// How long to wait before the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pause {
    /// Not at all.
    None,
    /// After the n-th conflict.
    Conflict(u32),
    /// After the n-th trouble.
    Trouble(u32),
}

/// A decision ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Write {
    pub(crate) number: u64,
    pub(crate) at: Timestamp,
    pub(crate) bytes: Vec<u8>,
    pub(crate) previous: [u8; 32],
    pub(crate) guards: Vec<Guard>,
    pub(crate) companions: Vec<Companion>,
}

/// A commit found where one's own was to go, or among the loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) id: CommitId,
    pub(crate) number: u64,
    pub(crate) at: Timestamp,
    pub(crate) fingerprint: Option<String>,
}

impl Found {
    pub(crate) fn of(commit: &Commit) -> Self {
        let Commit { id, number, at, fingerprint, .. } = commit.clone();
        Self { id, number, at, fingerprint }
    }
}

/// What came of a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Applied.
    Written,
    /// Refused for good, by these conditions; none of this send's tries can be applied any more.
    Refused {
        /// What stands at the number, if the commit item failed; `Some(None)` where the store did not tell.
        commit: Option<Option<Found>>,
        /// Claims that are held, and by whom.
        claims: Vec<(Guard, StreamId)>,
        /// Companions in whose place something stands.
        companions: Vec<Place>,
        /// Streams that moved on.
        holds: Vec<(StreamId, u64)>,
    },
    /// No clear reply: may have been applied, may yet be.
    Unclear(StoreError),
    /// The store will never carry it out.
    Rejected(StoreError),
}

/// A refusal that waits for one more look for the request's id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Verdict {
    Conflict,
    Taken(Guard, StreamId),
    Broken(StreamId, u64),
    Stands(Place),
}

/// One command on its way.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    command: Command,
    /// Number of an earlier send that may still be applied.
    doubt: Option<u64>,
    verdict: Option<Verdict>,
    conflicts: u32,
    troubles: u32,
    version: u64,
    last_at: Option<Timestamp>,
}

impl Attempt {
    pub(crate) fn new(command: Command) -> Self {
        Self { command, doubt: None, verdict: None, conflicts: 0, troubles: 0, version: 0, last_at: None }
    }

    /// The stream was read; `clock` is what the clock says, `permitted` whether what was read lets the sender do this at all.
    pub(crate) fn loaded<R>(
        &mut self,
        commits: &[Commit],
        clock: Timestamp,
        permitted: impl FnOnce() -> Result<(), ExecuteError<R>>,
    ) -> Next<R> {
        // INVARIANT: nothing refuses before this.
        if let Some(own) = commits.iter().find(|commit| commit.id == self.command.id) {
            return Next::Done(first_answer(&self.command, &Found::of(own)));
        }
        self.version = commits.last().map_or(0, |commit| commit.number);
        self.last_at = commits.last().map(|commit| commit.at);
        if self.doubt.is_some_and(|number| number <= self.version) {
            self.doubt = None;
        }
        if let Some(verdict) = self.verdict.take() {
            return self.refused(verdict.into());
        }
        if let Some(expected) = self.command.expected
            && expected != self.version
        {
            // Who may not do this hears that, and nothing of versions; a decision asks for permission itself.
            let unseen = commits.iter().filter(|commit| commit.number > expected);
            let stale = || ExecuteError::Stale {
                expected,
                current: self.version,
                since: unseen.map(Commit::outline).collect(),
            };
            let refusal = permitted().err().unwrap_or_else(stale);
            return self.refused(refusal);
        }
        if let Some((stream, version)) = self.own_hold() {
            return self.refused(ExecuteError::HoldBroken { stream, version });
        }
        self.decide(clock)
    }

    /// The stream could not be read.
    pub(crate) fn not_loaded<R>(&mut self, error: LoadError) -> Next<R> {
        match error {
            LoadError::Store(error) => self.trouble(error),
            damaged => self.refused(damaged.into()),
        }
    }

    /// A decision was made.
    pub(crate) fn decided<R>(&mut self, write: Write, clock: Timestamp) -> Next<R> {
        if clock.as_millisecond().saturating_sub(write.at.as_millisecond()) <= OLDEST_DECISION {
            return Next::Send(write);
        }
        self.troubles += 1;
        if self.troubles > TROUBLES { Next::Done(Err(ExecuteError::OutOfTime)) } else { self.decide(clock) }
    }

    /// Something refuses the request on what was read last.
    pub(crate) fn refused<R>(&mut self, refusal: ExecuteError<R>) -> Next<R> {
        if self.doubt.is_none() {
            return Next::Done(Err(refusal));
        }
        let reason = "an earlier try of this request may still be applied".to_owned();
        Next::Done(Err(StoreError::Unavailable { reason }.into()))
    }

    /// The store replied to a send of `write`, or did not.
    pub(crate) fn sent<R>(&mut self, write: &Write, sent: Sent) -> Next<R> {
        match sent {
            Sent::Written => Next::Done(Ok(Receipt {
                stream: self.command.stream.clone(),
                number: write.number,
                id: self.command.id.clone(),
                at: write.at,
                repeated: false,
            })),
            Sent::Refused { commit: Some(Some(found)), .. } if found.id == self.command.id => {
                Next::Done(first_answer(&self.command, &found))
            }
            Sent::Refused { commit: Some(_), .. } => {
                self.conflicts += 1;
                if self.conflicts > CONFLICTS {
                    self.verdict = Some(Verdict::Conflict);
                }
                Next::Load(Pause::Conflict(self.conflicts))
            }
            Sent::Refused { commit: None, claims, companions, holds } => self.not_allowed(claims, companions, holds),
            Sent::Unclear(error) => {
                self.doubt = Some(write.number);
                self.trouble(error)
            }
            Sent::Rejected(error) => self.refused(error.into()),
        }
    }

    fn not_allowed<R>(
        &mut self,
        claims: Vec<(Guard, StreamId)>,
        companions: Vec<Place>,
        holds: Vec<(StreamId, u64)>,
    ) -> Next<R> {
        let foreign = claims.into_iter().find(|(_, holder)| *holder != self.command.stream);
        let taken = foreign.map(|(guard, holder)| Verdict::Taken(guard, holder));
        let stands = || companions.into_iter().next().map(Verdict::Stands);
        let broken = || holds.into_iter().next().map(|(stream, version)| Verdict::Broken(stream, version));
        self.verdict = taken.or_else(broken).or_else(stands);
        if self.verdict.is_some() {
            return Next::Load(Pause::None);
        }
        let reason = "a claim is held by this stream, by a commit that is not to be seen".to_owned();
        self.trouble(StoreError::Unavailable { reason })
    }

    fn trouble<R>(&mut self, error: StoreError) -> Next<R> {
        self.troubles += 1;
        if self.troubles > TROUBLES { Next::Done(Err(error.into())) } else { Next::Load(Pause::Trouble(self.troubles)) }
    }

    fn decide<R>(&mut self, clock: Timestamp) -> Next<R> {
        let clock = clock.as_millisecond();
        let last = self.last_at.map_or(clock, |at| at.as_millisecond());
        if last.saturating_sub(clock) > MOST_AHEAD {
            return self.refused(ExecuteError::ClockBehind { seconds: (last - clock) / 1000 });
        }
        // Whole milliseconds: what is stored beside the bytes holds no more.
        Next::Decide(Timestamp::from_millisecond(clock.max(last)).unwrap_or(Timestamp::MAX))
    }

    /// A transaction cannot hold the stream it writes to; its version is compared here and guarded by the append itself.
    fn own_hold(&self) -> Option<(StreamId, u64)> {
        self.command.holds.iter().find(|(stream, at)| *stream == self.command.stream && *at != self.version).cloned()
    }
}

impl<R> From<Verdict> for ExecuteError<R> {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Conflict => Self::Conflict,
            Verdict::Taken(guard, holder) => Self::ClaimTaken { guard, holder },
            Verdict::Broken(stream, version) => Self::HoldBroken { stream, version },
            Verdict::Stands(place) => Self::CompanionStands { place },
        }
    }
}

/// The answer that the commit `own` of this request's id was given.
pub(crate) fn first_answer<R>(command: &Command, own: &Found) -> Result<Receipt, ExecuteError<R>> {
    if own.fingerprint != command.fingerprint {
        return Err(ExecuteError::KeyReused);
    }
    Ok(Receipt { stream: command.stream.clone(), number: own.number, id: own.id.clone(), at: own.at, repeated: true })
}

#[cfg(test)]
mod model;
