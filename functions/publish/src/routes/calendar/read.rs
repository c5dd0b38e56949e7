//! `GET /calendar`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::{
    calendar::{Adoption, CalendarRefusal},
    staff::Scope,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::arrangement::{OfficeHours, YearArrangement};
use crate::{refusal::Refusal, register, state::PublishState};

/// The calendar in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarView {
    /// Its version: what the next `If-Match` names.
    version: u64,
    /// Which version of the calendar it is: what deadlines name.
    #[schema(example = 1)]
    calendar: u32,
    /// Since when it is in force.
    #[schema(format = "date-time")]
    adopted_at: String,
    /// Who adopted it.
    adopted_by: String,
    /// Why.
    reason: String,
    /// When offices are open.
    office_hours: OfficeHours,
    /// The years that are announced, in order; every other year is provisional: its weekdays count.
    years: Vec<YearArrangement>,
}

/// Reads the calendar in force (staff).
#[utoipa::path(get, operation_id = "read_calendar", path = "/calendar", tag = "calendar",
    responses((status = 200, description = "The calendar.", body = CalendarView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let found = register::calendar(&state).await?;
    let adoption = found.thing.adoptions().last().ok_or(CalendarRefusal::NotAdopted)?;
    Ok(versioned(&headers, found.version, CalendarView::of(adoption, found.version)))
}

impl CalendarView {
    fn of(adoption: &Adoption, version: u64) -> Self {
        let Adoption { calendar, at, by, reason, .. } = adoption;
        Self {
            version,
            calendar: calendar.number(),
            adopted_at: at.to_string(),
            adopted_by: by.to_string(),
            reason: reason.to_string(),
            office_hours: OfficeHours::of(calendar.office_hours()),
            years: calendar.arrangements().map(YearArrangement::of).collect(),
        }
    }
}
