//! 全站事项: the emergency banner and greyscale, on one site or on all.

mod change;
mod look;
mod read;

use access::Resource;
use domain::{SiteLabel, staff::Scope};
use gateway::Problem;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problems::SITE_NOT_FOUND, refusal::Refusal, register, state::PublishState};

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new().routes(routes!(read::of_city, change::of_city)).routes(routes!(read::of_site, change::of_site))
}

/// What a look is about: an open site, or the whole city where none is named.
async fn resource(state: &PublishState, site: Option<&SiteLabel>) -> Result<Resource, Refusal> {
    let Some(label) = site else { return Ok(Resource::all_of(&Scope::CITY)) };
    let found = register::site(state, label).await?.ok_or_else(|| Problem::plain(&SITE_NOT_FOUND))?;
    Ok(Resource::on(&found.thing.department, label.clone()))
}
