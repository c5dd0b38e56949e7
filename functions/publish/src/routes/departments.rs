//! 部门.

mod change;
mod list;
mod profile;
mod read;
mod register;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new().routes(routes!(list::list, register::register)).routes(routes!(read::read, change::change))
}
