//! The rows by which it is told what each department discloses of what the regulation asks for (条例 art. 20), on the portal.
//!
//! A document leaves one small row in the slice of its department and column, and says for good that this department ever had one there; a column says which
//! categories its documents are of; a department says what does not concern it. Pages put these together in bulk, like statistics: however many documents move
//! before the clock comes by, each page is written once (docs/adr/041).

use domain::{
    column::Opened,
    department::Department,
    document::{Document, Live},
    mandatory::Category,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{CityPlan, document::Place, kind::Kind, rows::PageRow, slice};
use crate::{fold::RowSet, row::RowKey};

/// Where it is told which department lacks what, on the portal.
pub const COVERAGE_PATH: &str = "/gkfg/";

/// Where the same stands as a table (CSV).
pub const COVERAGE_TABLE_PATH: &str = "/gkfg/gkfg.csv";

/// Where the guide to disclosure (政府信息公开指南) stands, on the portal.
pub const GUIDE_PATH: &str = "/gkzn/";

/// Where it is told what one department discloses.
#[must_use]
pub fn coverage_of_path(department: &str) -> String {
    format!("{COVERAGE_PATH}{department}/")
}

/// A public document as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosedRow {
    /// The day it goes by; none where nobody knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
}

/// A column that discloses something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosingRow {
    /// Its name.
    pub name: String,
    /// Label of its site.
    pub site: String,
    /// Root-relative path.
    pub path: String,
    /// Code of the department that answers for it.
    pub department: String,
    /// What its documents are of, in the order of the regulation.
    pub categories: Vec<Category>,
}

/// That a category does not concern a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotConcernedRow {
    /// Why.
    pub reason: String,
    /// Since when that is the reason.
    pub since: Timestamp,
}

/// Adds the row of a public document.
pub(super) fn add(rows: &mut RowSet, plan: &CityPlan, state: &Document, live: &Live, id: &str) {
    let Some(department) = &state.department else { return };
    let (department, column) = (department.as_str(), live.column.as_str());
    let Place { instant, day } = Place::of(live.public_at, live.dated);
    let at = RowKey::new(slice::disclosed(department, column), format!("{instant}/{id}"));
    rows.own(at, &DisclosedRow { day });
    rows.constant(RowKey::new(slice::disclosers(&plan.portal), format!("{department}/{column}")), &true);
}

/// Adds the row of a column that discloses something.
pub(super) fn of_column(rows: &mut RowSet, plan: &CityPlan, opened: &Opened) {
    let Opened { column, department, profile, .. } = opened;
    if profile.discloses.is_empty() {
        return;
    }
    let row = DisclosingRow {
        name: profile.name.to_string(),
        site: column.site().to_string(),
        path: column.path(),
        department: department.to_string(),
        categories: profile.discloses.iter().copied().collect(),
    };
    rows.own(RowKey::new(slice::disclosing(&plan.portal), column.as_str()), &row);
}

/// Adds the rows of a department: what it declared, and its page.
pub(super) fn of_department(rows: &mut RowSet, plan: &CityPlan, state: &Department, code: &str) {
    let site = plan.portal.as_str();
    for (category, declared) in &state.not_concerned {
        let row = NotConcernedRow { reason: declared.reason.to_string(), since: declared.at };
        rows.own(RowKey::new(slice::not_concerned(site), format!("{code}/{}", category.code())), &row);
    }
    rows.own(RowKey::new(slice::covered(site), slice::covered_of(code)), &true);
    let page = PageRow::of(Kind::CoverageOfDepartment, code);
    rows.own(RowKey::new(slice::pages(site), coverage_of_path(code)), &page);
}

/// Adds the row of the portal, which has the overview.
pub(super) fn of_portal(rows: &mut RowSet, site: &str) {
    rows.own(RowKey::new(slice::covered(site), slice::COVERED_ALL), &true);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        city::touch::{pages_of, touched, wide},
        row::Row,
        work::{Lane, Scope},
    };

    fn row(slice: String, key: &str) -> Row {
        Row { at: RowKey::new(slice, key), version: 1, body: Some("true".to_owned()) }
    }

    fn scopes(department: &str) -> Vec<Scope> {
        [format!("bm/{department}"), "all".to_owned()].map(|key| Scope::changed("covered|www", key, Lane::Bulk)).into()
    }

    #[test]
    fn a_document_and_a_declaration_touch_no_page_and_leave_the_scopes_of_the_department_and_of_all() {
        for row in [
            row(slice::disclosed("jyj", "www.zwgk.tzgg"), "2026-11-23T08:00:00.000/a"),
            row(slice::not_concerned("www"), "jyj/charges"),
        ] {
            assert_eq!((touched("www", &row), wide("www", &row)), (Vec::new(), scopes("jyj")), "{row:?}");
        }
        let ever = row(slice::disclosers("www"), "jyj/www.zwgk.tzgg");
        assert_eq!((touched("www", &ever), wide("www", &ever)), (Vec::new(), Vec::new()), "it came with a document");
    }

    #[test]
    fn what_a_column_discloses_concerns_every_department() {
        let row = row(slice::disclosing("www"), "jyj.tzgg");
        let all = ["covered|www", "reported|www"].map(|slice| Scope::changed(slice, "", Lane::Bulk));
        assert_eq!((touched("www", &row), wide("www", &row)), (Vec::new(), all.into()));
    }

    #[test]
    fn a_profile_is_part_of_what_is_disclosed_and_of_the_guide() {
        let row = row(slice::DEPARTMENT.to_owned(), "jyj");
        let found = wide("www", &row);
        assert!(scopes("jyj").iter().all(|scope| found.contains(scope)), "{found:?}");
        assert!(touched("www", &row).iter().any(|page| page.path == GUIDE_PATH));
    }

    #[test]
    fn the_rows_of_coverage_stand_for_its_pages_and_their_json() {
        let paths = |key: &str| -> Vec<String> {
            pages_of(&row(slice::covered("www"), key)).into_iter().map(|page| page.path).collect()
        };
        assert_eq!(paths("bm/jyj"), ["/gkfg/jyj/", "/gkfg/jyj/index.json"]);
        assert_eq!(paths("all"), ["/gkfg/", "/gkfg/gkfg.csv", "/gkfg/index.json"]);
    }
}
