//! The rows of a case: who is to answer it and by when, and when it wakes by itself. No word of what anybody wrote.

use domain::{
    StreamId,
    case::{CaseFile, Duty, Kind, Opened},
    request::Request,
    shanghai,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CityPlan, report, slice, statistics};
use crate::{fold::RowSet, row::RowKey};

/// Sorts behind every instant: nobody owes anything for now.
const NOT_OWED: &str = "9999";

/// A case that somebody is to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Its stream: kind and id.
    pub stream: String,
    /// Its number.
    pub number: String,
    /// Label of the site it was sent from.
    pub site: String,
    /// Code of the department that answers for it.
    pub department: String,
    /// Id of the person who does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<String>,
    /// When it came in.
    pub opened_at: Timestamp,
    /// The deadline that its department or its citizen has to act by next, by its name in events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// When that is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// Since when it is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_since: Option<Timestamp>,
    /// Whether that is the department's duty: its handlers are pressed. Rows of folds before the tenth do not say.
    #[serde(default)]
    pub presses: bool,
    /// Whether that is what it owes its citizen.
    pub owed: bool,
    /// Whether somebody other than its handlers has to act next.
    pub waiting: bool,
}

/// That something is to be done to a case though nobody acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseDueRow {
    /// Its stream.
    pub stream: String,
    /// Not before this instant.
    pub at: Timestamp,
}

/// Rows of an application for information: those of any case, and what the annual report counts.
pub(super) fn application_rows(plan: &CityPlan, stream: &StreamId, state: &CaseFile<Request>) -> RowSet {
    let mut rows = rows(plan, stream, state);
    report::of_application(&mut rows, plan, stream, state);
    rows
}

/// Rows of the state: a closed case leaves its queues, wakes once more to be erased, and is counted for good.
pub(super) fn rows<K: Kind>(plan: &CityPlan, stream: &StreamId, state: &CaseFile<K>) -> RowSet {
    let mut rows = RowSet::default();
    if let Some(row) = CaseRow::of(stream, state).filter(|_| state.own.closed_at().is_none()) {
        let due = row.due.filter(|_| row.presses && !row.waiting);
        let owed_by = row.late_since.or(due).map_or_else(|| NOT_OWED.to_owned(), shanghai::sortable);
        let key = format!("{owed_by}/{stream}");
        let handled = row.handler.as_deref().map(slice::handled);
        for slice in handled.into_iter().chain([slice::cases(&row.department)]) {
            rows.own(RowKey::new(slice, key.as_str()), &row);
        }
    }
    if let Some(at) = state.wakes_at() {
        let row = CaseDueRow { stream: stream.to_string(), at };
        rows.own(RowKey::new(slice::cases_due(), format!("{}/{stream}", shanghai::sortable(at))), &row);
    }
    if let (Some(calendar), Some((_, at))) = (state.deadlines.counted_by(), state.deadlines.next()) {
        let row = CaseDueRow { stream: stream.to_string(), at };
        rows.own(RowKey::new(slice::cases_counted(), format!("{}/{stream}", slice::calendar(calendar))), &row);
    }
    if let Some(erasure) = state.erased.filter(|erasure| erasure.completed.is_none()) {
        let row = CaseDueRow { stream: stream.to_string(), at: erasure.at };
        rows.own(RowKey::new(slice::erasures(), stream.as_str()), &row);
    }
    statistics::add(&mut rows, plan, stream, state);
    rows
}

impl CaseRow {
    /// How a case stands in queues, were it in one; none of a stream that nothing began.
    #[must_use]
    pub fn of<K: Kind>(stream: &StreamId, state: &CaseFile<K>) -> Option<Self> {
        let Opened { at, opening } = state.opened.as_ref()?;
        let next = state.next_duty();
        Some(Self {
            stream: stream.to_string(),
            number: opening.number.to_string(),
            site: opening.site.to_string(),
            department: state.department.as_ref()?.to_string(),
            handler: state.handler.as_ref().map(ToString::to_string),
            opened_at: *at,
            deadline: next.and_then(|(deadline, _)| name(&deadline)),
            due: next.map(|(_, due)| due),
            late_since: state.late_since(),
            presses: next.is_some_and(|(deadline, _)| K::duty(deadline) == Duty::Department),
            owed: next.is_some_and(|(deadline, _)| deadline == K::OWED),
            waiting: state.own.is_waiting(),
        })
    }
}

/// A deadline's name as events spell it.
fn name(deadline: &impl Serialize) -> Option<String> {
    serde_json::to_value(deadline).ok()?.as_str().map(str::to_owned)
}
