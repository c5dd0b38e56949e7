//! The row of the calendar: by what working days are counted where pages tell of them.

use domain::calendar::{Arrangement, Calendar, CalendarHistory};
use serde::{Deserialize, Serialize};

use super::slice;
use crate::{fold::RowSet, row::RowKey};

/// The calendar in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRow {
    /// Which version it is.
    pub number: u32,
    /// The years that are announced.
    pub years: Vec<Arrangement>,
}

impl From<CalendarRow> for Calendar {
    fn from(row: CalendarRow) -> Self {
        Self::arranged(row.number, row.years)
    }
}

/// Rows of the state: none before anything was adopted.
pub(super) fn rows(state: &CalendarHistory) -> RowSet {
    let mut rows = RowSet::default();
    let newest = state.newest();
    if newest.number() > 0 {
        let row = CalendarRow { number: newest.number(), years: newest.arrangements().cloned().collect() };
        rows.own(RowKey::new(slice::CALENDAR, slice::IN_FORCE), &row);
    }
    rows
}
