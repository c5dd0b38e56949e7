//! One command from its envelope to its answer.

use domain::{Aggregate, CommitId, Context, StaffId, StreamId, aggregate::Event};
use gateway::{Problem, Sentence};
use jiff::Timestamp;
use ledger::{Command, Commit, DecodeError, ExecuteError, Receipt, decode_event, refusal_open_for};

use crate::{
    envelope::Envelope,
    problems::{self, store},
    receipt::{Tells, answer},
    refusal::Refusal,
    state::PublishState,
};

/// One command, addressed and identified.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// Method and route: part of the commit's identity, so never renamed.
    pub(crate) action: &'static str,
    pub(crate) stream: StreamId,
    pub(crate) id: CommitId,
    pub(crate) fingerprint: String,
    pub(crate) expected: Option<u64>,
    /// Streams that must still be at these versions when the commit is made.
    pub(crate) holds: Vec<(StreamId, u64)>,
    /// What is wrong with the headers but does not hide which request this is.
    pub(crate) flaw: Option<Problem>,
    pub(crate) envelope: Envelope,
}

/// A commit that is in the ledger, and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Accepted<E> {
    pub(crate) receipt: Receipt,
    pub(crate) events: Vec<E>,
}

/// Why an attempt did not end in a commit.
#[derive(Debug)]
pub(crate) enum Setback {
    /// Refused before the ledger looked for the request's own id.
    Before(Refusal),
    /// Refused after it.
    After(Refusal),
}

impl<T: Into<Refusal>> From<T> for Setback {
    fn from(refusal: T) -> Self {
        Self::Before(refusal.into())
    }
}

impl Order {
    /// Carried out only while its sender's own stream stands where it was read: for commands about the roles of others.
    ///
    /// Two administrators who disable each other at the same instant do not both succeed.
    pub(crate) fn while_the_sender_stands(mut self) -> Self {
        let sender = &self.envelope.sender;
        self.holds.push((StaffId::of(&sender.actor).stream(), sender.version));
        self
    }

    fn command(&self) -> Command {
        Command {
            stream: self.stream.clone(),
            id: self.id.clone(),
            actor: self.envelope.sender.actor.clone(),
            fingerprint: Some(self.fingerprint.clone()),
            expected: self.expected,
            holds: self.holds.clone(),
            started: self.envelope.started,
        }
    }
}

/// Asks `permit`, compares versions, runs `decide` on the stream and appends what it decides.
///
/// The ledger looks for the request's own id before any of them.
pub(crate) async fn execute<A: Aggregate>(
    state: &PublishState,
    order: &Order,
    permit: impl Fn(&A) -> Result<(), Refusal> + Send + Sync,
    mut decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, Refusal> + Send,
) -> Result<Accepted<A::Event>, ExecuteError<Refusal>> {
    let mut decided = Vec::new();
    let receipt = state
        .ledger
        .execute_permitted(&order.command(), permit, |aggregate: &A, context: &Context| {
            decided = decide(aggregate, context)?;
            Ok(decided.clone())
        })
        .await?;
    if !receipt.repeated {
        return Ok(Accepted { receipt, events: decided });
    }
    // The first answer is told from the first commit, not from what was decided now.
    let commits = state.ledger.load(&order.stream).await?;
    let first = commits.iter().find(|commit| commit.number == receipt.number);
    let events = match first {
        Some(commit) => decoded(commit).map_err(ledger::LoadError::from)?,
        None => Vec::new(),
    };
    Ok(Accepted { receipt, events })
}

/// As [`execute`], for commands whose only setbacks are the usual ones.
pub(crate) async fn proceed<A: Aggregate>(
    state: &PublishState,
    order: &Order,
    permit: impl Fn(&A) -> Result<(), Refusal> + Send + Sync,
    decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, Refusal> + Send,
) -> Result<Accepted<A::Event>, Setback> {
    execute(state, order, permit, decide).await.map_err(|error| Setback::After(store::execute(order, error)))
}

