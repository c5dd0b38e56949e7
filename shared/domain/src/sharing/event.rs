//! The storage format of sharing: change a shape only as a new version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    aggregate::Event,
    column::Archive,
    id::{ColumnId, DocumentId},
    text::Line,
};

/// What can happen between a column and a document of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum SharingEvent {
    /// The column lists the document; the commit's time is where it stands there.
    DocumentShared {
        /// The document.
        document: DocumentId,
        /// The column that lists it.
        column: ColumnId,
        /// How that column's archive is cut.
        archive: Archive,
        /// Whose it is, as its readers are told: the department's name as it stood.
        department: Line<60>,
        /// When the document became public: the column lists it for this public life and for no later one.
        public_at: Timestamp,
    },
    /// The column lists it no more.
    SharingEnded {
        /// Why; kept, not shown.
        reason: Line<200>,
    },
}

impl Event for SharingEvent {
    fn version(&self) -> u16 {
        1
    }
}
