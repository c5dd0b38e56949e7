//! Rows of a department.

use domain::department::{Department, DisclosureOffice};

use super::{
    CityPlan, coverage,
    kind::Kind,
    rows::{DepartmentLine, DepartmentRow, DisclosureOfficeRow, PageRow},
    slice,
};
use crate::{fold::RowSet, row::RowKey};

/// Rows of the state.
pub(super) fn rows(plan: &CityPlan, state: &Department) -> RowSet {
    let mut rows = RowSet::default();
    let Some((code, profile)) = &state.registered else { return rows };
    let row = DepartmentRow {
        name: profile.name.to_string(),
        duties: profile.duties.to_string(),
        address: profile.address.to_string(),
        telephone: profile.telephone.to_string(),
        office_hours: profile.office_hours.to_string(),
        leaders: profile.leaders.iter().map(ToString::to_string).collect(),
        disclosure: profile.disclosure.as_ref().map(office),
    };
    rows.own(RowKey::new(slice::DEPARTMENT, code.as_str()), &row);
    rows.own(RowKey::new(slice::DEPARTMENTS, code.as_str()), &DepartmentLine { name: row.name.clone() });
    let page = PageRow::of(Kind::Department, code.as_str());
    rows.own(RowKey::new(slice::pages(&plan.portal), format!("/bm/{code}/")), &page);
    coverage::of_department(&mut rows, plan, state, code.as_str());
    rows
}

fn office(office: &DisclosureOffice) -> DisclosureOfficeRow {
    DisclosureOfficeRow {
        name: office.name.to_string(),
        address: office.address.to_string(),
        office_hours: office.office_hours.to_string(),
        telephone: office.telephone.to_string(),
        fax: office.fax.to_string(),
        mailbox: office.mailbox.to_string(),
    }
}
