//! 站点.

mod change;
mod columns;
mod list;
mod open;
mod profile;
mod read;
mod state;

use domain::SiteLabel;
use gateway::Problem;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problems::SITE_NOT_FOUND, state::PublishState};

/// A label in a path; one of another shape names no site.
pub(super) fn label(text: &str) -> Result<SiteLabel, Problem> {
    text.parse().map_err(|_| Problem::plain(&SITE_NOT_FOUND))
}

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, open::open))
        .routes(routes!(read::read, change::change))
        .routes(routes!(state::change))
        .routes(routes!(columns::list))
}
