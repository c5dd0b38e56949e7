//! 上传: files too large for a request go to quarantine first, past the functions.

mod open;
mod take_in;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new().routes(routes!(open::open)).routes(routes!(take_in::take_in))
}
