//! 工作日历.

mod adopt;
mod arrangement;
mod begin;
mod days;
mod read;
mod versions;

use domain::calendar::{Calendar, CalendarHistory};
use gateway::Problem;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problems::CALENDAR_NOT_FOUND, refusal::Refusal, state::PublishState};

pub(super) use days::{DayKind, name};

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(read::read, begin::begin, adopt::adopt))
        .routes(routes!(versions::list))
        .routes(routes!(days::list))
}

/// The version that was asked for; the one in force if none was.
pub(super) fn version(history: &CalendarHistory, number: Option<u32>) -> Result<&Calendar, Refusal> {
    match number {
        None => Ok(history.newest()),
        Some(number) => history.version(number).ok_or_else(|| Problem::plain(&CALENDAR_NOT_FOUND).into()),
    }
}
