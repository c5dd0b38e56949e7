//! The JSON beside the pages of coverage.

use domain::mandatory::{Category, Part, Tally};
use serde::Serialize;

use super::{Named, page, url};
use crate::coverage::{NAME, finding, finding_of, tally, title};
use crate::model::{
    CategoryCoverage, ColumnCoverage, CoveragePage, DepartmentCoveragePage, DepartmentStandings, Frame,
};
use crate::when::iso;
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Overview<'a> {
    finding: String,
    #[serde(flatten)]
    totals: Totals,
    /// The table, which is no HTML page.
    table: String,
    catalogue: Named<'a>,
    guide: Named<'a>,
    categories: Vec<CategoryName>,
    departments: Vec<Department<'a>>,
}

/// How many stand how.
#[derive(Serialize)]
struct Totals {
    covered: usize,
    lacking: usize,
    not_concerned: usize,
}

impl From<Tally> for Totals {
    fn from(Tally { covered, lacking, not_concerned }: Tally) -> Self {
        Self { covered, lacking, not_concerned }
    }
}

/// A category as the regulation has it.
#[derive(Serialize)]
pub(super) struct CategoryName {
    category: &'static str,
    item: &'static str,
    name: &'static str,
    wording: &'static str,
}

impl From<Category> for CategoryName {
    fn from(category: Category) -> Self {
        Self { category: category.code(), item: category.item(), name: category.chinese(), wording: category.wording() }
    }
}

#[derive(Serialize)]
struct Department<'a> {
    code: &'a str,
    department: Named<'a>,
    #[serde(flatten)]
    totals: Totals,
    standings: Vec<Stands>,
}

#[derive(Serialize)]
struct Stands {
    category: &'static str,
    standing: &'static str,
}

impl<'a> Department<'a> {
    fn of(frame: &Frame, one: &'a DepartmentStandings) -> Result<Self, RenderError> {
        let stands = one
            .standings
            .iter()
            .map(|(category, standing)| Stands { category: category.code(), standing: standing.code() });
        Ok(Self {
            code: &one.code,
            department: Named::of(frame, &one.department)?,
            totals: one.standings.iter().map(|(_, standing)| *standing).collect::<Tally>().into(),
            standings: stands.collect(),
        })
    }
}

#[derive(Serialize)]
struct OfDepartment<'a> {
    code: &'a str,
    department: Named<'a>,
    overview: Named<'a>,
    finding: String,
    #[serde(flatten)]
    totals: Totals,
    categories: Vec<Coverage<'a>>,
}

#[derive(Serialize)]
struct Coverage<'a> {
    #[serde(flatten)]
    category: CategoryName,
    standing: &'static str,
    documents: u64,
    newest: Option<String>,
    columns: Vec<Column<'a>>,
    untold: Option<Vec<&'static str>>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Column<'a> {
    column: Named<'a>,
    documents: u64,
}

impl<'a> Coverage<'a> {
    fn of(frame: &Frame, one: &'a CategoryCoverage) -> Result<Self, RenderError> {
        let column =
            |one: &'a ColumnCoverage| Ok(Column { column: Named::of(frame, &one.column)?, documents: one.documents });
        Ok(Self {
            category: one.category.into(),
            standing: one.standing.code(),
            documents: one.documents,
            newest: one.newest.map(iso),
            columns: one.columns.iter().map(column).collect::<Result<_, RenderError>>()?,
            untold: one.untold.as_ref().map(|parts| parts.iter().copied().map(Part::code).collect()),
            reason: one.reason.as_deref(),
        })
    }
}

/// Writes the JSON beside the page of all departments.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn coverage(frame: &Frame, model: &CoveragePage) -> Result<Rendered, RenderError> {
    let departments = model.departments.iter().map(|one| Department::of(frame, one));
    let overview = Overview {
        finding: finding(model),
        totals: tally(model).into(),
        table: url(frame, &model.table)?,
        catalogue: Named::of(frame, &model.catalogue)?,
        guide: Named::of(frame, &model.guide)?,
        categories: Category::ALL.map(CategoryName::from).into(),
        departments: departments.collect::<Result<_, _>>()?,
    };
    page("coverage", frame, NAME, overview)
}

/// Writes the JSON beside the page of one department.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn department_coverage(frame: &Frame, model: &DepartmentCoveragePage) -> Result<Rendered, RenderError> {
    let of_department = OfDepartment {
        code: &model.code,
        department: Named::of(frame, &model.department)?,
        overview: Named::of(frame, &model.overview)?,
        finding: finding_of(model),
        totals: model.categories.iter().map(|one| one.standing).collect::<Tally>().into(),
        categories: model.categories.iter().map(|one| Coverage::of(frame, one)).collect::<Result<_, _>>()?,
    };
    page("coverage-of-department", frame, &title(model), of_department)
}
