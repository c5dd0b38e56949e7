//! The table of a month for spreadsheets: a kind and a department a line, a line of all departments first, then a line for each way in which cases came.

use domain::statistics::{MinimumSample, Summary};

use crate::Rendered;
use crate::model::{Frame, StatisticsMonthPage};
use crate::statistics::{percent, too_few, totals};
use crate::table::Table;

const COLUMNS: [&str; 23] = [
    "月份",
    "类别代码",
    "类别",
    "部门代码",
    "部门",
    "渠道代码",
    "渠道",
    "收到",
    "办结",
    "按时",
    "逾期",
    "按时率",
    "用时中位数（工作日）",
    "九成用时（工作日）",
    "用时中位数（小时）",
    "九成用时（小时）",
    "重办",
    "满意",
    "基本满意",
    "不满意",
    "满意度",
    "说明",
    "数据版本",
];

const ALL_DEPARTMENTS: &str = "全部部门";
const ALL_CHANNELS: &str = "全部渠道";

/// Whose line it is.
#[derive(Clone, Copy)]
struct Whose<'a> {
    category: &'a str,
    kind: &'a str,
    code: &'a str,
    department: &'a str,
    channel: &'a str,
    way: &'a str,
}

/// Writes the table of a month; each line names the version of the data, the first one tells of all kinds.
#[must_use]
pub fn statistics_table(frame: &Frame, model: &StatisticsMonthPage) -> Rendered {
    let version = format!("{}.{}", frame.provenance.generation, frame.provenance.digest);
    let mut table = Table::new(COLUMNS);
    let mut line = |whose: Whose<'_>, figures: [String; 15]| {
        let Whose { category, kind, code, department, channel, way } = whose;
        let of = [model.month.as_str(), category, kind, code, department, channel, way].map(str::to_owned);
        let mut fields: [String; COLUMNS.len()] = Default::default();
        let told = of.into_iter().chain(figures).chain([version.clone()]);
        fields.iter_mut().zip(told).for_each(|(field, text)| *field = text);
        table.row(fields);
    };
    let (received, closed) = totals(model);
    let mut all: [String; 15] = Default::default();
    let [first, second, .., remark] = &mut all;
    (*first, *second) = (received.to_string(), closed.to_string());
    *remark = "各类期限不同，不合并计算".to_owned();
    let everything =
        Whose {
            category: "", kind: "全部类别", code: "", department: ALL_DEPARTMENTS, channel: "", way: ALL_CHANNELS
        };
    line(everything, all);
    for kind in &model.kinds {
        let of_kind = Whose { category: &kind.category, kind: &kind.name, ..everything };
        line(of_kind, figures(&kind.summary, model.minimum));
        for one in &kind.departments {
            let whose = Whose { code: &one.code, department: &one.department.name, ..of_kind };
            line(whose, figures(&one.summary, model.minimum));
        }
        for one in &kind.channels {
            let whose = Whose { channel: one.channel.as_str(), way: one.channel.chinese(), ..of_kind };
            line(whose, figures(&one.summary, model.minimum));
        }
    }
    table.finish()
}

/// A summary as numbers, in the order of the columns; what is of too few cases is left empty, and the remark says so.
fn figures(summary: &Summary, minimum: MinimumSample) -> [String; 15] {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (timeliness, duration) = (summary.timeliness.told(), summary.duration.told());
    let (redone, content) = (summary.redone.told(), summary.satisfaction.told());
    let whole = timeliness.is_some() && duration.is_some() && redone.is_some() && content.is_some();
    [
        summary.received.to_string(),
        summary.closed.to_string(),
        number(timeliness.map(|told| told.in_time)),
        number(timeliness.map(|told| told.late)),
        timeliness.map(|told| percent(told.share())).unwrap_or_default(),
        number(duration.map(|told| told.working_days.median)),
        number(duration.map(|told| told.working_days.ninetieth)),
        number(duration.map(|told| told.hours.median)),
        number(duration.map(|told| told.hours.ninetieth)),
        number(redone),
        number(content.map(|told| told.satisfied)),
        number(content.map(|told| told.basically)),
        number(content.map(|told| told.dissatisfied)),
        content.map(|told| percent(told.share())).unwrap_or_default(),
        if whole { String::new() } else { format!("空格处{}", too_few(minimum)) },
    ]
}
