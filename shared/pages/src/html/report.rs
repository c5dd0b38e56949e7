//! Annual reports 政府信息公开工作年度报告: the list of years, a report, its table.

use domain::annual::{Cell, Line, PARTIES};
use serde::Serialize;

use super::{list, page};
use crate::address::absolute;
use crate::head::Head;
use crate::model::{Frame, Link, ReportBody, ReportPage, ReportsOfYear, ReportsPage};
use crate::report::{ABOUT, APPEALS, ENDINGS, NAME, NOT_RECORDED, PART_TWO, fees, finding, scope, title, yuan};
use crate::table::Table;
use crate::{RenderError, Rendered};

/// Their 栏目类型 (RULES.md A1, `ColumnType`): none of the national kinds is a report.
const KIND: &str = "其他";

/// What a cell says that no event tells; the caption says what it means.
const UNRECORDED: &str = "未记录";

#[derive(Serialize)]
struct Years<'a> {
    name: &'static str,
    about: &'static str,
    years: Vec<YearView<'a>>,
}

#[derive(Serialize)]
struct YearView<'a> {
    city: &'a Link,
    departments: &'a [Link],
}

impl<'a> From<&'a ReportsOfYear> for YearView<'a> {
    fn from(year: &'a ReportsOfYear) -> Self {
        Self { city: &year.city, departments: &year.departments }
    }
}

#[derive(Serialize)]
struct ReportView<'a> {
    title: String,
    finding: String,
    scope: &'static str,
    year: i16,
    reports: &'a Link,
    guide: &'a Link,
    coverage: &'a Link,
    department: Option<&'a Link>,
    departments: &'a [Link],
    made_public: u64,
    categories: Vec<CategoryView>,
    second: Vec<ItemView>,
    parties: &'static [&'static str],
    lines: Vec<LineView>,
    appeals: &'static [&'static str],
    endings: &'static [&'static str],
    not_recorded: &'static str,
    unrecorded: &'static str,
    fees: String,
    table: &'a str,
    data: Option<&'a str>,
}

#[derive(Serialize)]
struct CategoryView {
    item: &'static str,
    name: &'static str,
    documents: u64,
}

/// An item of part two.
#[derive(Serialize)]
struct ItemView {
    item: &'static str,
    columns: &'static [&'static str],
    contents: Vec<&'static str>,
}

#[derive(Serialize)]
struct LineView {
    group: &'static str,
    name: &'static str,
    cells: Vec<String>,
}

impl From<&Line> for LineView {
    fn from(line: &Line) -> Self {
        Self { group: line.group, name: line.name, cells: line.cells.map(cell).into() }
    }
}

fn cell(cell: Cell) -> String {
    cell.told().map_or_else(|| UNRECORDED.to_owned(), |number| number.to_string())
}

/// Renders the list of years.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn reports(frame: &Frame, model: &ReportsPage) -> Result<Rendered, RenderError> {
    let head = head(frame, NAME, &format!("{}：{ABOUT}", frame.name));
    let view = Years { name: NAME, about: ABOUT, years: model.years.iter().map(YearView::from).collect() };
    page("reports.html", frame, NAME, head, vec![list::collection(frame, NAME)], view)
}

