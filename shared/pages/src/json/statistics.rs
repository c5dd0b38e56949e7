//! The JSON beside statistics of cases.

use domain::statistics::{Spread, Summary};
use serde::Serialize;

use super::{Named, page, url};
use crate::model::{DepartmentStatistics, Frame, KindStatistics, StatisticsMonthPage, StatisticsPage};
use crate::statistics::{ABOUT, NAME, finding, title};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Newest<'a> {
    about: &'static str,
    latest: Option<Latest<'a>>,
    months: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Latest<'a> {
    month: &'a str,
    url: String,
    finding: String,
}

#[derive(Serialize)]
struct Month<'a> {
    month: &'a str,
    finding: String,
    newest: Named<'a>,
    /// The table, which is no HTML page.
    table: String,
    minimum_sample: u32,
    calendar: CountedBy<'a>,
    kinds: Vec<Kind<'a>>,
}

/// By what working days are counted.
#[derive(Serialize)]
struct CountedBy<'a> {
    version: u32,
    provisional_years: &'a [i16],
}

#[derive(Serialize)]
struct Kind<'a> {
    kind: &'a str,
    name: &'a str,
    #[serde(flatten)]
    figures: Figures,
    departments: Vec<Department<'a>>,
}

#[derive(Serialize)]
struct Department<'a> {
    code: &'a str,
    department: Named<'a>,
    #[serde(flatten)]
    figures: Figures,
}

/// A summary; what is of too few cases is null.
#[derive(Serialize)]
struct Figures {
    received: u64,
    closed: u64,
    in_time: Option<u64>,
    late: Option<u64>,
    in_time_share: Option<f64>,
    working_days: Option<Places>,
    hours: Option<Places>,
    redone: Option<u64>,
    /// Nobody is asked yet.
    satisfaction: Option<f64>,
}

#[derive(Serialize)]
struct Places {
    median: u64,
    ninetieth: u64,
}

impl From<Spread> for Places {
    fn from(Spread { median, ninetieth }: Spread) -> Self {
        Self { median, ninetieth }
    }
}

impl From<&Summary> for Figures {
    fn from(summary: &Summary) -> Self {
        let (timeliness, duration) = (summary.timeliness.told(), summary.duration.told());
        Self {
            received: summary.received,
            closed: summary.closed,
            in_time: timeliness.map(|told| told.in_time),
            late: timeliness.map(|told| told.late),
            in_time_share: timeliness.map(|told| f64::from(told.share().get()) / 1000.0),
            working_days: duration.map(|told| told.working_days.into()),
            hours: duration.map(|told| told.hours.into()),
            redone: summary.redone.told(),
            satisfaction: None,
        }
    }
}

impl<'a> Kind<'a> {
    fn of(frame: &Frame, kind: &'a KindStatistics) -> Result<Self, RenderError> {
        let department = |one: &'a DepartmentStatistics| {
            let department = Named::of(frame, &one.department)?;
            Ok(Department { code: &one.code, department, figures: Figures::from(&one.summary) })
        };
        Ok(Self {
            kind: &kind.category,
            name: &kind.name,
            figures: Figures::from(&kind.summary),
            departments: kind.departments.iter().map(department).collect::<Result<_, RenderError>>()?,
        })
    }
}

/// Writes the JSON beside the page of the newest month and of the list of months.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn statistics(frame: &Frame, model: &StatisticsPage) -> Result<Rendered, RenderError> {
    let latest = model.latest.as_ref().map(|latest| {
        let url = url(frame, &latest.url)?;
        Ok::<_, RenderError>(Latest { month: &latest.month, url, finding: finding(latest) })
    });
    let newest = Newest { about: ABOUT, latest: latest.transpose()?, months: Named::all(frame, &model.months)? };
    page("statistics", frame, NAME, newest)
}

/// Writes the JSON beside the page of a month.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn statistics_month(frame: &Frame, model: &StatisticsMonthPage) -> Result<Rendered, RenderError> {
    let month = Month {
        month: &model.month,
        finding: finding(model),
        newest: Named::of(frame, &model.newest)?,
        table: url(frame, &model.table)?,
        minimum_sample: model.minimum.get(),
        calendar: CountedBy { version: model.calendar, provisional_years: &model.provisional },
        kinds: model.kinds.iter().map(|kind| Kind::of(frame, kind)).collect::<Result<_, _>>()?,
    };
    page("statistics-month", frame, &title(model), month)
}
