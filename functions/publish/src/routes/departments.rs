//! 部门.

mod change;
mod profile;
mod read;
mod register;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new().routes(routes!(register::register)).routes(routes!(read::read, change::change))
}
