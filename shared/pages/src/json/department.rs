//! The JSON beside a department's page.

use serde::Serialize;

use super::{Headline, Named, page};
use crate::html::filled;
use crate::model::{DepartmentPage, Frame};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Department<'a> {
    duties: &'a str,
    address: Option<&'a str>,
    telephone: Option<&'a str>,
    office_hours: Option<&'a str>,
    leaders: &'a [String],
    entries: Vec<Headline<'a>>,
    catalogue: Option<Named<'a>>,
    coverage: Named<'a>,
}

/// Writes the JSON beside the page of one department.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn department(frame: &Frame, model: &DepartmentPage) -> Result<Rendered, RenderError> {
    let department = Department {
        duties: &model.duties,
        address: filled(Some(&model.address)),
        telephone: filled(Some(&model.telephone)),
        office_hours: filled(Some(&model.office_hours)),
        leaders: &model.leaders,
        entries: Headline::all(frame, &model.entries)?,
        catalogue: model.catalogue.as_ref().map(|link| Named::of(frame, link)).transpose()?,
        coverage: Named::of(frame, &model.coverage)?,
    };
    page("department", frame, &model.name, department)
}
