//! Statistics of cases 办理统计: the newest month, one month, and a month as a table.

mod chart;
mod sheet;

use domain::statistics::{MinimumSample, Summary};
use serde::Serialize;

use chart::Chart;
pub use sheet::statistics_table;

use super::{list, page, visible};
use crate::address::absolute;
use crate::head::Head;
use crate::model::{
    ChannelStatistics, DepartmentStatistics, Frame, KindStatistics, Link, StatisticsMonthPage, StatisticsPage,
};
use crate::statistics::{ABOUT, NAME, calendar, finding, percent, title, too_few};
use crate::{RenderError, Rendered};

/// Their 栏目类型 (RULES.md A1, `ColumnType`).
const KIND: &str = "互动交流";

#[derive(Serialize)]
struct Newest<'a> {
    name: &'static str,
    about: &'static str,
    latest: Option<Latest<'a>>,
    months: &'a [Link],
}

#[derive(Serialize)]
struct Latest<'a> {
    title: &'a str,
    url: &'a str,
    finding: String,
}

#[derive(Serialize)]
struct Month<'a> {
    newest: &'a Link,
    title: String,
    finding: String,
    chart: Option<Chart>,
    kinds: Vec<KindView<'a>>,
    /// The table of kinds: a measure a line, so that it fits a phone.
    measures: Vec<Measured>,
    table: &'a str,
    data: Option<&'a str>,
    minimum: u32,
    few: String,
    calendar: String,
}

#[derive(Serialize)]
struct KindView<'a> {
    name: &'a str,
    departments: Vec<DepartmentView<'a>>,
    /// Where cases came in more than one way.
    channels: Vec<ChannelView>,
}

#[derive(Serialize)]
struct ChannelView {
    name: &'static str,
    figures: Figures,
}

#[derive(Serialize)]
struct DepartmentView<'a> {
    name: &'a str,
    url: &'a str,
    figures: Figures,
}

/// A measure of every kind.
#[derive(Serialize)]
struct Measured {
    name: &'static str,
    of_kinds: Vec<String>,
}

/// A summary in words; what is of too few cases says so.
#[derive(Serialize)]
struct Figures {
    received: u64,
    closed: u64,
    timely: String,
    median: String,
    ninetieth: String,
    redone: String,
    content: String,
}

impl Figures {
    fn of(summary: &Summary) -> Self {
        const FEW: &str = "样本不足";
        let days = summary.duration.told().map(|duration| duration.working_days);
        let told = |number: Option<u64>| number.map_or_else(|| FEW.to_owned(), |number| number.to_string());
        let timely = summary.timeliness.told().map(|timeliness| percent(timeliness.share()));
        let content = summary.satisfaction.told().map(|content| percent(content.share()));
        Self {
            received: summary.received,
            closed: summary.closed,
            timely: timely.unwrap_or_else(|| FEW.to_owned()),
            median: told(days.map(|days| days.median)),
            ninetieth: told(days.map(|days| days.ninetieth)),
            redone: told(summary.redone.told()),
            content: content.unwrap_or_else(|| FEW.to_owned()),
        }
    }
}

impl<'a> From<&'a KindStatistics> for KindView<'a> {
    fn from(kind: &'a KindStatistics) -> Self {
        let view = |one: &'a DepartmentStatistics| DepartmentView {
            name: visible(&one.department.name),
            url: &one.department.url,
            figures: Figures::of(&one.summary),
        };
        let channel =
            |one: &ChannelStatistics| ChannelView { name: one.channel.chinese(), figures: Figures::of(&one.summary) };
        let channels = if kind.channels.len() > 1 { kind.channels.iter().map(channel).collect() } else { Vec::new() };
        Self { name: &kind.name, departments: kind.departments.iter().map(view).collect(), channels }
    }
}

/// Renders the page of the newest month and of the list of months.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn statistics(frame: &Frame, model: &StatisticsPage) -> Result<Rendered, RenderError> {
    let head = head(frame, NAME, &format!("{}：{ABOUT}", frame.name));
    let latest =
        model.latest.as_ref().map(|latest| Latest { title: &latest.title, url: &latest.url, finding: finding(latest) });
    let view = Newest { name: NAME, about: ABOUT, latest, months: &model.months };
    page("statistics.html", frame, NAME, head, vec![list::collection(frame, NAME)], view)
}

/// Renders the page of a month.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn statistics_month(frame: &Frame, model: &StatisticsMonthPage) -> Result<Rendered, RenderError> {
    let title = title(model);
    let finding = finding(model);
    let head = head(frame, &title, &format!("{}：{finding}", frame.name));
    let view = Month {
        newest: &model.newest,
        title: title.clone(),
        finding,
        chart: Chart::of(model),
        kinds: model.kinds.iter().map(KindView::from).collect(),
        measures: measures(model),
        table: &model.table,
        data: frame.data.as_deref(),
        minimum: model.minimum.get(),
        few: too_few(model.minimum),
        calendar: calendar(model),
    };
    page("statistics_month.html", frame, &model.title, head, vec![list::collection(frame, &title)], view)
}

/// Every measure of every kind, in words.
fn measures(model: &StatisticsMonthPage) -> Vec<Measured> {
    let of_kinds = |name, told: &dyn Fn(&Summary) -> String| Measured {
        name,
        of_kinds: model.kinds.iter().map(|kind| told(&kind.summary)).collect(),
    };
    let told = |number: Option<u64>, unit: &str| unit_or_few(number, unit, model.minimum);
    let share = |summary: &Summary| {
        let share = summary.timeliness.told().map(|timeliness| percent(timeliness.share()));
        share.unwrap_or_else(|| too_few(model.minimum))
    };
    let days = |summary: &Summary| summary.duration.told().map(|duration| duration.working_days);
    let hours = |summary: &Summary| summary.duration.told().map(|duration| duration.hours);
    vec![
        of_kinds("收到", &|summary| format!("{} 件", summary.received)),
        of_kinds("办结", &|summary| format!("{} 件", summary.closed)),
        of_kinds("按时", &|summary| told(summary.timeliness.told().map(|told| told.in_time), "件")),
        of_kinds("逾期", &|summary| told(summary.timeliness.told().map(|told| told.late), "件")),
        of_kinds("按时率", &share),
        of_kinds("用时中位数", &|summary| told(days(summary).map(|days| days.median), "个工作日")),
        of_kinds("九成用时不超过", &|summary| told(days(summary).map(|days| days.ninetieth), "个工作日")),
        of_kinds("用时中位数（小时）", &|summary| told(hours(summary).map(|hours| hours.median), "小时")),
        of_kinds("九成用时不超过（小时）", &|summary| {
            told(hours(summary).map(|hours| hours.ninetieth), "小时")
        }),
        of_kinds("重办", &|summary| told(summary.redone.told(), "件")),
        of_kinds("满意度", &|summary| {
            let content = summary.satisfaction.told();
            let told = content.map(|content| format!("{}（{} 件评价）", percent(content.share()), content.said()));
            told.unwrap_or_else(|| too_few(model.minimum))
        }),
    ]
}

fn unit_or_few(number: Option<u64>, unit: &str, minimum: MinimumSample) -> String {
    number.map_or_else(|| too_few(minimum), |number| format!("{number} {unit}"))
}

/// To those who inspect sites it is a column like any other.
fn head(frame: &Frame, title: &str, description: &str) -> Head {
    list::column_tags(Head::new(frame, title), NAME, KIND, description)
        .with("Description", description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame)
}
