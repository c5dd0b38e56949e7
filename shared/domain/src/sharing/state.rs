//! Sharing as its events tell it.

use jiff::Timestamp;

use super::event::SharingEvent;
use crate::{
    aggregate::{Aggregate, Fact},
    column::Archive,
    id::{ColumnId, DocumentId},
    text::Line,
};

/// That a column lists a document of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The document.
    pub document: DocumentId,
    /// The column that lists it.
    pub column: ColumnId,
    /// How that column's archive is cut.
    pub archive: Archive,
    /// Whose it is, as its readers are told.
    pub department: Line<60>,
    /// When it became public: of another public life the column has not been asked.
    pub public_at: Timestamp,
    /// Since when.
    pub at: Timestamp,
}

/// Whether a column lists a document of another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sharing {
    /// That it does.
    pub shared: Option<Shared>,
}

impl Aggregate for Sharing {
    type Event = SharingEvent;

    const CATEGORY: &'static str = "sharing";

    fn evolve(&mut self, event: SharingEvent, fact: &Fact) {
        match event {
            SharingEvent::DocumentShared { document, column, archive, department, public_at } => {
                self.shared = Some(Shared { document, column, archive, department, public_at, at: fact.at });
            }
            SharingEvent::SharingEnded { .. } => self.shared = None,
        }
    }
}
