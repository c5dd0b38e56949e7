//! `GET /sites/{label}`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::site::SiteState;
use gateway::{PathParam, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{profile::SiteProfile, state::Standing};
use crate::{problems::SITE_NOT_FOUND, refusal::Refusal, register, state::PublishState};

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
    /// How it stands.
    state: SiteStateView,
    /// What every page shows.
    profile: SiteProfile,
}

/// How a site stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteStateView {
    /// The state.
    state: Standing,
    /// Since when, where it is not live.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    since: Option<String>,
    /// Last day of a rectification.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    until: Option<String>,
    /// Why, for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl SiteStateView {
    fn of(state: SiteState) -> Self {
        match state {
            SiteState::Live => Self { state: Standing::Live, since: None, until: None, reason: None },
            SiteState::Rectifying(under_way) => Self {
                state: Standing::Rectifying,
                since: Some(under_way.began.to_string()),
                until: Some(under_way.until.to_string()),
                reason: Some(under_way.reason.into()),
            },
            SiteState::Archived(archived) => Self {
                state: Standing::Archived,
                since: Some(archived.at.to_string()),
                until: None,
                reason: Some(archived.reason.into()),
            },
        }
    }
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
    let label = super::label(&label)?;
    let found = register::site(&state, &label).await?.ok_or_else(|| Problem::plain(&SITE_NOT_FOUND))?;
    let register::OpenSite { department, profile, state: standing } = found.thing;
    may(&state, &caller.staff, Action::ReadRegister, &Resource::on(&department, label.clone()))?;
    let view = SiteView {
        version: found.version,
        department: department.into(),
        url: state.city.url(label.as_str(), "/"),
        state: SiteStateView::of(standing),
        profile: SiteProfile::of(profile),
        label: label.into(),
    };
    Ok(versioned(&headers, found.version, view))
}
