//! 站点.

mod change;
mod columns;
mod list;
mod open;
mod profile;
mod read;
mod state;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, open::open))
        .routes(routes!(read::read, change::change))
        .routes(routes!(state::change))
        .routes(routes!(columns::list))
}
