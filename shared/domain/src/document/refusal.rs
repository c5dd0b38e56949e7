//! Why a document's command was refused.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use thiserror::Error;

use super::content::{BodyHash, RevisionHash};
use crate::{
    id::{ColumnId, DocumentId},
    index_number::IndexRefusal,
    vetting::FindingId,
};

/// Why a document's command was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentRefusal {
    /// The stream is empty.
    #[error("there is no such document")]
    NotDrafted,
    /// A creation met a stream that exists.
    #[error("this document exists already")]
    AlreadyDrafted,
    /// There is nothing to review or publish.
    #[error("the document has no draft")]
    NoDraft,
    /// The new draft says what the old one or the public text says.
    #[error("nothing would change")]
    Unchanged,
    /// The draft is with the reviewers already, or has their approval.
    #[error("the draft was submitted already")]
    AlreadySubmitted,
    /// The draft is not with the reviewers.
    #[error("the draft is not submitted for review")]
    NotSubmitted,
    /// The command names another revision than the draft's.
    #[error("the draft is at revision `{current}`, not at `{given}`")]
    OtherRevision {
        /// The draft's.
        current: RevisionHash,
        /// The command's.
        given: RevisionHash,
    },
    /// Four eyes: nobody approves what he edited.
    #[error("nobody may approve what he edited himself")]
    OwnEdit,
    /// Other eyes at each level: nobody approves twice.
    #[error("nobody may approve at more than one level")]
    OwnApproval,
    /// Every level of the column has approved.
    #[error("every level of review has approved this revision")]
    AlreadyApproved,
    /// Exactly this revision lacks approvals.
    #[error("this revision has {approvals} of the {levels} approvals that its column asks for")]
    NotApproved {
        /// How many it has.
        approvals: usize,
        /// How many the column asks for.
        levels: usize,
    },
    /// `publish` on a public document: its next revision is a correction.
    #[error("the document is public already; publish the next revision as a correction")]
    AlreadyPublic,
    /// The command needs a public document.
    #[error("the document is not public")]
    NotPublic,
    /// A correction tells the public what changed.
    #[error("the document is public; a correction needs a note for the public")]
    NoteMissing,
    /// A document that is public keeps its path.
    #[error("the document is public and keeps its path; a slug is not wanted")]
    SlugUnwanted,
    /// What becomes public for the first time changes nothing that the public knows.
    #[error("the document is not public, so nothing of it is corrected; a note is not wanted")]
    NoteUnwanted,
    /// Nothing is scheduled, or not this, or not yet.
    #[error("no publication is scheduled")]
    NotScheduled,
    /// No expiry is set, or not this, or not yet.
    #[error("no expiry is set")]
    NoExpiry,
    /// An instant to act at has passed, or lies too far ahead.
    #[error("{at} is not between now, {now}, and {latest}")]
    NotAhead {
        /// The instant.
        at: Timestamp,
        /// Now.
        now: Timestamp,
        /// The latest that can be set.
        latest: Timestamp,
    },
    /// The public life would end before it begins.
    #[error("it would expire at {expiry}, not after its publication at {publication}")]
    ExpiresBefore {
        /// When it is to become public.
        publication: Timestamp,
        /// When its public life is to end.
        expiry: Timestamp,
    },
    /// The expiry that is set has passed.
    #[error("its expiry, {at}, has passed")]
    Expired {
        /// When it was.
        at: Timestamp,
    },
    /// Nothing public waits for a review.
    #[error("the public text was reviewed")]
    NothingOwed,
    /// Four eyes: nobody reviews what he published before its review.
    #[error("nobody may review what he published before its review")]
    OwnPublication,
    /// The document stands in that column.
    #[error("the document stands in the column `{column}` already")]
    SameColumn {
        /// The column.
        column: ColumnId,
    },
    /// Every place it ever stood at leads to the present one, and there are many.
    #[error("the document has stood at {places} places, which is as many as can lead to it")]
    MovedTooOften {
        /// How many.
        places: usize,
    },
    /// Every file it ever gave its readers has a name for good, and there are many.
    #[error("the document has given its readers {files} files, which is as many as it can")]
    TooManyFiles {
        /// How many.
        files: usize,
    },
    /// The record came in before, with another content or to another place.
    #[error(
        "this record came in before and differs now; correct its document by the usual road, draft, review and correction"
    )]
    MigratedOtherwise,
    /// The checks found what nobody answers for.
    #[error("the checks found what keeps this revision from the public: {}", told(.blocking))]
    ChecksFailed {
        /// What blocks.
        blocking: BTreeSet<FindingId>,
    },
    /// Somebody answers for what the checks did not find, or what does not block.
    #[error("the checks found nothing at `{finding}` that blocks this revision")]
    OverrideOfNothing {
        /// What he names.
        finding: FindingId,
    },
    /// A document is not related to itself.
    #[error("a document cannot interpret, amend, repeal or rest on itself")]
    RelatedToItself,
    /// A relation is told once.
    #[error("the relation to the document `{document}` is told twice")]
    RelatedTwice {
        /// The other document.
        document: DocumentId,
    },
    /// The draft's relations are not those that were looked up for it.
    #[error("the draft's relations changed meanwhile")]
    RelationsMoved,
    /// A migrated document is public at once; what it is to others passes the review that every relation passes.
    #[error("a document that is brought in names no relations; they are told by draft, review and correction")]
    MigratedRelations,
    /// The original date cannot be.
    #[error("the original date `{day}` lies ahead of today, {today}, or before the year 1000")]
    DateImplausible {
        /// The day.
        day: Date,
        /// Today, in the city.
        today: Date,
    },
    /// Readers are shown it, or it stands in the draft.
    #[error(
        "the text is public, or stands in the history of changes or in the draft; withdraw the document, or change the draft, first"
    )]
    InUse,
    /// All of it is erased.
    #[error("the text was erased before")]
    ErasedBefore,
    /// A file that was erased with a text of this document comes back with no other.
    #[error("the file `{file}` was erased from this document and cannot be attached to it again")]
    FileErased {
        /// The file.
        file: BodyHash,
    },
    /// No index number can be given.
    #[error(transparent)]
    IndexNumber(#[from] IndexRefusal),
}

/// The first few findings by their names.
fn told(blocking: &BTreeSet<FindingId>) -> String {
    const FEW: usize = 5;
    let few: Vec<&str> = blocking.iter().take(FEW).map(FindingId::as_str).collect();
    let more = blocking.len().saturating_sub(FEW);
    if more == 0 { few.join(", ") } else { format!("{} and {more} more", few.join(", ")) }
}
