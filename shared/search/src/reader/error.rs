//! Why there is no answer.

use std::io;

use tantivy::TantivyError;

use crate::deadline::Deadline;

/// An index cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It was built with other fields or another analysis: build a new generation.
    #[error("the index is of schema {found}, this program reads {wanted}")]
    OtherSchema {
        /// Its schema.
        found: u32,
        /// Ours.
        wanted: u32,
    },
    /// An object is missing, or not what the manifest says.
    #[error("the index cannot be read")]
    Unreadable(#[from] TantivyError),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.into())
    }
}

/// A question is not answered.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The text is too long.
    #[error("the text has more than {most} characters")]
    TooLong {
        /// Characters that are read.
        most: usize,
    },
    /// The text has too many words.
    #[error("the text has more than {most} words")]
    TooManyWords {
        /// Words that are looked for at once.
        most: usize,
    },
    /// The page is too large.
    #[error("a page has at most {most} hits")]
    TooManyHits {
        /// Hits of a page.
        most: usize,
    },
    /// Whoever asked waits no more.
    #[error("the answer takes too long")]
    OutOfTime,
    /// An object is missing, or not what the manifest says.
    #[error("the index cannot be read")]
    Unreadable(#[from] TantivyError),
}

/// Goes on only as long as somebody waits.
pub(super) fn in_time(deadline: &dyn Deadline) -> Result<(), AskError> {
    if deadline.is_over() { Err(AskError::OutOfTime) } else { Ok(()) }
}

impl From<io::Error> for AskError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.into())
    }
}
