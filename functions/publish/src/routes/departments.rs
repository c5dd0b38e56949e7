//! 部门.

mod category;
mod change;
mod declare;
mod disclosure_office;
mod list;
mod profile;
mod read;
mod register;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) use category::Category;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, register::register))
        .routes(routes!(read::read, change::change))
        .routes(routes!(disclosure_office::change))
        .routes(routes!(declare::declare))
        .routes(routes!(declare::withdraw))
}
