//! A department's page, on the portal.

use pages::DepartmentPage;
use views::{
    PageKey, Read, Reads,
    city::{DepartmentRow, slice},
};

use super::{City, Composed, Model, Pause, catalogue, coverage, entries, frame};

/// Documents shown.
const ENTRIES: usize = 20;

/// Composes the page.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let code = page.about.as_str();
    let framed = frame::of(city, page, reads)?;
    let row = reads.row(Read::row(slice::DEPARTMENT, code))?.ok_or(Pause::Nothing)?;
    let department: DepartmentRow = row.content().ok_or(Pause::Nothing)?;
    let rows = reads.rows(Read::Newest { slice: slice::issued(code), live: ENTRIES })?;
    let listed = catalogue::of_department(code, &page.site, reads)?;
    let frame = framed.about(format!("department:{code}"), row.version, vec![frame::home_link()]);
    let page = DepartmentPage {
        name: department.name,
        duties: department.duties,
        address: department.address,
        telephone: department.telephone,
        office_hours: department.office_hours,
        leaders: department.leaders,
        entries: entries::of(&city.addresses, &page.site, rows.iter()),
        catalogue: listed,
        coverage: coverage::of_department(code),
    };
    Ok(Model::Department(frame, page))
}
