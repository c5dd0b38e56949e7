//! 栏目.

mod change;
mod open;
mod profile;
mod read;

pub(super) use profile::ColumnKind;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new().routes(routes!(open::open)).routes(routes!(read::read, change::change))
}
