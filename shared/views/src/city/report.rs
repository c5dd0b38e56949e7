//! The rows of the annual report on disclosure, of each department and of all of them, on the portal.
//!
//! An application leaves one row under the year in which it came in; a document that became public here leaves one under that year. A report of a year reads all
//! applications that came in up to its end, so nothing that is open is lost between two years, however long nobody acts on it (docs/adr/041).

use domain::{
    StreamId,
    annual::{self, Applied},
    case::CaseFile,
    document::{Document, Live},
    request::Request,
    shanghai,
};

use super::{CityPlan, kind::Kind, rows::PageRow, slice};
use crate::{fold::RowSet, row::RowKey};

/// Where the reports of all years are listed, on the portal.
pub const REPORTS_PATH: &str = "/gknb/";

/// Where a report stands: of a year `2026`, or of a department in it, `2026/jyj`.
#[must_use]
pub fn report_path(report: &str) -> String {
    format!("{REPORTS_PATH}{report}/")
}

/// Where the same stands as a table (CSV).
#[must_use]
pub fn report_table_path(report: &str) -> String {
    format!("{REPORTS_PATH}{report}/report.csv")
}

/// Adds the row of an application.
pub(super) fn of_application(rows: &mut RowSet, plan: &CityPlan, stream: &StreamId, state: &CaseFile<Request>) {
    let (Some(department), Some(applied)) = (&state.department, annual::applied(state)) else { return };
    let (site, department) = (plan.portal.as_str(), department.as_str());
    let Applied { received, handled, paid, .. } = applied;
    let key = format!("{}/{department}/{}", slice::year(received), stream.key());
    rows.own(RowKey::new(slice::applied(site), key), &applied);
    // Told apart from the years that have reports: a document that begins a year must not touch the reports of the years before.
    for whose in [None, Some(department)] {
        rows.constant(RowKey::new(slice::asked(site), slice::reported_of(whose, &slice::year(received))), &true);
    }
    for year in [Some(received), handled.map(|(year, _)| year), paid.map(|paid| paid.year)].into_iter().flatten() {
        reports(rows, site, department, year);
    }
}

/// Adds the row of a public document. What an older system made public did not become so here.
pub(super) fn of_document(rows: &mut RowSet, plan: &CityPlan, state: &Document, live: &Live, id: &str) {
    let Some(department) = state.department.as_ref().filter(|_| live.dated.is_none()) else { return };
    let (site, department) = (plan.portal.as_str(), department.as_str());
    let year = shanghai::local(live.public_at).year();
    let key = format!("{}/{department}/{}/{id}", slice::year(year), live.column);
    rows.own(RowKey::new(slice::made_public(site), key), &true);
    reports(rows, site, department, year);
}

/// That a year has a report of the city and one of the department: for good, whoever was counted there first.
fn reports(rows: &mut RowSet, site: &str, department: &str, year: i16) {
    let year = slice::year(year);
    rows.constant(RowKey::new(slice::reported(site), slice::reported_of(None, &year)), &true);
    rows.constant(RowKey::new(slice::reported(site), slice::reported_of(Some(department), &year)), &true);
    for report in [year.clone(), format!("{year}/{department}")] {
        for (path, kind) in [(report_path(&report), Kind::Report), (report_table_path(&report), Kind::ReportTable)] {
            rows.constant(RowKey::new(slice::pages(site), path), &PageRow::of(kind, report.as_str()));
        }
    }
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

    fn scopes(keys: [&str; 2]) -> Vec<Scope> {
        keys.map(|key| Scope::changed("reported|www", key, Lane::Bulk)).into()
    }

    #[test]
    fn an_application_concerns_every_year_of_its_department_and_of_the_city_in_bulk() {
        let row = row(slice::applied("www"), "2026/jyj/a");
        assert_eq!((touched("www", &row), wide("www", &row)), (Vec::new(), scopes(["bm/jyj/", "city/"])));
    }

    #[test]
    fn a_document_concerns_its_year_alone_in_bulk() {
        let row = row(slice::made_public("www"), "2026/jyj/www.zwgk.tzgg/a");
        assert_eq!((touched("www", &row), wide("www", &row)), (Vec::new(), scopes(["bm/jyj/2026", "city/2026"])));
    }

    #[test]
    fn the_rows_of_reports_stand_for_pages_tables_and_json_and_the_citys_for_the_list_of_years() {
        let paths = |key: &str| -> Vec<String> {
            pages_of(&row(slice::reported("www"), key)).into_iter().map(|page| page.path).collect()
        };
        assert_eq!(paths("bm/jyj/2026"), ["/gknb/2026/jyj/", "/gknb/2026/jyj/report.csv", "/gknb/2026/jyj/index.json"]);
        assert_eq!(
            paths("city/2026"),
            ["/gknb/2026/", "/gknb/2026/report.csv", "/gknb/", "/gknb/2026/index.json", "/gknb/index.json"]
        );
    }

    #[test]
    fn the_first_row_of_a_report_touches_no_report_though_it_says_that_there_is_one() {
        for kind in [Kind::Report, Kind::ReportTable] {
            let body = serde_json::to_string(&PageRow::of(kind, "2026")).ok();
            let row = Row { at: RowKey::new(slice::pages("www"), "/gknb/2026/"), version: 1, body };
            assert_eq!(touched("www", &row), Vec::new());
            assert!(!pages_of(&row).is_empty(), "a site's scope finds it");
        }
    }
}
