//! The storage format of documents: change a shape only as a new version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    content::{BodyHash, Content, RevisionHash},
    origin::{Amended, Origin},
    relation::Related,
};
use crate::{
    aggregate::Event,
    column::Archive,
    guard::Guard,
    id::{ColumnId, DepartmentCode, DocumentId},
    index_number::IndexNumber,
    path::{PagePath, Slug},
    text::{Line, Prose},
    vetting::FindingId,
};

/// What can happen to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum DocumentEvent {
    /// A first draft was written.
    DocumentDrafted {
        /// The document, for good.
        document: DocumentId,
        /// Where it is meant to stand.
        column: ColumnId,
        /// Who answers for it, for good.
        department: DepartmentCode,
        /// What it says.
        content: Content,
        /// Names the content.
        revision: RevisionHash,
        /// Markup that was taken out of the body the editor sent: `span`, `p[style]`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<Line<80>>,
    },
    /// The draft was changed; an approval of an earlier revision is void.
    DraftRevised {
        /// What it says now.
        content: Content,
        /// Names the content.
        revision: RevisionHash,
        /// Markup that was taken out of the body the editor sent: `span`, `p[style]`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<Line<80>>,
    },
    /// The draft was thrown away, wherever it stood in review; its texts stay in the history.
    DraftDiscarded {
        /// The revision that the draft was at.
        revision: RevisionHash,
    },
    /// An editor asked for review.
    DocumentSubmitted {
        /// The revision to review.
        revision: RevisionHash,
    },
    /// Somebody answers for what the checks found in this revision; it goes on with the event after it.
    ChecksOverridden {
        /// The revision that was checked.
        revision: RevisionHash,
        /// Version of the rules that it was checked with; 0 for those of the house.
        rules: u64,
        /// What he answers for: names of findings, which hold nothing of what was found.
        findings: Vec<FindingId>,
        /// Why.
        reason: Line<300>,
    },
    /// A reviewer sent it back.
    DocumentReturned {
        /// The revision reviewed.
        revision: RevisionHash,
        /// What to mend.
        remark: Line<500>,
    },
    /// A reviewer approved exactly this revision, at the level whose turn it was.
    DocumentApproved {
        /// The revision approved.
        revision: RevisionHash,
    },
    /// The approved revision became public; the commit's time is the public instant.
    DocumentPublished {
        /// The revision made public.
        revision: RevisionHash,
        /// The column it stands in.
        column: ColumnId,
        /// How that column's archive is cut.
        archive: Archive,
        /// Where it stands.
        path: PagePath,
        /// Its index number, for good.
        index_number: IndexNumber,
        /// The documents that the revision relates to, as they stood.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        related: Vec<Related>,
    },
    /// An approved revision replaced the public one.
    DocumentCorrected {
        /// The revision made public.
        revision: RevisionHash,
        /// What changed, for the public.
        note: Line<300>,
        /// The documents that the revision relates to, as they stood.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        related: Vec<Related>,
    },
    /// The document stands elsewhere; the old path leads to the new one.
    DocumentMoved {
        /// The new column.
        column: ColumnId,
        /// How that column's archive is cut.
        archive: Archive,
        /// The new path; none while nothing is public.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<PagePath>,
    },
    /// The approved revision is to become public when its time comes.
    PublicationScheduled {
        /// The revision.
        revision: RevisionHash,
        /// Not before this instant.
        at: Timestamp,
        /// Last part of its path, for a document that is not public.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slug: Option<Slug>,
        /// What changes, for the public: of a document that is public already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Line<300>>,
    },
    /// The scheduled publication was taken back.
    PublicationUnscheduled {
        /// The revision that was scheduled.
        revision: RevisionHash,
    },
    /// The scheduled publication was refused when its time came; it is not tried again.
    PublicationFailed {
        /// The revision that was scheduled.
        revision: RevisionHash,
        /// When it was to be.
        at: Timestamp,
        /// Stable code of what refused it.
        code: Line<80>,
        /// What refused it, for its editors.
        detail: Line<500>,
    },
    /// The document's public life is to end when its time comes.
    ExpirySet {
        /// Not before this instant.
        at: Timestamp,
        /// Why, for the public.
        reason: Prose<300>,
    },
    /// The end of its public life was taken back.
    ExpiryCleared {
        /// When it was to be.
        at: Timestamp,
    },
    /// The revision becomes public, in the same commit, before all levels have approved it; they do so after.
    ReviewPostponed {
        /// The revision.
        revision: RevisionHash,
        /// Why it could not wait.
        reason: Line<300>,
    },
    /// A reviewer approved, at the level whose turn it was, what had become public before its review.
    ReviewedAfter {
        /// The revision approved.
        revision: RevisionHash,
        /// Whether every level has approved it now.
        complete: bool,
    },
    /// The document is public no more.
    DocumentWithdrawn {
        /// Why, for the public.
        reason: Prose<300>,
    },
    /// A text of the document is not to be kept: a sweep takes its bytes away, unless something else names them.
    TextErased {
        /// The revision whose text it was.
        revision: RevisionHash,
        /// What goes: the body, and files of it, by hash.
        bodies: Vec<BodyHash>,
        /// Why.
        reason: Line<300>,
    },
    /// A document of an older system stands here under its original date; the commit's time is only that of the migration.
    DocumentMigrated {
        /// The document, for good: it follows from the system and the record's key.
        document: DocumentId,
        /// The column it stands in.
        column: ColumnId,
        /// How that column's archive is cut.
        archive: Archive,
        /// Who answers for it, for good.
        department: DepartmentCode,
        /// Where it stands.
        path: PagePath,
        /// What it says.
        content: Content,
        /// Names the content.
        revision: RevisionHash,
        /// Markup that was taken out of the body: `span`, `p[style]`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<Line<80>>,
        /// The index number its source tells, for good; none is made up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index_number: Option<IndexNumber>,
        /// Where it comes from.
        origin: Box<Origin>,
        /// The version it amends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amends: Option<Box<Amended>>,
    },
}

impl Event for DocumentEvent {
    fn version(&self) -> u16 {
        match self {
            // 2: document numbers without a year, as orders have them (国令第707号). 3: catalogue, form and relations. 4: attachments.
            Self::DocumentDrafted { .. } | Self::DraftRevised { .. } => 4,
            // 2: catalogue and form. 3: attachments.
            Self::DocumentMigrated { .. } => 3,
            // 2: the documents that the revision relates to.
            Self::DocumentPublished { .. } | Self::DocumentCorrected { .. } => 2,
            _ => 1,
        }
    }

    fn guards(&self) -> Vec<Guard> {
        match self {
            Self::DocumentPublished { column, path, index_number, .. } => {
                vec![Guard::path(&column.site(), path), Guard::index_number(index_number)]
            }
            Self::DocumentMoved { column, path: Some(path), .. } => vec![Guard::path(&column.site(), path)],
            Self::DocumentMigrated { column, path, index_number, .. } => {
                let number = index_number.as_ref().map(Guard::index_number);
                std::iter::once(Guard::path(&column.site(), path)).chain(number).collect()
            }
            _ => Vec::new(),
        }
    }
}
