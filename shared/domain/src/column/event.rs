//! The storage format of columns: change a shape only as a new version.

use serde::{Deserialize, Serialize};

use super::{archive::Archive, kind::ColumnKind, profile::ColumnProfile};
use crate::{
    aggregate::Event,
    id::{ColumnId, DepartmentCode},
};

/// What can happen to a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum ColumnEvent {
    /// The column came into being.
    ColumnOpened {
        /// Site and path, for good.
        column: ColumnId,
        /// Who answers for it.
        department: DepartmentCode,
        /// What it is for, for good.
        kind: ColumnKind,
        /// How its archive is cut, for good.
        archive: Archive,
        /// What may change.
        profile: ColumnProfile,
    },
    /// Name, description, place, duty, review or what it discloses changed.
    ColumnProfileChanged {
        /// The whole new profile.
        profile: ColumnProfile,
    },
}

impl Event for ColumnEvent {
    fn version(&self) -> u16 {
        match self {
            // 2: update duty and review in the profile, further kinds. 3: questions and topics. 4: which categories it discloses.
            Self::ColumnOpened { .. } => 4,
            // 2: update duty and review. 3: which categories it discloses.
            Self::ColumnProfileChanged { .. } => 3,
        }
    }
}
