//! The storage format of sharing: change a shape only as a new version.

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
        /// Where it comes from, as its readers are told: its source as it stood.
        source: Line<60>,
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
