//! `GET /api/desk/departments`: the departments of which somebody may say who takes applications for information.

mod disclosure;

use futures::try_join;
use serde::Serialize;

use crate::{
    api::{
        part,
        register::{Department, Departments},
        staff::Permissions,
    },
    stop::Answer,
    visit::Visit,
};

pub(crate) use disclosure::{change, show};

/// What the API calls what these pages do.
const ACTION: &str = "change-department";

#[derive(Debug, Serialize)]
struct Page {
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    address: String,
}

pub(crate) async fn read(visit: Visit) -> Answer {
    let (departments, permissions) =
        try_join!(visit.api.read::<Departments>("/departments"), visit.api.read::<Permissions>("/staff/me"))
            .map_err(|refusal| visit.refused(&refusal))?;
    let his = |department: &Department| permissions.allow(ACTION, Some(&department.code), None);
    let rows = departments.departments.into_iter().filter(his).map(|department| Row {
        address: format!("/api/desk/departments/{}/disclosure", part(&department.code)),
        name: department.name,
    });
    Ok(visit.page("departments.html", "受理申请的机构", &Page { rows: rows.collect() }))
}
