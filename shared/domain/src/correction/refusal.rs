//! Why a command on an error report was refused.

use thiserror::Error;

use crate::{case::CaseRefusal, deadline::DeadlineRefusal};

/// Why a command on an error report was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CorrectionRefusal {
    /// An answer without words.
    #[error("the answer is empty")]
    EmptyAnswer,
    /// An answer stands.
    #[error("the report is answered already")]
    AlreadyAnswered,
    /// No answer stands.
    #[error("the report has no public answer")]
    NotAnswered,
    /// What refuses a command on any case.
    #[error(transparent)]
    Case(#[from] CaseRefusal),
}

impl From<DeadlineRefusal> for CorrectionRefusal {
    fn from(refusal: DeadlineRefusal) -> Self {
        Self::Case(refusal.into())
    }
}
