//! One command from its order to its answer, once for all its resends.
//!
//! A handler gives [`carry_out`] an attempt: it checks what the request says, looks up what other streams say, and ends in [`proceed`] or [`begin`], which
//! ask the ledger. Whatever refuses on the way there is held back until the ledger has been asked for the request's own id.

use axum::response::Response;
use domain::{Aggregate, Context, aggregate::Event};
use gateway::{Problem, Sentence};
use jiff::Timestamp;
use ledger::{Commit, DecodeError, ExecuteError, LoadError, decode_event, refusal_open_for};

use crate::{
    function::Function,
    order::{Accepted, Order},
    problems::{self, EARLIER_TRY_OPEN},
    receipt::{Tells, answer},
    setback::Setback,
};

/// Carries out an order and answers it, once for all its resends.
///
/// # Errors
/// What refused it; while an earlier try may still be accepted, "try again" instead.
pub async fn carry_out<S: Function, E: Event + Tells<S::Told>>(
    state: &S,
    order: &Order,
    attempt: impl Future<Output = Result<Accepted<E>, S::Refusal>>,
) -> Result<Response, S::Refusal> {
    settled(state, order, attempt).await.map(|accepted| answer(state, &accepted))
}

/// Carries out an order, once for all its resends.
///
/// What refuses before the ledger was asked is held back until it has been asked for the request's own id (PROTOCOLS.md, "Idempotency").
///
/// # Errors
/// As of [`carry_out`].
pub async fn settled<S: Function, E: Event>(
    state: &S,
    order: &Order,
    attempt: impl Future<Output = Result<Accepted<E>, S::Refusal>>,
) -> Result<Accepted<E>, S::Refusal> {
    let attempted = match order.envelope.sender.barred().or_else(|| order.flaw.clone()) {
        None => attempt.await.map_err(Into::into),
        Some(problem) => Err(Setback::Before(problem)),
    };
    let outcome = match attempted {
        Ok(accepted) => Ok(accepted),
        Err(Setback::After(problem)) => Err(problem),
        Err(Setback::Before(problem)) => recognised(state, order, problem).await,
    };
    let outcome = outcome.map_err(|problem| while_open(order, problem, state.clock().now()));
    log(order, &outcome);
    outcome.map_err(|problem| Setback::After(problem).into())
}

/// Asks `permit`, compares versions, runs `decide` on the stream and appends what it decides.
///
/// The ledger looks for the request's own id before any of them.
///
/// # Errors
/// What the ledger did not do; for those who have something of their own to say of it, others take [`proceed`].
pub async fn execute<S: Function, A: Aggregate>(
    state: &S,
    order: &Order,
    permit: impl Fn(&A) -> Result<(), S::Refusal> + Send + Sync,
    mut decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, S::Refusal> + Send,
) -> Result<Accepted<A::Event>, ExecuteError<S::Refusal>> {
    let mut decided = Vec::new();
    let receipt = state
        .ledger()
        .execute_permitted(&order.command(), permit, |aggregate: &A, context: &Context| {
            decided = decide(aggregate, context)?;
            Ok(decided.clone())
        })
        .await?;
    if !receipt.repeated {
        return Ok(Accepted { receipt, events: decided });
    }
    // The first answer is told from the first commit, not from what was decided now.
    let commits = state.ledger().load(&order.stream).await?;
    let first = commits.iter().find(|commit| commit.number == receipt.number);
    let events = match first {
        Some(commit) => decoded(commit).map_err(LoadError::from)?,
        None => Vec::new(),
    };
    Ok(Accepted { receipt, events })
}

/// As [`execute`], for commands whose only setbacks are the usual ones.
///
/// # Errors
/// What refused it, after the ledger was asked.
pub async fn proceed<S: Function, A: Aggregate>(
    state: &S,
    order: &Order,
    permit: impl Fn(&A) -> Result<(), S::Refusal> + Send + Sync,
    decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, S::Refusal> + Send,
) -> Result<Accepted<A::Event>, S::Refusal> {
    execute(state, order, permit, decide).await.map_err(|error| problems::not_executed(state, order, error))
}

/// As [`proceed`], where the stream itself says nothing of who may: what begins one, and what was permitted by what other streams say.
///
/// # Errors
/// As of [`proceed`].
pub async fn begin<S: Function, A: Aggregate>(
    state: &S,
    order: &Order,
    decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, S::Refusal> + Send,
) -> Result<Accepted<A::Event>, S::Refusal> {
    proceed(state, order, |_| Ok(()), decide).await
}

/// The first answer if the request was accepted before, else what refuses it.
async fn recognised<S: Function, E: Event>(
    state: &S,
    order: &Order,
    refusing: Problem,
) -> Result<Accepted<E>, Problem> {
    match state.ledger().recognised(&order.command()).await {
        Ok(Some((receipt, own))) => match decoded(&own) {
            Ok(events) => Ok(Accepted { receipt, events }),
            Err(error) => Err(problems::load(&LoadError::from(error))),
        },
        Ok(None) => Err(refusing),
        Err(error) => Err(problems::of_ledger(state, order, error)),
    }
}

fn decoded<E: Event>(commit: &Commit) -> Result<Vec<E>, DecodeError> {
    commit.events.iter().map(|recorded| decode_event(commit, recorded)).collect()
}

/// A refusal while an earlier try may still be accepted becomes "try again".
///
/// Answers of status 5xx say so already.
fn while_open(order: &Order, inner: Problem, now: Timestamp) -> Problem {
    let Some(first_sent) = order.envelope.first_sent else {
        return inner;
    };
    let Some(left) = refusal_open_for(first_sent, now) else {
        return inner;
    };
    if inner.status().is_server_error() {
        return inner;
    }
    Problem::of(
        &EARLIER_TRY_OPEN,
        Sentence::new(
            format!("{}（当前结果：{}）", EARLIER_TRY_OPEN.remedy, inner.code()),
            format!("{} (The answer for now: {}.)", EARLIER_TRY_OPEN.remedy_en, inner.code()),
        ),
    )
    .with_retry_after(left)
}

/// One line per command; the fields are documented in the README of `gateway`.
fn log<E>(order: &Order, outcome: &Result<Accepted<E>, Problem>) {
    let milliseconds = u64::try_from(order.envelope.started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (commit, told) = match outcome {
        Ok(accepted) if accepted.receipt.repeated => (accepted.receipt.number, "repeated"),
        Ok(accepted) => (accepted.receipt.number, "accepted"),
        Err(problem) => (0, problem.code()),
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
