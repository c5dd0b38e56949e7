//! What the ledger could not do, as problems.

use std::time::Duration;

use gateway::{Problem, ProblemKind, Sentence, kinds::INTERNAL};
use ledger::{DecodeError, ExecuteError, LoadError, StoreError};
use views::{FoldFailure, ViewError};

use super::{
    CALENDAR_NOT_FOUND, CLOCK_BEHIND, COLUMN_NOT_FOUND, COMMIT_TOO_LARGE, CONFLICT, DEPARTMENT_NOT_FOUND,
    DOCUMENT_NOT_FOUND, EVENT_UNREADABLE, INDEX_NUMBERS_BUSY, KEY_REUSED, OUT_OF_TIME, PATH_TAKEN, SITE_NOT_FOUND,
    STAFF_NOT_FOUND, STREAM_DAMAGED, THROTTLED, UNAVAILABLE, stale,
};
use crate::{order::Order, receipt::stands_by_itself, refusal::Refusal};

const SOON: Duration = Duration::from_secs(1);

/// A command that the ledger did not carry out.
pub(crate) fn execute(order: &Order, error: ExecuteError<Refusal>) -> Refusal {
    let problem = match error {
        ExecuteError::Refused(refusal) => return refusal,
        // Nobody saw a version of what does not exist.
        ExecuteError::Stale { current: 0, .. } if !stands_by_itself(&order.stream) => {
            Problem::plain(not_found(order.stream.category()))
        }
        ExecuteError::Stale { expected, current, since } => stale::problem(&order.stream, expected, current, &since),
        ExecuteError::KeyReused => Problem::plain(&KEY_REUSED),
        ExecuteError::Conflict => Problem::plain(&CONFLICT).with_retry_after(SOON),
        ExecuteError::HoldBroken { .. } => Problem::plain(&CONFLICT).with_retry_after(SOON),
        ExecuteError::ClaimTaken { guard, holder } if guard.scope.starts_with("path:") => Problem::of(
            &PATH_TAKEN,
            Sentence::new(
                format!("地址 {} 属于 {holder}。{}", guard.claim, PATH_TAKEN.remedy),
                format!("{} belongs to {holder}. {}", guard.claim, PATH_TAKEN.remedy_en),
            ),
        ),
        ExecuteError::ClaimTaken { .. } => Problem::plain(&INDEX_NUMBERS_BUSY).with_retry_after(SOON),
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
    };
    problem.into()
}

/// A stream that could not be read.
pub(crate) fn load(error: &LoadError) -> Problem {
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
pub(crate) fn unavailable(error: &StoreError) -> Problem {
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

/// Views that did not do what was asked.
pub(crate) fn view(error: &ViewError) -> Problem {
    match error {
        ViewError::Throttled => Problem::plain(&THROTTLED).with_retry_after(SOON),
        ViewError::Unavailable(reason) => {
            tracing::warn!(trouble = "views-unavailable", reason = reason.as_str());
            Problem::plain(&UNAVAILABLE).with_retry_after(SOON)
        }
        ViewError::Refused(reason) => {
            tracing::error!(alarm = "views-refused", reason = reason.as_str());
            Problem::plain(&INTERNAL)
        }
        ViewError::Shape(row) => {
            tracing::error!(alarm = "row-shape", row = row.as_str());
            Problem::plain(&INTERNAL)
        }
    }
}

/// A stream that could not be folded into rows.
pub(crate) fn fold(failure: &FoldFailure) -> Problem {
    match failure {
        FoldFailure::Decode(error) => load(&LoadError::Decode(error.clone())),
        FoldFailure::Category(stream) => {
            tracing::error!(alarm = "category-unknown", stream = stream.as_str());
            Problem::plain(&INTERNAL)
        }
        FoldFailure::TooLarge { slice, key, bytes } => {
            tracing::error!(alarm = "row-too-large", slice = slice.as_str(), key = key.as_str(), bytes);
            Problem::plain(&INTERNAL)
        }
    }
}

fn not_found(category: &str) -> &'static ProblemKind {
    match category {
        "department" => &DEPARTMENT_NOT_FOUND,
        "site" => &SITE_NOT_FOUND,
        "column" => &COLUMN_NOT_FOUND,
        "staff" => &STAFF_NOT_FOUND,
        "calendar" => &CALENDAR_NOT_FOUND,
        _ => &DOCUMENT_NOT_FOUND,
    }
}
