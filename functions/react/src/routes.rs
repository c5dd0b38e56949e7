//! The API of messages, and the OpenAPI document that describes it.

mod health;
mod list;
mod openapi;
mod problems;
mod read;
mod retry;
mod view;

use axum::Router;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::ReactState;

pub use openapi::openapi;

/// Every route under its base path `/api/react`.
fn assembled() -> OpenApiRouter<ReactState> {
    let base = OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(read::read))
        .routes(routes!(retry::retry))
        .routes(routes!(openapi::read))
        .routes(routes!(problems::list))
        .routes(routes!(problems::read))
        .routes(routes!(health::read));
    openapi::described().nest("/api/react", base)
}

/// The API as one service.
pub fn router(state: ReactState) -> Router {
    let (api, _): (Router<ReactState>, OpenApi) = assembled().split_for_parts();
    command::served(api, state)
}
