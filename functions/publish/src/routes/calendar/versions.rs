//! `GET /calendar/versions`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::{
    calendar::{Adoption, CalendarRefusal, Changes, DayChange},
    staff::Scope,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{arrangement::OfficeHours, days::name};
use crate::{refusal::Refusal, register, state::PublishState};

/// Every version of the calendar there was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarVersions {
    /// The versions, oldest first.
    versions: Vec<CalendarVersion>,
}

/// A version of the calendar, and what it changed against the one before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarVersion {
    /// Its number.
    #[schema(example = 2)]
    calendar: u32,
    /// Since when it is in force.
    #[schema(format = "date-time")]
    adopted_at: String,
    /// Who adopted it.
    adopted_by: String,
    /// Why.
    reason: String,
    /// Years that were provisional until then.
    #[schema(example = json!([2027]))]
    announced: Vec<i16>,
    /// Days of announced years that became something else.
    days: Vec<ChangedDay>,
    /// The new office hours, if they changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    office_hours: Option<OfficeHours>,
}

/// A day that became something else.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedDay {
    /// Which day.
    #[schema(format = "date")]
    date: String,
    /// What it was, Chinese.
    #[schema(example = "工作日")]
    was: String,
    /// What it is, Chinese.
    #[schema(example = "国庆节")]
    is: String,
}

/// Lists every version of the calendar and what each changed (staff).
#[utoipa::path(get, operation_id = "list_calendar_versions", path = "/calendar/versions", tag = "calendar",
    responses((status = 200, description = "The versions.", body = CalendarVersions), ReadProblems))]
pub(crate) async fn list(
    State(state): State<PublishState>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let found = register::calendar(&state).await?;
    if found.version == 0 {
        return Err(CalendarRefusal::NotAdopted.into());
    }
    let versions = found.thing.adoptions().iter().map(CalendarVersion::of).collect();
    Ok(versioned(&headers, found.version, CalendarVersions { versions }))
}

impl CalendarVersion {
    fn of(adoption: &Adoption) -> Self {
        let Adoption { calendar, at, by, reason, changes } = adoption;
        let Changes { announced, days, office_hours } = changes;
        let days = days.iter().map(|DayChange { date, was, is }| ChangedDay {
            date: date.to_string(),
            was: name(was),
            is: name(is),
        });
        Self {
            calendar: calendar.number(),
            adopted_at: at.to_string(),
            adopted_by: by.to_string(),
            reason: reason.to_string(),
            announced: announced.clone(),
            days: days.collect(),
            office_hours: office_hours.as_ref().map(OfficeHours::of),
        }
    }
}
