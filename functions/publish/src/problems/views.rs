//! What the views could not do, as problems.

use std::time::Duration;

use command::problems::{THROTTLED, UNAVAILABLE, load};
use gateway::{Problem, kinds::INTERNAL};
use ledger::LoadError;
use views::{FoldFailure, ViewError};

const SOON: Duration = Duration::from_secs(1);

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
