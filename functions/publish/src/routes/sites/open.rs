//! `POST /sites`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{
    Checks, CreationHeaders, Envelope, begin, carry_out, may,
    openapi::Created,
    problems::{DEPARTMENT_UNKNOWN, unknown},
};
use domain::{
    DepartmentCode, SiteLabel,
    site::{self, Site},
    staff::Scope,
};
use gateway::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::SiteProfile;
use crate::{refusal::Refusal, register, state::PublishState};

const ACTION: &str = "POST sites";

/// A site that goes online.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenSite {
    /// Its host label, for good: 1–40 of a–z, 0–9 and `-`.
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    label: String,
    /// Code of the department that runs it.
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: String,
    /// What every page shows.
    profile: SiteProfile,
}

/// Opens a site (registrar of all departments, for the whole city or on this site).
///
/// A label is taken for good, and a free one belongs to no department.
#[utoipa::path(post, operation_id = "open_site", path = "/sites", tag = "sites", params(CreationHeaders), request_body = OpenSite, responses(Created))]
pub(crate) async fn open(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<OpenSite>,
) -> Result<Response, Refusal> {
    let mut checks = Checks::default();
    let label = checks.name::<SiteLabel>("/label", &body.value.label);
    let department = checks.name::<DepartmentCode>("/department", &body.value.department);
    let profile = body.value.profile.checked(&mut checks);
    let Some(label) = label else {
        return Err(checks.refusal());
    };
    let stream = label.stream();
    let id = envelope.commit_id(ACTION, stream.as_str());
    let order = envelope.creation(ACTION, stream, id, &body.json);
    carry_out(&state, &order, async {
        let (Some(department), Some(profile)) = (department, profile) else {
            return Err(checks.refusal());
        };
        let staff = order.envelope.staff();
        let anybodys = Scope { department: None, site: Some(label.clone()) };
        may(&state, staff, Action::OpenSite, &Resource::all_of(&anybodys))?;
        if register::department(&state, &department).await?.is_none() {
            return Err(unknown(&DEPARTMENT_UNKNOWN, "/department", department.as_str()).into());
        }
        begin(&state, &order, |standing: &Site, context| {
            Ok(site::open(standing, label.clone(), department.clone(), profile.clone(), context)?)
        })
        .await
    })
    .await
}
