//! What can go wrong with the vault, each kind apart.

use domain::{DepartmentCode, StreamId, reading::ReadingRefusal};
use jiff::Timestamp;
use ledger::{ExecuteError, StoreError};
use thiserror::Error;

use crate::{case_key::TooLong, root::RootError};

/// The vault did not do what was asked.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The case's keys were erased: what they closed is gone for good.
    #[error("the keys of `{case}` were erased at {at}")]
    Erased {
        /// The case.
        case: StreamId,
        /// When.
        at: Timestamp,
    },
    /// There is no key, and none was erased: an alarm. Somebody removed it, or the case never had one.
    #[error("the key `{name}` is missing and was not erased")]
    KeyMissing {
        /// A case's stream, or the name of a department's or the server's keys.
        name: String,
    },
    /// The department has no way to the case's key: the case is not in its hands.
    #[error("`{department}` has no way to the key of `{case}`")]
    NotHeld {
        /// The case.
        case: StreamId,
        /// The department.
        department: DepartmentCode,
    },
    /// A case is to be held by somebody.
    #[error("`{case}` would be held by nobody")]
    HeldByNobody {
        /// The case.
        case: StreamId,
    },
    /// A key does not open what it should have closed, or an item does not have its shape: an alarm.
    #[error("`{what}` of `{of}` is damaged: {reason}")]
    Damaged {
        /// What of it.
        what: String,
        /// Whose: a case's stream, or the name of some keys.
        of: String,
        /// What is wrong; never what it holds.
        reason: String,
    },
    /// The reading could not be recorded, so nothing was read.
    #[error("the reading could not be recorded")]
    NotRecorded(#[source] Box<ExecuteError<ReadingRefusal>>),
    /// A text is longer than what is sealed.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// What wraps the departments' keys did not do so.
    #[error(transparent)]
    Root(#[from] RootError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl VaultError {
    /// Whether it tells of keys or rows that are lost or damaged: nothing that passes by itself, and somebody is to be told.
    #[must_use]
    pub fn is_alarming(&self) -> bool {
        match self {
            Self::KeyMissing { .. } | Self::Damaged { .. } | Self::HeldByNobody { .. } => true,
            Self::Root(root) => root.is_lasting(),
            Self::Erased { .. } | Self::NotHeld { .. } | Self::NotRecorded(_) | Self::TooLong(_) | Self::Store(_) => {
                false
            }
        }
    }

    pub(crate) fn damaged(what: &str, of: &str, reason: impl Into<String>) -> Self {
        Self::Damaged { what: what.to_owned(), of: of.to_owned(), reason: reason.into() }
    }
}
