//! The storage format of the calendar: change a shape only as a new version.

use serde::{Deserialize, Serialize};

use super::{arrangement::Arrangement, hours::OfficeHours};
use crate::{aggregate::Event, text::Line};

/// What can happen to the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum CalendarEvent {
    /// A new version is in force.
    CalendarAdopted {
        /// Its number, from 1.
        number: u32,
        /// The years it announces or changes, each whole.
        years: Vec<Arrangement>,
        /// When offices are open from now on, if that changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        office_hours: Option<OfficeHours>,
        /// Why.
        reason: Line<300>,
    },
}

impl Event for CalendarEvent {
    fn version(&self) -> u16 {
        match self {
            Self::CalendarAdopted { .. } => 1,
        }
    }
}
