//! The page of one department.

use serde::Serialize;
use serde_json::json;

use super::{EntryView, entry_views, filled, page};
use crate::address::absolute;
use crate::contact;
use crate::head::Head;
use crate::model::{DepartmentPage, Frame, Link};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    duties: Vec<&'a str>,
    address: Option<&'a str>,
    telephone: Option<&'a str>,
    telephone_url: Option<String>,
    office_hours: Option<&'a str>,
    leaders: Vec<&'a str>,
    entries: Vec<EntryView<'a>>,
    catalogue: Option<&'a Link>,
    coverage: &'a Link,
}

/// Renders the page of one department.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn department(frame: &Frame, model: &DepartmentPage) -> Result<Rendered, RenderError> {
    let description: String = model.duties.lines().next().unwrap_or_default().chars().take(120).collect();
    let head = Head::new(frame, &model.name)
        .with("ColumnName", &model.name)
        .with("ColumnDescription", &format!("{}的机构职能、领导信息、联系方式和最新发布", model.name))
        .with("ColumnKeywords", &format!("{},机构职能", model.name))
        .with("ColumnType", "机构职能")
        .with("Description", &description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame);
    let graph = vec![json!({
        "@type": "GovernmentOrganization",
        "name": model.name,
        "url": absolute(&frame.scheme_host, &frame.path),
        "description": model.duties,
        "telephone": model.telephone,
        "address": model.address,
    })];
    let view = View {
        name: &model.name,
        duties: model.duties.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
        address: filled(Some(&model.address)),
        telephone: filled(Some(&model.telephone)),
        telephone_url: contact::telephone(&model.telephone).map(|number| format!("tel:{number}")),
        office_hours: filled(Some(&model.office_hours)),
        leaders: model.leaders.iter().map(String::as_str).filter(|line| !line.trim().is_empty()).collect(),
        entries: entry_views(&model.entries),
        catalogue: model.catalogue.as_ref(),
        coverage: &model.coverage,
    };
    page("department.html", frame, &model.name, head, graph, view)
}
