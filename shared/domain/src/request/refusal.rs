//! Why a command on an application for information was refused.

use thiserror::Error;

use crate::{case::CaseRefusal, deadline::DeadlineRefusal};

/// Why a command on an application for information was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RequestRefusal {
    /// Its receipt is not confirmed: no term runs that could be stopped or extended.
    #[error("the receipt of the application is not confirmed")]
    NotConfirmed,
    /// It is confirmed.
    #[error("the receipt of the application is confirmed already")]
    AlreadyConfirmed,
    /// A completion may be asked for once.
    #[error("a completion was asked for before")]
    CompletionAskedBefore,
    /// The days are over in which it may be asked for.
    #[error("the term is over in which a completion may be asked for")]
    TooLateForCompletion,
    /// Nothing is to be completed.
    #[error("no completion is awaited")]
    NoCompletionAwaited,
    /// His opinion is asked for.
    #[error("that opinion is awaited already")]
    OpinionAwaited,
    /// Nobody asked for it, or it came or lapsed.
    #[error("that opinion is not awaited")]
    NoOpinionAwaited,
    /// Something has to come before the reply: a completion, an opinion, a fee.
    #[error("the applicant or somebody consulted has to act first")]
    Awaiting,
    /// So few applications cost nothing.
    #[error("the application is free of charge")]
    Free,
    /// A fee was asked for.
    #[error("a fee was asked for before")]
    FeeAskedBefore,
    /// No fee is awaited.
    #[error("no fee is awaited")]
    NoFeeAwaited,
    /// It was filed.
    #[error("the case was archived before")]
    AlreadyArchived,
    /// What refuses a command on any case.
    #[error(transparent)]
    Case(#[from] CaseRefusal),
}

impl From<DeadlineRefusal> for RequestRefusal {
    fn from(refusal: DeadlineRefusal) -> Self {
        Self::Case(refusal.into())
    }
}
