//! `PUT /sites/{label}`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::site::{self, Site, SiteRefusal};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::SiteProfile;
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "PUT sites/{label}";

/// What every page of a site shows of it, from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeSite {
    /// The whole new profile.
    profile: SiteProfile,
}

/// Changes head and foot of a site's pages (registrar).
#[utoipa::path(put, operation_id = "change_site", path = "/sites/{label}", tag = "sites", params(("label" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj"), ChangeHeaders),
    request_body = ChangeSite, responses(Changed))]
pub(crate) async fn change(
    State(state): State<PublishState>,
    PathParam(label): PathParam,
    envelope: Envelope,
    body: Body<ChangeSite>,
) -> Result<Response, Refusal> {
    let label = super::label(&label)?;
    let order = envelope.change(ACTION, label.stream(), &body.json);
    carry_out(&state, &order, async {
        let profile = body.value.profile.verified()?;
        let permit = |standing: &Site| {
            let (_, department, _) = standing.opened.as_ref().ok_or(SiteRefusal::NotOpen)?;
            let resource = Resource::on(department, label.clone());
            may(&state, order.envelope.staff(), Action::ChangeSite, &resource)
        };
        proceed(&state, &order, permit, |standing, context| Ok(site::change(standing, profile.clone(), context)?)).await
    })
    .await
}