/// Renders a report.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn report(frame: &Frame, model: &ReportPage) -> Result<Rendered, RenderError> {
    let (title, finding) = (title(model), finding(model));
    let head = head(frame, &title, &format!("{}：{finding}", model.body.name()));
    let (department, departments) = match &model.body {
        ReportBody::City { departments, .. } => (None, departments.as_slice()),
        ReportBody::Department { department, .. } => (Some(department), <&[Link]>::default()),
    };
    let category = |(category, documents): &(domain::mandatory::Category, u64)| CategoryView {
        item: category.item(),
        name: category.chinese(),
        documents: *documents,
    };
    let second = PART_TWO.into_iter().map(|(item, contents)| ItemView {
        item,
        columns: contents.first().map(|(_, columns)| *columns).unwrap_or_default(),
        contents: contents.iter().map(|(name, _)| *name).collect(),
    });
    let view = ReportView {
        title: title.clone(),
        finding,
        scope: scope(model),
        year: model.year,
        reports: &model.reports,
        guide: &model.guide,
        coverage: &model.coverage,
        department,
        departments,
        made_public: model.made_public,
        categories: model.by_category.iter().map(category).collect(),
        second: second.collect(),
        parties: &PARTIES,
        lines: model.matrix.lines.iter().map(LineView::from).collect(),
        appeals: &APPEALS,
        endings: &ENDINGS,
        not_recorded: NOT_RECORDED,
        unrecorded: UNRECORDED,
        fees: fees(&model.matrix),
        table: &model.table,
        data: frame.data.as_deref(),
    };
    let here = format!("{}年", model.year);
    let here = if department.is_some() { model.body.name() } else { here.as_str() };
    page("report.html", frame, here, head, vec![list::collection(frame, &title)], view)
}

/// Writes the table of a report: part three line by line, and what is made public before it.
#[must_use]
pub fn report_table(frame: &Frame, model: &ReportPage) -> Rendered {
    let version = format!("{}.{}", frame.provenance.generation, frame.provenance.digest);
    let code = match &model.body {
        ReportBody::City { .. } => String::new(),
        ReportBody::Department { code, .. } => code.clone(),
    };
    let [citizens, firms, science, welfare, law, others, organisations, total] = PARTIES;
    let names = [
        "年份",
        "部门代码",
        "主体",
        "部分",
        "组",
        "项目",
        citizens,
        firms,
        science,
        welfare,
        law,
        others,
        organisations,
        total,
        "说明",
        "数据版本",
    ];
    let mut table = Table::new(names);
    let mut line = |part: &str, group: &str, name: String, cells: [String; 8], remark: &str| {
        let [a, b, c, d, e, f, g, h] = cells;
        let whose = [model.year.to_string(), code.clone(), model.body.name().to_owned()];
        let [year, code, body] = whose;
        let (part, group) = (part.to_owned(), group.to_owned());
        table.row([year, code, body, part, group, name, a, b, c, d, e, f, g, h, remark.to_owned(), version.clone()]);
    };
    let only_total = |total: String| {
        let mut cells: [String; 8] = Default::default();
        let [.., last] = &mut cells;
        *last = total;
        cells
    };
    line("一", "", "主动公开信息".to_owned(), only_total(model.made_public.to_string()), "");
    for (category, documents) in &model.by_category {
        let name = format!("{}{}", category.item(), category.chinese());
        line("一", "主动公开信息，按条例第二十条", name, only_total(documents.to_string()), "");
    }
    for (item, contents) in PART_TWO {
        for (name, columns) in contents {
            for column in *columns {
                line("二", item, format!("{name}：{column}"), Default::default(), NOT_RECORDED);
            }
        }
    }
    for one in &model.matrix.lines {
        let is_whole = one.cells.iter().all(|cell| cell.told().is_some());
        let remark = if is_whole { String::new() } else { format!("空格处{NOT_RECORDED}") };
        let told = |cell: Cell| cell.told().map(|number| number.to_string()).unwrap_or_default();
        line("三", one.group, one.name.to_owned(), one.cells.map(told), &remark);
    }
    for appeal in APPEALS {
        for ending in ENDINGS {
            line("四", appeal, ending.to_owned(), Default::default(), NOT_RECORDED);
        }
    }
    line("六", "", "信息处理费（元）".to_owned(), only_total(yuan(&model.matrix)), "");
    table.finish()
}

/// To those who inspect sites it is a column like any other.
fn head(frame: &Frame, title: &str, description: &str) -> Head {
    list::column_tags(Head::new(frame, title), NAME, KIND, description)
        .with("Description", description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame)
}
