//! What departments disclose of what the regulation asks for: all of them, one, and the table.

use domain::mandatory::{Category, Standing, Tally};
use serde::Serialize;

use super::{list, page, visible};
use crate::address::absolute;
use crate::coverage::{NAME, finding, finding_of, of_category, remark, title};
use crate::head::Head;
use crate::model::{CategoryCoverage, CoveragePage, DepartmentCoveragePage, DepartmentStandings, Frame, Link};
use crate::table::Table;
use crate::when::iso;
use crate::{RenderError, Rendered};

/// Their 栏目类型 (RULES.md A1, `ColumnType`): none of the national kinds is this.
const KIND: &str = "其他";

#[derive(Serialize)]
struct Overview<'a> {
    name: &'static str,
    finding: String,
    catalogue: &'a Link,
    guide: &'a Link,
    departments: Vec<DepartmentView<'a>>,
    categories: Vec<CategoryTotals>,
    table: &'a str,
    data: Option<&'a str>,
}

#[derive(Serialize)]
struct DepartmentView<'a> {
    name: &'a str,
    url: &'a str,
    cells: Vec<&'static str>,
}

/// A category over all departments.
#[derive(Serialize)]
struct CategoryTotals {
    item: &'static str,
    name: &'static str,
    wording: &'static str,
    covered: usize,
    lacking: usize,
    not_concerned: usize,
}

#[derive(Serialize)]
struct OfDepartment<'a> {
    overview: &'a Link,
    department: &'a Link,
    title: String,
    finding: String,
    categories: Vec<CategoryView<'a>>,
    data: Option<&'a str>,
}

#[derive(Serialize)]
struct CategoryView<'a> {
    item: &'static str,
    name: &'static str,
    wording: &'static str,
    standing: &'static str,
    documents: u64,
    newest: Option<String>,
    columns: Vec<ColumnView<'a>>,
    remark: Option<String>,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    name: &'a str,
    url: &'a str,
    documents: u64,
}

/// A standing in a cell of sixteen: one character says it, and the legend says what it means.
fn cell(standing: Standing) -> &'static str {
    match standing {
        Standing::Covered => "有",
        Standing::Lacking => "缺",
        Standing::NotConcerned => "不涉及",
    }
}

/// Renders the page of all departments.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn coverage(frame: &Frame, model: &CoveragePage) -> Result<Rendered, RenderError> {
    let finding = finding(model);
    let head = head(frame, NAME, &format!("{}：{finding}", frame.name));
    let department = |one: &'_ DepartmentStandings| -> Vec<&'static str> {
        one.standings.iter().map(|(_, standing)| cell(*standing)).collect()
    };
    let departments = model.departments.iter().map(|one| DepartmentView {
        name: visible(&one.department.name),
        url: &one.department.url,
        cells: department(one),
    });
    let view = Overview {
        name: NAME,
        finding,
        catalogue: &model.catalogue,
        guide: &model.guide,
        departments: departments.collect(),
        categories: Category::ALL.map(|category| totals(model, category)).into(),
        table: &model.table,
        data: frame.data.as_deref(),
    };
    page("coverage.html", frame, NAME, head, vec![list::collection(frame, NAME)], view)
}

fn totals(model: &CoveragePage, category: Category) -> CategoryTotals {
    let Tally { covered, lacking, not_concerned } = of_category(model, category);
    CategoryTotals {
        item: category.item(),
        name: category.chinese(),
        wording: category.wording(),
        covered,
        lacking,
        not_concerned,
    }
}

/// Renders the page of one department.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn department_coverage(frame: &Frame, model: &DepartmentCoveragePage) -> Result<Rendered, RenderError> {
    let (title, finding) = (title(model), finding_of(model));
    let head = head(frame, &title, &format!("{}：{finding}", model.department.name));
    let view = OfDepartment {
        overview: &model.overview,
        department: &model.department,
        title: title.clone(),
        finding,
        categories: model.categories.iter().map(CategoryView::from).collect(),
        data: frame.data.as_deref(),
    };
    let graph = vec![list::collection(frame, &title)];
    page("coverage_of_department.html", frame, &model.department.name, head, graph, view)
}

impl<'a> From<&'a CategoryCoverage> for CategoryView<'a> {
    fn from(one: &'a CategoryCoverage) -> Self {
        let columns = one.columns.iter().map(|column| ColumnView {
            name: visible(&column.column.name),
            url: &column.column.url,
            documents: column.documents,
        });
        Self {
            item: one.category.item(),
            name: one.category.chinese(),
            wording: one.category.wording(),
            standing: one.standing.chinese(),
            documents: one.documents,
            newest: one.newest.map(iso),
            columns: columns.collect(),
            remark: remark(one),
        }
    }
}

/// Writes the table: a department and a category a line.
#[must_use]
pub fn coverage_table(frame: &Frame, model: &CoveragePage) -> Rendered {
    let version = format!("{}.{}", frame.provenance.generation, frame.provenance.digest);
    let mut table = Table::new(["部门代码", "部门", "条例第二十条", "类别代码", "类别", "情况", "数据版本"]);
    for one in &model.departments {
        for (category, standing) in &one.standings {
            table.row([
                one.code.clone(),
                one.department.name.clone(),
                category.item().to_owned(),
                category.code().to_owned(),
                category.chinese().to_owned(),
                standing.chinese().to_owned(),
                version.clone(),
            ]);
        }
    }
    table.finish()
}

/// To those who inspect sites it is a column like any other.
fn head(frame: &Frame, title: &str, description: &str) -> Head {
    list::column_tags(Head::new(frame, title), NAME, KIND, description)
        .with("Description", description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame)
}
