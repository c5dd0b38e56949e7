//! The table of a month for spreadsheets: a kind and a department a line, a line of all departments first.

use domain::statistics::{MinimumSample, Summary};

use crate::Rendered;
use crate::model::{Frame, StatisticsMonthPage};
use crate::statistics::{NOT_COLLECTED, percent, too_few, totals};
use crate::table::Table;

const COLUMNS: [&str; 18] = [
    "月份",
    "类别代码",
    "类别",
    "部门代码",
    "部门",
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
    "满意度",
    "说明",
    "数据版本",
];

const ALL_DEPARTMENTS: &str = "全部部门";

/// Whose line it is.
struct Whose<'a> {
    category: &'a str,
    kind: &'a str,
    code: &'a str,
    department: &'a str,
}

/// Writes the table of a month; each line names the version of the data, the first one tells of all kinds.
#[must_use]
pub fn statistics_table(frame: &Frame, model: &StatisticsMonthPage) -> Rendered {
    let version = format!("{}.{}", frame.provenance.generation, frame.provenance.digest);
    let mut table = Table::new(COLUMNS);
    let mut line = |whose: Whose<'_>, figures: [String; 11]| {
        let Whose { category, kind, code, department } = whose;
        let [received, closed, in_time, late, share, days, most_days, hours, most_hours, redone, remark] = figures;
        table.row([
            model.month.clone(),
            category.to_owned(),
            kind.to_owned(),
            code.to_owned(),
            department.to_owned(),
            received,
            closed,
            in_time,
            late,
            share,
            days,
            most_days,
            hours,
            most_hours,
            redone,
            NOT_COLLECTED.to_owned(),
            remark,
            version.clone(),
        ]);
    };
    let (received, closed) = totals(model);
    let mut all: [String; 11] = Default::default();
    let [first, second, .., remark] = &mut all;
    (*first, *second) = (received.to_string(), closed.to_string());
    *remark = "各类期限不同，不合并计算".to_owned();
    line(Whose { category: "", kind: "全部类别", code: "", department: ALL_DEPARTMENTS }, all);
    for kind in &model.kinds {
        let (category, name) = (kind.category.as_str(), kind.name.as_str());
        let whose = Whose { category, kind: name, code: "", department: ALL_DEPARTMENTS };
        line(whose, figures(&kind.summary, model.minimum));
        for one in &kind.departments {
            let whose = Whose { category, kind: name, code: &one.code, department: &one.department.name };
            line(whose, figures(&one.summary, model.minimum));
        }
    }
    table.finish()
}

/// A summary as numbers; what is of too few cases is left empty, and the remark says so.
fn figures(summary: &Summary, minimum: MinimumSample) -> [String; 11] {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (timeliness, duration) = (summary.timeliness.told(), summary.duration.told());
    let redone = summary.redone.told();
    let whole = timeliness.is_some() && duration.is_some() && redone.is_some();
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
        if whole { String::new() } else { format!("空格处{}", too_few(minimum)) },
    ]
}
