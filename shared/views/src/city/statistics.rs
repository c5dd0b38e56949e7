//! The rows by which cases are counted (办理统计): what each adds to each month, on the portal.
//!
//! A month's page is the sum over its rows and is not rendered with each of them: a case that moves leaves a dirty scope of the month, and however many move
//! before the clock comes by, its pages are written once (docs/adr/030). Nothing of a person stands in a row, and erasing a case changes none.

use domain::{
    StreamId,
    case::{CaseFile, Kind as CaseKind},
    statistics::{self, Contribution},
};
use serde::{Deserialize, Serialize};

use super::{CityPlan, kind::Kind, rows::PageRow, slice};
use crate::{fold::RowSet, row::RowKey};

/// Where the newest month and the list of months stand, on the portal.
pub const STATISTICS_PATH: &str = "/tongji/";

/// Where the statistics of a month stand, given as `2026-11`.
#[must_use]
pub fn statistics_month_path(month: &str) -> String {
    format!("{STATISTICS_PATH}{month}.html")
}

/// Where the same stands as a table (CSV).
#[must_use]
pub fn statistics_table_path(month: &str) -> String {
    format!("{STATISTICS_PATH}{month}.csv")
}

/// What a case adds to a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionRow {
    /// Code of the department that answers for it now, or did at its end.
    pub department: String,
    /// What it adds.
    #[serde(flatten)]
    pub contribution: Contribution,
}

/// Adds the rows of a case.
pub(super) fn add<K: CaseKind>(rows: &mut RowSet, plan: &CityPlan, stream: &StreamId, state: &CaseFile<K>) {
    let Some(department) = &state.department else { return };
    let site = plan.portal.as_str();
    for (month, contribution) in statistics::contributions(state) {
        let row = ContributionRow { department: department.to_string(), contribution };
        let key = slice::contribution(&month, K::CATEGORY, stream.key());
        rows.own(RowKey::new(slice::contributions(site), key), &row);
        rows.constant(RowKey::new(slice::tallied(site), month.as_str()), &month);
        for (path, kind) in [
            (statistics_month_path(&month), Kind::StatisticsMonth),
            (statistics_table_path(&month), Kind::StatisticsTable),
        ] {
            rows.constant(RowKey::new(slice::pages(site), path), &PageRow::of(kind, month.as_str()));
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

    fn row(slice: String, key: &str, content: &impl Serialize) -> Row {
        Row { at: RowKey::new(slice, key), version: 1, body: serde_json::to_string(content).ok() }
    }

    fn months(month: &str) -> Vec<Scope> {
        vec![Scope::changed("tallied|www", month, Lane::Bulk)]
    }

    #[test]
    fn what_a_case_adds_touches_no_page_and_leaves_the_scope_of_its_month() {
        let row = row(slice::contributions("www"), "2026-11/correction/a", &());
        assert_eq!((touched("www", &row), wide("www", &row)), (Vec::new(), months("2026-11")));
    }

    #[test]
    fn a_month_stands_for_its_page_its_table_and_the_newest_and_their_json() {
        let row = row(slice::tallied("www"), "2026-11", &"2026-11");
        assert_eq!((touched("www", &row), wide("www", &row)), (Vec::new(), Vec::new()));
        let paths: Vec<String> = pages_of(&row).into_iter().map(|page| page.path).collect();
        let expected =
            ["/tongji/2026-11.html", "/tongji/2026-11.csv", "/tongji/", "/tongji/2026-11.json", "/tongji/index.json"];
        assert_eq!(paths, expected);
    }

    #[test]
    fn the_first_row_of_a_case_touches_no_month_though_it_says_that_there_is_one() {
        for kind in [Kind::StatisticsMonth, Kind::StatisticsTable] {
            let row = row(slice::pages("www"), "/tongji/2026-11.html", &PageRow::of(kind, "2026-11"));
            assert_eq!(touched("www", &row), Vec::new());
            assert!(!pages_of(&row).is_empty(), "a site's scope finds it");
        }
    }

    #[test]
    fn all_months_name_departments_and_count_by_the_calendar() {
        let of_departments = wide("www", &row(slice::DEPARTMENTS.to_owned(), "x", &()));
        assert_eq!(of_departments[..1], months("")[..]);
        assert_eq!(wide("www", &row(slice::CALENDAR.to_owned(), "x", &())), months(""));
    }
}
