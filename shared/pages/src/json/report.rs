//! The JSON beside annual reports.

use domain::annual::{Line, PARTIES};
use serde::Serialize;

use super::{Named, page, url};
use crate::model::{Frame, ReportBody, ReportPage, ReportsPage};
use crate::report::{ABOUT, APPEALS, NAME, NOT_RECORDED, PART_TWO, finding, title};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Years<'a> {
    about: &'static str,
    years: Vec<Year<'a>>,
}

#[derive(Serialize)]
struct Year<'a> {
    city: Named<'a>,
    departments: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Report<'a> {
    year: i16,
    code: Option<&'a str>,
    department: Option<Named<'a>>,
    departments: Vec<Named<'a>>,
    finding: String,
    /// The table, which is no HTML page.
    table: String,
    reports: Named<'a>,
    guide: Named<'a>,
    coverage: Named<'a>,
    made_public: u64,
    by_category: Vec<OfCategory>,
    applications: Applications,
    not_recorded: Vec<String>,
}

#[derive(Serialize)]
struct OfCategory {
    category: &'static str,
    documents: u64,
}

/// Part three.
#[derive(Serialize)]
struct Applications {
    received: u64,
    carried_in: u64,
    handled: u64,
    carried_out: u64,
    fees_in_fen: u64,
    parties: &'static [&'static str],
    lines: Vec<Row>,
}

/// A line of the matrix; what no event tells is null.
#[derive(Serialize)]
struct Row {
    group: &'static str,
    name: &'static str,
    numbers: Vec<Option<u64>>,
}

impl From<&Line> for Row {
    fn from(line: &Line) -> Self {
        Self { group: line.group, name: line.name, numbers: line.cells.iter().map(|cell| cell.told()).collect() }
    }
}

/// Writes the JSON beside the list of years.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn reports(frame: &Frame, model: &ReportsPage) -> Result<Rendered, RenderError> {
    let years = model.years.iter().map(|year| {
        Ok(Year { city: Named::of(frame, &year.city)?, departments: Named::all(frame, &year.departments)? })
    });
    page("reports", frame, NAME, Years { about: ABOUT, years: years.collect::<Result<_, RenderError>>()? })
}

/// Writes the JSON beside a report.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn report(frame: &Frame, model: &ReportPage) -> Result<Rendered, RenderError> {
    let (code, department, departments) = match &model.body {
        ReportBody::City { departments, .. } => (None, None, Named::all(frame, departments)?),
        ReportBody::Department { code, department } => {
            (Some(code.as_str()), Some(Named::of(frame, department)?), Vec::new())
        }
    };
    let matrix = &model.matrix;
    let report = Report {
        year: model.year,
        code,
        department,
        departments,
        finding: finding(model),
        table: url(frame, &model.table)?,
        reports: Named::of(frame, &model.reports)?,
        guide: Named::of(frame, &model.guide)?,
        coverage: Named::of(frame, &model.coverage)?,
        made_public: model.made_public,
        by_category: model
            .by_category
            .iter()
            .map(|(category, documents)| OfCategory { category: category.code(), documents: *documents })
            .collect(),
        applications: Applications {
            received: matrix.received,
            carried_in: matrix.carried_in,
            handled: matrix.handled,
            carried_out: matrix.carried_out,
            fees_in_fen: matrix.fees,
            parties: &PARTIES,
            lines: matrix.lines.iter().map(Row::from).collect(),
        },
        not_recorded: not_recorded().collect(),
    };
    page("report", frame, &title(model), report)
}

/// What the format asks for and no event tells, whatever the year.
fn not_recorded() -> impl Iterator<Item = String> {
    let second = PART_TWO.into_iter().flat_map(|(_, contents)| contents);
    let second = second.flat_map(|(name, columns)| columns.iter().map(move |column| format!("{name}：{column}")));
    second.chain(APPEALS.map(str::to_owned)).map(|name| format!("{name}：{NOT_RECORDED}"))
}
