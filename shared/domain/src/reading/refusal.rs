//! Why a reading was not recorded.

use thiserror::Error;

/// Why a reading was not recorded, and so does not happen; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadingRefusal {
    /// No field is named.
    #[error("a reading names what is read")]
    Nothing,
    /// More than one reading opens.
    #[error("a reading opens {given} fields, at most {limit} are allowed")]
    TooMany {
        /// Fields named.
        given: usize,
        /// Fields allowed.
        limit: usize,
    },
}
