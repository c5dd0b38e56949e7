//! `GET /calendar/days`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, openapi::PartProblems, problems::malformed};
use domain::{
    calendar::{CalendarDay, DayKind as Known, Standing, YEARS, days_from},
    staff::Scope,
};
use gateway::{Problem, QueryParams};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::version;
use crate::{refusal::Refusal, register, state::PublishState};

/// Days of one answer.
const MOST: usize = 366;

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Span {
    /// The first day.
    #[param(example = "2026-09-28", format = Date, pattern = "^(199|20[0-9]|21[0-9])[0-9]-[0-9]{2}-[0-9]{2}$")]
    from: String,
    /// The last day, at most 366 days from the first on.
    #[param(example = "2026-10-12", format = Date, pattern = "^(199|20[0-9]|21[0-9])[0-9]-[0-9]{2}-[0-9]{2}$")]
    to: String,
    /// By which version of the calendar; the one in force if absent.
    #[serde(default)]
    #[param(minimum = 0)]
    version: Option<u32>,
}

/// Days of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarDays {
    /// By which version of the calendar; 0 where none was adopted.
    #[schema(example = 1)]
    calendar: u32,
    /// The days, in order.
    days: Vec<DayView>,
}

/// A day of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayView {
    /// Which day.
    #[schema(format = "date", example = "2026-10-10")]
    date: String,
    /// What it is.
    kind: DayKind,
    /// The same in Chinese; a holiday's name.
    #[schema(example = "调休上班")]
    name: String,
    /// Whether it is worked.
    working: bool,
    /// Whether its year is not announced yet: what it is may still change.
    provisional: bool,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DayKind {
    /// A weekday that is worked.
    WorkingDay,
    /// A Saturday or Sunday that is worked (调休).
    MakeUpDay,
    /// A Saturday or Sunday that is off.
    Weekend,
    /// Off by a notice.
    Holiday,
}

impl From<&Known> for DayKind {
    fn from(kind: &Known) -> Self {
        match kind {
            Known::Working => Self::WorkingDay,
            Known::MakeUp => Self::MakeUpDay,
            Known::Weekend => Self::Weekend,
            Known::Holiday { .. } => Self::Holiday,
        }
    }
}

/// What a day is, Chinese; a holiday's name.
pub(crate) fn name(kind: &Known) -> String {
    match kind {
        Known::Working => "工作日".to_owned(),
        Known::MakeUp => "调休上班".to_owned(),
        Known::Weekend => "周末".to_owned(),
        Known::Holiday { name } => name.to_string(),
    }
}

/// Tells what each of some days is: worked, off, made up, and whether that is announced (staff).
#[utoipa::path(get, operation_id = "list_calendar_days", path = "/calendar/days", tag = "calendar", params(Span),
    responses((status = 200, description = "The days.", body = CalendarDays), PartProblems))]
pub(crate) async fn list(
    State(state): State<PublishState>,
    caller: Caller,
    QueryParams(span): QueryParams<Span>,
) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let (from, to) = (day("from", &span.from)?, day("to", &span.to)?);
    let dates: Vec<Date> = days_from(from).take_while(|date| *date <= to).take(MOST + 1).collect();
    if dates.is_empty() || dates.len() > MOST {
        return Err(malformed(
            &format!("to 应不早于 from，且总共不超过 {MOST} 天。"),
            &format!("to is not before from, and there are {MOST} days at most."),
        )
        .into());
    }
    let history = register::calendar(&state).await?.thing;
    let calendar = version(&history, span.version)?;
    let days = dates.into_iter().map(|date| DayView::of(&calendar.day(date))).collect();
    Ok(listed(CalendarDays { calendar: calendar.number(), days }))
}

impl DayView {
    fn of(day: &CalendarDay) -> Self {
        Self {
            date: day.date.to_string(),
            kind: (&day.kind).into(),
            name: name(&day.kind),
            working: day.kind.is_working(),
            provisional: day.standing == Standing::Provisional,
        }
    }
}

/// A day that calendars reach.
fn day(parameter: &str, text: &str) -> Result<Date, Problem> {
    let day = text.parse().ok().filter(|_| text.len() == 10).filter(|day: &Date| YEARS.contains(&day.year()));
    day.ok_or_else(|| {
        malformed(
            &format!("{parameter} 应为 1990 至 2199 年间的日期，形如 2026-10-01。"),
            &format!("{parameter} is a day of the years 1990 to 2199, like 2026-10-01."),
        )
    })
}
