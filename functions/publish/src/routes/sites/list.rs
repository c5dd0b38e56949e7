//! `GET /sites`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, openapi::ReadProblems};
use domain::staff::Scope;
use serde::Serialize;
use utoipa::ToSchema;
use views::city::{SiteLine, slice};

use crate::{refusal::Refusal, slices, state::PublishState};

/// All sites.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteList {
    /// The sites, in order of label.
    sites: Vec<SiteEntry>,
}

/// A site among all.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteEntry {
    /// Its label.
    #[schema(example = "jyj")]
    label: String,
    /// Its name.
    #[schema(example = "澄湖市教育局")]
    name: String,
    /// Its public address.
    #[schema(example = "http://jyj.localhost:8080/")]
    url: String,
}

/// Lists the sites (staff).
///
/// From the views, which follow an accepted command within moments; a site's own address is always at the head.
#[utoipa::path(get, operation_id = "list_sites", path = "/sites", tag = "sites",
    responses((status = 200, description = "The sites.", body = SiteList), ReadProblems))]
pub(crate) async fn list(State(state): State<PublishState>, caller: Caller) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let rows = slices::rows(&state, slice::SITES).await?;
    let entry =
        |(label, SiteLine { name }): (String, SiteLine)| SiteEntry { url: state.city.url(&label, "/"), label, name };
    Ok(listed(SiteList { sites: rows.into_iter().map(entry).collect() }))
}
