//! What the ledger could not do, as problems.

use std::time::Duration;

use gateway::{Problem, Sentence, kinds::INTERNAL};
use ledger::{DecodeError, ExecuteError, LoadError, StoreError};

use super::{
    CLOCK_BEHIND, COMMIT_TOO_LARGE, CONFLICT, EVENT_UNREADABLE, KEY_REUSED, OUT_OF_TIME, STREAM_DAMAGED, THROTTLED,
    UNAVAILABLE, stale,
};
use crate::{function::Function, order::Order, setback::Setback};

const SOON: Duration = Duration::from_secs(1);

/// A command that the ledger did not carry out, as its function tells it.
pub fn not_executed<S: Function>(state: &S, order: &Order, error: ExecuteError<S::Refusal>) -> S::Refusal {
    Setback::After(of_ledger(state, order, error)).into()
}

/// A command that the ledger did not carry out.
pub(crate) fn of_ledger<S: Function>(state: &S, order: &Order, error: ExecuteError<S::Refusal>) -> Problem {
    match error {
        ExecuteError::Refused(refusal) => refusal.into().into_problem(),
        // Nobody saw a version of what does not exist.
        ExecuteError::Stale { current: 0, .. } if !state.stands_by_itself(&order.stream) => {
            Problem::plain(state.not_found(order.stream.category()))
        }
        ExecuteError::Stale { expected, current, since } => stale::problem(&order.stream, expected, current, &since),
        ExecuteError::KeyReused => Problem::plain(&KEY_REUSED),
        ExecuteError::Conflict => Problem::plain(&CONFLICT).with_retry_after(SOON),
        ExecuteError::HoldBroken { .. } => Problem::plain(&CONFLICT).with_retry_after(SOON),
        ExecuteError::ClaimTaken { guard, holder } => state.claim_taken(&guard, &holder),
        ExecuteError::CompanionStands { place } => {
            tracing::error!(alarm = "companion-stands", stream = order.stream.as_str(), place = %place);
            Problem::plain(&STREAM_DAMAGED)
        }
        ExecuteError::TooLarge { bytes, limit } => Problem::of(
            &COMMIT_TOO_LARGE,
            Sentence::new(
                format!("共 {bytes} 字节，上限 {limit} 字节。{}", COMMIT_TOO_LARGE.remedy),
                format!("It has {bytes} bytes of at most {limit}. {}", COMMIT_TOO_LARGE.remedy_en),
            ),
        ),
        ExecuteError::ClockBehind { seconds } => {
            tracing::error!(alarm = "clock-behind", stream = order.stream.as_str(), seconds);
            Problem::plain(&CLOCK_BEHIND).with_retry_after(Duration::from_secs(60))
        }
        ExecuteError::OutOfTime => Problem::plain(&OUT_OF_TIME).with_retry_after(SOON),
        ExecuteError::NothingDecided => {
            tracing::error!(alarm = "nothing-decided", action = order.action, stream = order.stream.as_str());
            Problem::plain(&INTERNAL)
        }
        ExecuteError::Load(error) => load(&error),
    }
}

/// A stream that could not be read.
#[must_use]
pub fn load(error: &LoadError) -> Problem {
    match error {
        LoadError::Store(error) => unavailable(error),
        LoadError::Damaged { stream, number, reason } => {
            tracing::error!(
                alarm = "stream-damaged",
                stream = stream.as_str(),
                commit = number,
                reason = reason.as_str()
            );
            Problem::plain(&STREAM_DAMAGED)
        }
        LoadError::Decode(DecodeError::Unknown { stream, name, version }) => {
            tracing::error!(alarm = "event-unknown", stream = stream.as_str(), event = name.as_str(), version);
            Problem::plain(&EVENT_UNREADABLE).with_retry_after(Duration::from_secs(30))
        }
        LoadError::Decode(DecodeError::Shape { stream, name, version, reason }) => {
            tracing::error!(
                alarm = "event-shape",
                stream = stream.as_str(),
                event = name.as_str(),
                version,
                reason = reason.as_str()
            );
            Problem::plain(&STREAM_DAMAGED)
        }
    }
}

/// A store that did not do what was asked.
#[must_use]
pub fn unavailable(error: &StoreError) -> Problem {
    match error {
        StoreError::Throttled => Problem::plain(&THROTTLED).with_retry_after(SOON),
        StoreError::Damaged { reason } => {
            tracing::error!(alarm = "stored-damaged", reason = reason.as_str());
            Problem::plain(&INTERNAL)
        }
        StoreError::Unavailable { reason } => {
            tracing::warn!(trouble = "store-unavailable", reason = reason.as_str());
            Problem::plain(&UNAVAILABLE).with_retry_after(SOON)
        }
    }
}
