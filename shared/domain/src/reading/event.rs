//! The storage format of readings: change a shape only as a new version.

use serde::{Deserialize, Serialize};

use crate::{
    aggregate::Event,
    id::{DepartmentCode, FieldName},
    text::Line,
};

/// What can happen to the secrets of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum ReadingEvent {
    /// Somebody opened sealed fields; the commit says who and when.
    CaseRead {
        /// Which.
        fields: Vec<FieldName>,
        /// By whose key.
        department: DepartmentCode,
        /// Why.
        why: Line<200>,
    },
}

impl Event for ReadingEvent {
    fn version(&self) -> u16 {
        1
    }
}
