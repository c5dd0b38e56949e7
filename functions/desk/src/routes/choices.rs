//! Names from the register, and what a form offers of it.

use std::collections::{BTreeMap, BTreeSet};

use futures::{StreamExt, stream};
use serde::Serialize;

use crate::{
    api::{
        part,
        problem::Refusal,
        register::{Columns, Departments, Site, Sites},
    },
    visit::Visit,
};

/// Sites of which all columns are offered at once; of more, one is chosen first.
const SITES: usize = 12;
/// Reads at once.
const CONCURRENT: usize = 8;

/// Columns to choose from.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Choice {
    /// All sites, where one has to be chosen first or another can be.
    pub(crate) sites: Vec<Site>,
    pub(crate) groups: Vec<Group>,
}

/// A site's columns.
#[derive(Debug, Serialize)]
pub(crate) struct Group {
    pub(crate) name: String,
    /// Id and name; those above stand before the name.
    pub(crate) columns: Vec<(String, String)>,
}

/// The columns of one site, or of all if they are few.
pub(crate) async fn columns(visit: &Visit, site: Option<&str>) -> Result<Choice, Refusal> {
    let Sites { sites } = visit.api.read("/sites").await?;
    let are_few = sites.len() <= SITES;
    let wanted: Vec<Site> =
        sites.iter().filter(|known| are_few || site == Some(known.label.as_str())).cloned().collect();
    let groups = stream::iter(wanted).map(|site| group(visit, site)).buffered(CONCURRENT).collect::<Vec<_>>().await;
    let groups = groups.into_iter().collect::<Result<Vec<Group>, _>>()?;
    let groups = groups.into_iter().filter(|group| !group.columns.is_empty()).collect();
    Ok(Choice { sites: if are_few { Vec::new() } else { sites }, groups })
}

async fn group(visit: &Visit, site: Site) -> Result<Group, Refusal> {
    let columns = of_site(visit, &site.label).await?;
    Ok(Group { name: site.name, columns })
}

async fn of_site(visit: &Visit, label: &str) -> Result<Vec<(String, String)>, Refusal> {
    let Columns { columns } = visit.api.read(&format!("/sites/{}/columns", part(label))).await?;
    let names: BTreeMap<&str, (&str, Option<&str>)> = columns
        .iter()
        .map(|column| (column.column.as_str(), (column.name.as_str(), column.parent.as_deref())))
        .collect();
    let whole = |column: &str| {
        let mut parts = Vec::new();
        let mut next = Some(column);
        // A column has at most six levels.
        while let Some((name, parent)) = next.and_then(|column| names.get(column)).filter(|_| parts.len() < 6) {
            parts.push(*name);
            next = *parent;
        }
        parts.reverse();
        parts.join(" › ")
    };
    Ok(columns.iter().map(|column| (column.column.clone(), whole(&column.column))).collect())
}

/// What the columns of these sites are called; what cannot be read is known by its id.
pub(crate) async fn column_names<'a>(visit: &Visit, sites: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let sites: BTreeSet<String> = sites.take(200).map(str::to_owned).collect();
    let read = stream::iter(sites).map(|site| async move { of_site(visit, &site).await.unwrap_or_default() });
    read.buffer_unordered(CONCURRENT).collect::<Vec<_>>().await.into_iter().flatten().collect()
}

/// What sites are called by their labels.
pub(crate) async fn sites(visit: &Visit) -> BTreeMap<String, String> {
    let read: Result<Sites, _> = visit.api.read("/sites").await;
    let sites = read.map(|read| read.sites).unwrap_or_default();
    sites.into_iter().map(|site| (site.label, site.name)).collect()
}

/// What departments are called by their codes.
pub(crate) async fn departments(visit: &Visit) -> BTreeMap<String, String> {
    let read: Result<Departments, _> = visit.api.read("/departments").await;
    let departments = read.map(|read| read.departments).unwrap_or_default();
    departments.into_iter().map(|department| (department.code, department.name)).collect()
}

/// What something is called among `names`; one without a name is known by its code.
pub(crate) fn named(names: &BTreeMap<String, String>, code: &str) -> String {
    names.get(code).cloned().unwrap_or_else(|| code.to_owned())
}
