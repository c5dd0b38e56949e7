//! Carrying out one command: load, recognise, decide, append.
//!
//! [`Attempt`] is the protocol as a machine without input or output: it says what it wants next and is told what came of it. This file performs its
//! wishes; `attempt/model.rs` walks every interleaving of it.
//!
//! # When a refusal is the last word
//!
//! A put of commit n + 1 can only be applied while there is no commit n + 1. So, within one call:
//!
//! - A send without a clear reply is *in doubt*. The stream is read again. If it holds the request's id, that is the answer. If another commit stands
//!   at n + 1, the put is dead and the doubt is over. If the stream still ends at n, the put may be on its way: the request decides again and sends
//!   again to the same n + 1, where only one of the two can be applied. What it may not do is *refuse*: every refusal made in doubt becomes "try
//!   again" ([`StoreError::Unavailable`]).
//! - A clear refusal of a send also ends the doubt about the SDK's own earlier tries of that send: they carry the same conditions, and the conditions
//!   only fail for good (a commit, a claim and a moved stream never go away).
//!
//! Between calls the ledger knows nothing of an earlier try that is still under way in another process: its put may wait while this call refuses (a token
//! ran out, the version is stale, a clock settled a deadline), and be applied after. No read can tell. What can be told is that it ends: a
//! request sends nothing after [`DEADLINE`](crate::DEADLINE), and its requests are cut off there. So a refusal of a *resend* is final only when the
//! first try's deadline has passed. The API layer knows the instant of the first try if the client says it (an optional header), and asks
//! [`refusal_open_for`](crate::refusal_open_for); a client that gets a refusal to its first and only send needs nothing of this. A resend that is *recognised* is
//! always final, and recognising comes before everything: [`Ledger::recognised`] serves the API where a token has run out meanwhile.
//!
//! # Who held the name
//!
//! A cancelled transaction gives the old item of each failed member. Only the commit item with this request's id proves that an earlier try won; a guard
//! with this request's id does not (the same key may have made another stream). A guard held by *this* stream while its commit is not to be seen is
//! a transaction half way through; it is waited for, never reported as taken.
//!
//! # What must stand with a commit
//!
//! A [`Companion`] is an item of another table that stands from the very instant of the commit, or not at all: the keys of a case. It is put where nothing
//! stands, in the same transaction. If something stands there while the commit's own place is free, no try of this request put it (that one would have
//! put the commit, too): an id met another, or the store lost a commit. That is [`ExecuteError::CompanionStands`], and nobody's fault who asked.

mod attempt;
mod send;

use std::{
    pin::{Pin, pin},
    time::Duration,
};

use domain::{Aggregate, Context, Guard, aggregate::Event};
use jiff::Timestamp;
use tokio::time::{Instant, Sleep, sleep_until};

use attempt::{Attempt, Found, Next, Pause, Write};

use crate::{
    codec::{self, fold, record},
    command::{Command, DEADLINE, Receipt},
    commit::Commit,
    companion::Companion,
    error::{DecodeError, ExecuteError, LoadError},
    guards::claims,
    store::Ledger,
};

/// Most bytes of one commit, before DynamoDB's own limit of 400 KB for an item.
pub const COMMIT_LIMIT: usize = 300 * 1024;

impl Ledger {
    /// Carries out one command on one stream and answers with its commit.
    ///
    /// `decide` gets the state and the instant and gives one or more events, or a refusal; it is called again on every conflict, so it decides
    /// from its arguments alone. A request that was accepted before gets its first answer and is not decided.
    ///
    /// # Errors
    /// Each kind of [`ExecuteError`] apart.
    pub async fn execute<A, R>(
        &self,
        command: &Command,
        decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, R>,
    ) -> Result<Receipt, ExecuteError<R>>
    where
        A: Aggregate,
    {
        self.execute_permitted(command, |_| Ok(()), decide).await
    }

    /// As [`execute`](Self::execute), where only some may: `permit` looks at the state before the version is compared and before `decide`.
    ///
    /// # Errors
    /// Each kind of [`ExecuteError`] apart; what `permit` gives is a refusal like any other.
    pub async fn execute_permitted<A, R>(
        &self,
        command: &Command,
        permit: impl Fn(&A) -> Result<(), R>,
        decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, R>,
    ) -> Result<Receipt, ExecuteError<R>>
    where
        A: Aggregate,
    {
        self.execute_accompanied(command, &[], permit, decide).await
    }

