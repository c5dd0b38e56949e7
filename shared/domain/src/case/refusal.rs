//! Why a command on a case was refused.

use jiff::civil::Date;
use thiserror::Error;

use crate::{deadline::DeadlineRefusal, id::DepartmentCode};

/// Why a command on a case was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CaseRefusal {
    /// Nothing came in under this id.
    #[error("there is no such case")]
    NotOpened,
    /// It came in before.
    #[error("the case was opened before")]
    AlreadyOpened,
    /// It came to its end.
    #[error("the case is closed")]
    Closed,
    /// It has not come to its end.
    #[error("the case is not closed")]
    NotClosed,
    /// That department answers for it already.
    #[error("the department `{department}` answers for the case already")]
    AlreadyAssigned {
        /// The department.
        department: DepartmentCode,
    },
    /// That person answers for it already.
    #[error("that person answers for the case already")]
    AlreadyNamed,
    /// What is personal in it is erased: nothing can be added that would be sealed with its key.
    #[error("what is personal in the case is erased")]
    Erased,
    /// It has as many files of staff as it may have.
    #[error("the case has as many files as staff may put into it")]
    TooManyFiles,
    /// No reply stands that its citizen could rate.
    #[error("there is no reply to be rated")]
    NothingToRate,
    /// Another one stands than the one that he read: nobody rates what he has not seen.
    #[error("another reply stands than the one that was read")]
    OtherReply,
    /// He rated it.
    #[error("the reply was rated before")]
    RatedBefore,
    /// Its time is over.
    #[error("the reply could be rated until {last}")]
    RatingOver {
        /// The last day.
        last: Date,
    },
    /// It is not erased.
    #[error("the case is not erased")]
    NotErased,
    /// It was told before that nothing is left.
    #[error("the erasure was completed before")]
    ErasureCompleted,
    /// Nothing is to be done to it though nobody acts.
    #[error("nothing is due")]
    NothingDue,
    /// The law of its deadlines.
    #[error(transparent)]
    Deadline(#[from] DeadlineRefusal),
}
