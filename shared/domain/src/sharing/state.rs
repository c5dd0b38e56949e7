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
    /// Where it comes from, as its readers are told.
    pub source: Line<60>,
    /// Since when.
    pub at: Timestamp,
}

/// Whether a column lists a document of another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sharing {
    /// That it does.
    pub shared: Option<Shared>,
    /// Every place it ever had in the column: the present one, and those where it stood before.
    pub places: Vec<Shared>,
}

impl Aggregate for Sharing {
    type Event = SharingEvent;

    const CATEGORY: &'static str = "sharing";

    fn evolve(&mut self, event: SharingEvent, fact: &Fact) {
        match event {
            SharingEvent::DocumentShared { document, column, archive, source } => {
                let shared = Shared { document, column, archive, source, at: fact.at };
                self.places.push(shared.clone());
                self.shared = Some(shared);
            }
            SharingEvent::SharingEnded { .. } => self.shared = None,
        }
    }
}
