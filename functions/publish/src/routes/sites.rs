//! 站点.

mod change;
mod open;
mod profile;
mod read;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new().routes(routes!(open::open)).routes(routes!(read::read, change::change))
}
