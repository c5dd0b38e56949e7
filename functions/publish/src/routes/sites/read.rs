//! `GET /sites/{label}`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use domain::SiteLabel;
use gateway::{PathParam, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::profile::SiteProfile;
use crate::{
    caller::{Caller, may},
    problems::SITE_NOT_FOUND,
    refusal::Refusal,
    register,
    routes::{etag::versioned, responses::ReadProblems},
    state::PublishState,
};

/// A site as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteView {
    /// Its label.
    label: String,
    /// Its version: what the next `If-Match` names.
    version: u64,
    /// Code of the department that runs it.
    department: String,
    /// Its public address.
    #[schema(example = "http://jyj.localhost:8080/")]
    url: String,
    /// What every page shows.
    profile: SiteProfile,
}

/// Reads a site, its own writes included.
#[utoipa::path(get, operation_id = "read_site", path = "/sites/{label}", tag = "sites", params(("label" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj")),
    responses((status = 200, description = "The site.", body = SiteView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(label): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let not_found = || Problem::plain(&SITE_NOT_FOUND);
    let label: SiteLabel = label.parse().map_err(|_| not_found())?;
    let found = register::site(&state, &label).await?.ok_or_else(not_found)?;
    let (department, profile) = found.thing;
    may(&state, &caller.staff, Action::ReadRegister, &Resource::on(&department, label.clone()))?;
    let view = SiteView {
        version: found.version,
        department: department.into(),
        url: state.city.url(label.as_str(), "/"),
        profile: SiteProfile::of(profile),
        label: label.into(),
    };
    Ok(versioned(&headers, found.version, view))
}
