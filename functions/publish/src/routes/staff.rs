//! 工作人员: who is trusted with which role, and where.

mod disable;
mod enable;
mod enrol;
mod grant;
mod list;
mod mine;
mod read;
mod revoke;
mod take_office;
pub(super) mod target;
mod view;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, enrol::enrol))
        .routes(routes!(take_office::take_office))
        .routes(routes!(mine::read))
        .routes(routes!(read::read))
        .routes(routes!(grant::grant))
        .routes(routes!(revoke::revoke))
        .routes(routes!(disable::disable))
        .routes(routes!(enable::enable))
}