    /// As [`execute_permitted`](Self::execute_permitted), where items of other tables stand from the instant of the commit, or not at all.
    ///
    /// Whether they are put where the request turns out to have been accepted before: no.
    ///
    /// # Errors
    /// Each kind of [`ExecuteError`] apart; [`ExecuteError::CompanionStands`] where something stands in a companion's place and nothing in the commit's.
    pub async fn execute_accompanied<A, R>(
        &self,
        command: &Command,
        companions: &[Companion],
        permit: impl Fn(&A) -> Result<(), R>,
        mut decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, R>,
    ) -> Result<Receipt, ExecuteError<R>>
    where
        A: Aggregate,
    {
        let mut decide = |state: &A, context: &Context| {
            permit(state)?;
            decide(state, context)
        };
        let deadline = Instant::from_std(command.started) + DEADLINE;
        // One timer for all requests of the call: setting one wakes the thread that waits for the network.
        let mut over = pin!(sleep_until(deadline));
        let mut attempt = Attempt::new(command.clone());
        let mut commits = Vec::new();
        let mut next = Next::Load(Pause::None);
        loop {
            next = match next {
                Next::Load(pause) => {
                    let load = async {
                        wait(pause).await;
                        self.load(&command.stream).await
                    };
                    match before(over.as_mut(), load).await {
                        None => return Err(ExecuteError::OutOfTime),
                        Some(Err(error)) => attempt.not_loaded(error),
                        Some(Ok(loaded)) => {
                            commits = loaded;
                            let permitted = || {
                                let state: A = fold(&commits).map_err(LoadError::Decode)?;
                                permit(&state).map_err(ExecuteError::Refused)
                            };
                            attempt.loaded(&commits, self.clock().now(), permitted)
                        }
                    }
                }
                Next::Decide(now) => match draft::<A, R>(command, companions, &commits, now, &mut decide) {
                    Ok(write) => attempt.decided(write, self.clock().now()),
                    Err(refusal) => attempt.refused(refusal),
                },
                Next::Send(write) => {
                    if Instant::now() >= deadline {
                        return Err(ExecuteError::OutOfTime);
                    }
                    match before(over.as_mut(), self.send(command, &write)).await {
                        None => return Err(ExecuteError::OutOfTime),
                        Some(sent) => attempt.sent(&write, sent),
                    }
                }
                Next::Done(answer) => return answer,
            };
        }
    }

    /// What this request was answered before, if it was accepted, and the commit that says so; for an API that must refuse it otherwise.
    ///
    /// # Errors
    /// The stream could not be read, or the key was used for another request ([`ExecuteError::KeyReused`]).
    pub async fn recognised<R>(&self, command: &Command) -> Result<Option<(Receipt, Commit)>, ExecuteError<R>> {
        let commits = self.load(&command.stream).await?;
        match commits.into_iter().find(|commit| commit.id == command.id) {
            Some(commit) => Ok(Some((attempt::first_answer(command, &Found::of(&commit))?, commit))),
            None => Ok(None),
        }
    }
}

/// Decides, and makes of the events what is to be sent.
fn draft<A, R>(
    command: &Command,
    companions: &[Companion],
    commits: &[Commit],
    now: Timestamp,
    decide: &mut impl FnMut(&A, &Context) -> Result<Vec<A::Event>, R>,
) -> Result<Write, ExecuteError<R>>
where
    A: Aggregate,
{
    let state: A = fold(commits).map_err(LoadError::Decode)?;
    let context = Context { actor: command.actor.clone(), now };
    let events = decide(&state, &context).map_err(ExecuteError::Refused)?;
    if events.is_empty() {
        return Err(ExecuteError::NothingDecided);
    }
    let unwritable = |error: serde_json::Error| {
        LoadError::Decode(DecodeError::Shape {
            stream: command.stream.clone(),
            name: A::CATEGORY.to_owned(),
            version: 0,
            reason: error.to_string(),
        })
    };
    let recorded = events.iter().map(record).collect::<Result<Vec<_>, _>>().map_err(unwritable)?;
    let content = codec::Content {
        id: &command.id,
        at: now,
        actor: &command.actor,
        fingerprint: command.fingerprint.as_deref(),
        events: &recorded,
    };
    let bytes = codec::encode(&content).map_err(unwritable)?;
    if bytes.len() > COMMIT_LIMIT {
        return Err(ExecuteError::TooLarge { bytes: bytes.len(), limit: COMMIT_LIMIT });
    }
    let guards = new_guards::<A>(commits, &events)?;
    let (number, previous) = commits.last().map_or((0, crate::chain::GENESIS), |last| (last.number, last.hash));
    Ok(Write { number: number + 1, at: now, bytes, previous, guards, companions: companions.to_vec() })
}

/// The claims of `events` that the stream's earlier commits have not made.
fn new_guards<A: Aggregate>(commits: &[Commit], events: &[A::Event]) -> Result<Vec<Guard>, LoadError> {
    let mut guards: Vec<Guard> = Vec::new();
    for guard in events.iter().flat_map(Event::guards) {
        if !guards.contains(&guard) {
            guards.push(guard);
        }
    }
    if !guards.is_empty() {
        let own = claims::<A::Event>(commits)?;
        guards.retain(|guard| own.iter().all(|held| held.guard != *guard));
    }
    Ok(guards)
}

/// What comes of `work`, unless the time is over before.
async fn before<T>(over: Pin<&mut Sleep>, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        done = work => Some(done),
        () = over => None,
    }
}

/// Waits a random time below the pause's bound, so that rivals do not meet again.
///
/// No pause asks no timer: one of no length would still cost a command up to a millisecond, the runtime's grain.
async fn wait(pause: Pause) {
    let most = match pause {
        Pause::None => return,
        Pause::Conflict(round) => Duration::from_millis(20) * 2_u32.saturating_pow(round),
        Pause::Trouble(round) => Duration::from_millis(50) * 2_u32.saturating_pow(round),
    };
    tokio::time::sleep(rand::random_range(Duration::ZERO..most)).await;
}
