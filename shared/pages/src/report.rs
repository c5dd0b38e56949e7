//! The words of annual reports, the same on pages, in JSON and in tables.

use domain::annual::Matrix;

use crate::model::{ReportBody, ReportPage};

/// What these pages are called.
pub(crate) const NAME: &str = "政府信息公开工作年度报告";

/// What a reader is to expect.
pub(crate) const ABOUT: &str = "各部门和全市每年怎样公开政府信息、收到和处理了多少申请，由办理记录自动汇总。";

/// What is told of a number that no event tells.
pub(crate) const NOT_RECORDED: &str = "尚无事件记录";

/// A kind of act, and what the format asks for of it.
type Acts = (&'static str, &'static [&'static str]);

/// Part two: what the format asks for of each item of article 20, and no event tells.
pub(crate) const PART_TWO: [(&str, &[Acts]); 4] = [
    (
        "第二十条第（一）项",
        &[
            ("规章", &["本年制发件数", "本年废止件数", "现行有效件数"]),
            ("行政规范性文件", &["本年制发件数", "本年废止件数", "现行有效件数"]),
        ],
    ),
    ("第二十条第（五）项", &[("行政许可", &["本年处理决定数量"])]),
    ("第二十条第（六）项", &[("行政处罚", &["本年处理决定数量"]), ("行政强制", &["本年处理决定数量"])]),
    ("第二十条第（八）项", &[("行政事业性收费", &["本年收费金额（单位：万元）"])]),
];

/// Part four: what is brought against the authority.
pub(crate) const APPEALS: [&str; 3] = ["行政复议", "行政诉讼：未经复议直接起诉", "行政诉讼：复议后起诉"];

/// How each of these ends.
pub(crate) const ENDINGS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

/// The name of a report: `市教育局2026年政府信息公开工作年度报告`.
pub(crate) fn title(report: &ReportPage) -> String {
    format!("{}{}年{NAME}", report.body.name(), report.year)
}

/// What it comes to, in sentences.
pub(crate) fn finding(report: &ReportPage) -> String {
    let Matrix { received, carried_in, handled, carried_out, .. } = &report.matrix;
    format!(
        "{}年主动公开信息 {} 条；新收政府信息公开申请 {received} 件，上年结转 {carried_in} 件，办结 {handled} 件，结转下年度 {carried_out} 件。",
        report.year, report.made_public
    )
}

/// What the numbers of the year's fees are: `200 元`.
pub(crate) fn fees(matrix: &Matrix) -> String {
    format!("{} 元", yuan(matrix))
}

/// The same as a number: `200`, `0.40`.
pub(crate) fn yuan(matrix: &Matrix) -> String {
    let (yuan, fen) = (matrix.fees / 100, matrix.fees % 100);
    if fen == 0 { yuan.to_string() } else { format!("{yuan}.{fen:02}") }
}

/// Of whom it is the sum.
pub(crate) fn scope(report: &ReportPage) -> &'static str {
    match report.body {
        ReportBody::City { .. } => "全市各部门合计",
        ReportBody::Department { .. } => "本部门",
    }
}