/// As [`proceed`], where the stream itself says nothing of who may: what begins one, and what was permitted by what other streams say.
pub(crate) async fn begin<A: Aggregate>(
    state: &PublishState,
    order: &Order,
    decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, Refusal> + Send,
) -> Result<Accepted<A::Event>, Setback> {
    proceed(state, order, |_| Ok(()), decide).await
}

/// Carries out an order and answers it, once for all its resends.
pub(crate) async fn carry_out<E: Event + Tells>(
    state: &PublishState,
    order: &Order,
    attempt: impl Future<Output = Result<Accepted<E>, Setback>>,
) -> Result<axum::response::Response, Refusal> {
    settled(state, order, attempt).await.map(|accepted| answer(&accepted))
}

/// Carries out an order, once for all its resends.
///
/// What refuses before the ledger was asked is held back until it has been asked for the request's own id (PROTOCOLS.md, "Idempotency").
pub(crate) async fn settled<E: Event>(
    state: &PublishState,
    order: &Order,
    attempt: impl Future<Output = Result<Accepted<E>, Setback>>,
) -> Result<Accepted<E>, Refusal> {
    let attempted = match order.envelope.sender.barred().or_else(|| order.flaw.clone()) {
        None => attempt.await,
        Some(problem) => Err(Setback::from(problem)),
    };
    let outcome = match attempted {
        Ok(accepted) => Ok(accepted),
        Err(Setback::After(refusal)) => Err(refusal),
        Err(Setback::Before(refusal)) => recognised(state, order, refusal).await,
    };
    let outcome = outcome.map_err(|refusal| while_open(order, refusal, state.clock.now()));
    log(order, &outcome);
    outcome
}

/// The first answer if the request was accepted before, else the refusal.
async fn recognised<E: Event>(state: &PublishState, order: &Order, refusal: Refusal) -> Result<Accepted<E>, Refusal> {
    match state.ledger.recognised(&order.command()).await {
        Ok(Some((receipt, own))) => Ok(Accepted { receipt, events: decoded(&own).map_err(ledger::LoadError::from)? }),
        Ok(None) => Err(refusal),
        Err(error) => Err(store::execute(order, error)),
    }
}

fn decoded<E: Event>(commit: &Commit) -> Result<Vec<E>, DecodeError> {
    commit.events.iter().map(|recorded| decode_event(commit, recorded)).collect()
}

/// A refusal while an earlier try may still be accepted becomes "try again".
///
/// Answers of status 5xx say so already.
fn while_open(order: &Order, refusal: Refusal, now: Timestamp) -> Refusal {
    let Some(first_sent) = order.envelope.first_sent else {
        return refusal;
    };
    let Some(left) = refusal_open_for(first_sent, now) else {
        return refusal;
    };
    if refusal.problem().status().is_server_error() {
        return refusal;
    }
    let inner = refusal.problem();
    Problem::of(
        &problems::EARLIER_TRY_OPEN,
        Sentence::new(
            format!("{}（当前结果：{}）", problems::EARLIER_TRY_OPEN.remedy, inner.code()),
            format!("{} (The answer for now: {}.)", problems::EARLIER_TRY_OPEN.remedy_en, inner.code()),
        ),
    )
    .with_retry_after(left)
    .into()
}

/// One line per command; the fields are documented in the README of `gateway`.
fn log<E>(order: &Order, outcome: &Result<Accepted<E>, Refusal>) {
    let milliseconds = u64::try_from(order.envelope.started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (commit, told) = match outcome {
        Ok(accepted) if accepted.receipt.repeated => (accepted.receipt.number, "repeated"),
        Ok(accepted) => (accepted.receipt.number, "accepted"),
        Err(refusal) => (0, refusal.problem().code()),
    };
    tracing::info!(
        action = order.action,
        stream = order.stream.as_str(),
        commit,
        outcome = told,
        milliseconds,
        request = order.envelope.request,
    );
}
