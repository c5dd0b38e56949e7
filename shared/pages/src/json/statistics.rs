//! The JSON beside statistics of cases.

use domain::statistics::{Content, PerMille, Spread, Summary};
use serde::Serialize;

use super::{Named, page, url};
use crate::model::{
    ChannelStatistics, DepartmentStatistics, Frame, KindStatistics, StatisticsMonthPage, StatisticsPage,
};
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
    channels: Vec<OfChannel>,
}

#[derive(Serialize)]
struct OfChannel {
    channel: &'static str,
    name: &'static str,
    #[serde(flatten)]
    figures: Figures,
}

impl From<&ChannelStatistics> for OfChannel {
    fn from(ChannelStatistics { channel, summary }: &ChannelStatistics) -> Self {
        Self { channel: channel.as_str(), name: channel.chinese(), figures: Figures::from(summary) }
    }
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
    satisfaction: Option<Satisfaction>,
}

#[derive(Serialize)]
struct Satisfaction {
    satisfied: u64,
    basically: u64,
    dissatisfied: u64,
    share: f64,
}

impl From<Content> for Satisfaction {
    fn from(content: Content) -> Self {
        let Content { satisfied, basically, dissatisfied } = content;
        Self { satisfied, basically, dissatisfied, share: share(content.share()) }
    }
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

/// 0–1, in thousandths.
fn share(share: PerMille) -> f64 {
    f64::from(share.get()) / 1000.0
}

impl From<&Summary> for Figures {
    fn from(summary: &Summary) -> Self {
        let (timeliness, duration) = (summary.timeliness.told(), summary.duration.told());
        Self {
            received: summary.received,
            closed: summary.closed,
            in_time: timeliness.map(|told| told.in_time),
            late: timeliness.map(|told| told.late),
            in_time_share: timeliness.map(|told| share(told.share())),
            working_days: duration.map(|told| told.working_days.into()),
            hours: duration.map(|told| told.hours.into()),
            redone: summary.redone.told(),
            satisfaction: summary.satisfaction.told().map(Satisfaction::from),
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
            channels: kind.channels.iter().map(OfChannel::from).collect(),
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
