//! Rows of a column.

use std::collections::BTreeSet;

use domain::column::Column;

use super::{
    CityPlan, coverage,
    kind::Kind,
    rows::{ColumnLine, ColumnRow, PageRow},
    slice,
};
use crate::{fold::RowSet, row::RowKey};

/// Rows of the state.
pub(super) fn rows(plan: &CityPlan, state: &Column) -> RowSet {
    let mut rows = RowSet::default();
    let Some(opened) = &state.opened else { return rows };
    let (id, site, path) = (opened.column.as_str(), opened.column.site(), opened.column.path());
    let profile = &opened.profile;
    let row = ColumnRow {
        name: profile.name.to_string(),
        description: profile.description.to_string(),
        kind: opened.kind.chinese().to_owned(),
    };
    let line = ColumnLine {
        name: row.name.clone(),
        path: path.clone(),
        kind: row.kind.clone(),
        position: profile.position,
        on_home: profile.prominence.on_home(),
    };
    rows.own(RowKey::new(slice::COLUMN, id), &row);
    rows.own(RowKey::new(slice::columns(site.as_str()), id), &line);
    if profile.prominence.in_navigation() {
        rows.own(RowKey::new(slice::nav(site.as_str()), format!("{:05}/{id}", profile.position)), &line);
    }
    for (path, kind) in [(path.clone(), Kind::Column), (format!("{path}feed.xml"), Kind::Feed)] {
        let page = PageRow::of(kind, id);
        rows.own(RowKey::new(slice::pages(site.as_str()), path), &page);
    }
    let named: BTreeSet<&str> = profile.review.departments().map(|code| code.as_str()).collect();
    for department in named {
        rows.own(RowKey::new(slice::posts(department), id), &true);
    }
    coverage::of_column(&mut rows, plan, opened);
    rows
}
