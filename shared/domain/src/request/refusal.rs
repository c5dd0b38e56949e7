//! Why a command on an application for information was refused.

use jiff::civil::Date;
use thiserror::Error;

use crate::{
    case::{CaseRefusal, Channel},
    deadline::DeadlineRefusal,
    id::FieldName,
};

/// Why a command on an application for information was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RequestRefusal {
    /// What is handed in or signed for has a day; what comes at the front door is confirmed.
    #[error("what is handed in or signed for has a day of receipt, and what comes at the front door has none")]
    ReceiptDayUnfit {
        /// How it came.
        channel: Channel,
    },
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
    /// All who were asked have answered, or let it pass: asking further needs a reason.
    #[error("a further round of opinions needs a reason")]
    FurtherRound,
    /// No letter has that number.
    #[error("there is no such letter")]
    NoSuchLetter,
    /// A case has 999 at most.
    #[error("there are too many letters")]
    TooManyLetters,
    /// It is known when it was delivered.
    #[error("it is known when the letter was delivered")]
    DeliveredBefore,
    /// It was delivered on a day that cannot be.
    #[error("a letter that was delivered between {first} and {last} can be recorded")]
    DeliveredOutside {
        /// The day on which it was sent; of one that is sent now, on which the receipt was confirmed.
        first: Date,
        /// Today.
        last: Date,
    },
    /// It came.
    #[error("that opinion was recorded before")]
    NoOpinionAwaited,
    /// Something has to come before the reply: a completion, an opinion, a fee.
    #[error("the applicant or somebody consulted has to act first")]
    Awaiting,
    /// Reasons are asked for once.
    #[error("reasons were asked for before")]
    ReasonsAskedBefore,
    /// None were asked for, or they were given.
    #[error("no reasons are awaited")]
    NoReasonsAwaited,
    /// Whoever was not asked for reasons, or did not give any, gave no unreasonable ones.
    #[error("no reasons of the applicant stand that could be found unreasonable")]
    NoReasonsGiven,
    /// The reply has a longer term already.
    #[error("the reply was delayed before")]
    DelayedBefore,
    /// So few applications cost nothing.
    #[error("the application is free of charge")]
    Free,
    /// The person applied less often in that month.
    #[error("it is the application no. {counted} of its month")]
    ItemBeyondCounted {
        /// As which one it is counted.
        counted: u32,
    },
    /// It repeats no application of the same person that was replied to before it.
    #[error("no earlier application of the same person with that number was replied to")]
    NotRepeated,
    /// A fee was asked for.
    #[error("a fee was asked for before")]
    FeeAskedBefore,
    /// No fee is awaited.
    #[error("no fee is awaited")]
    NoFeeAwaited,
    /// It came on a day that cannot be.
    #[error("what came between {first} and {last} can be recorded")]
    ReceivedOutside {
        /// The day on which it was asked for.
        first: Date,
        /// Today.
        last: Date,
    },
    /// It came when the term was over.
    #[error("it came when its term was over")]
    CameTooLate,
    /// It did not end because the applicant let the term of a completion pass.
    #[error("only an application that counts as given up for want of a completion is reopened")]
    NotReopenable,
    /// What is given with a reply is a file that staff put into the case, once.
    #[error("the case has no such file of staff, or it is named twice")]
    FileUnfit {
        /// As it was named.
        file: FieldName,
    },
    /// So many are not given with a reply.
    #[error("more files than are given with a reply")]
    TooManyFiles,
    /// No reply was drafted, or it was returned, or something has happened since.
    #[error("no draft of a reply waits to be approved")]
    NoDraft,
    /// Who drafted a reply does not approve it.
    #[error("a reply is approved by somebody else than who drafted it")]
    OwnDraft,
    /// What was not given is not published for it.
    #[error("the information was not given")]
    NotGranted,
    /// It was recorded before.
    #[error("it was recorded before that the information is public")]
    PublishedBefore,
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
