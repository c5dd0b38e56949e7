//! A column as its events tell it.

use super::{archive::Archive, event::ColumnEvent, kind::ColumnKind, profile::ColumnProfile};
use crate::{
    aggregate::{Aggregate, Fact},
    id::{ColumnId, DepartmentCode},
};

/// A column as its opening fixed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Site and path.
    pub column: ColumnId,
    /// Who answers for it.
    pub department: DepartmentCode,
    /// What it is for.
    pub kind: ColumnKind,
    /// How its archive is cut.
    pub archive: Archive,
    /// What may change.
    pub profile: ColumnProfile,
}

/// A column as its events tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The column, once opened.
    pub opened: Option<Opened>,
}

impl Aggregate for Column {
    type Event = ColumnEvent;

    const CATEGORY: &'static str = "column";

    fn evolve(&mut self, event: ColumnEvent, _: &Fact) {
        match event {
            ColumnEvent::ColumnOpened { column, department, kind, archive, profile } => {
                self.opened = Some(Opened { column, department, kind, archive, profile });
            }
            ColumnEvent::ColumnProfileChanged { profile } => {
                if let Some(opened) = &mut self.opened {
                    opened.profile = profile;
                }
            }
        }
    }
}
