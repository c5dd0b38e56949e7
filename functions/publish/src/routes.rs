//! The routes, and the OpenAPI document that describes them.

mod appearance;
mod calendar;
mod columns;
mod commits;
mod deadlines;
mod decisions;
mod departments;
mod documents;
mod drafts;
mod files;
mod health;
mod migrations;
mod open_work;
mod openapi;
mod problems;
mod queue;
mod responses;
mod sites;
mod staff;
mod terms;
mod uploads;
mod vetting;
mod wide_changes;

use axum::Router;
use command::served;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub use openapi::openapi;

/// Every route under its base path `/api/publish`.
fn assembled() -> OpenApiRouter<PublishState> {
    let base = OpenApiRouter::new()
        .merge(departments::routes())
        .merge(sites::routes())
        .merge(appearance::routes())
        .merge(columns::routes())
        .merge(documents::routes())
        .routes(routes!(drafts::list))
        .merge(staff::routes())
        .merge(calendar::routes())
        .routes(routes!(deadlines::explain))
        .routes(routes!(terms::read))
        .merge(vetting::routes())
        .merge(files::routes())
        .merge(uploads::routes())
        .routes(routes!(migrations::migrate))
        .routes(routes!(queue::read))
        .routes(routes!(decisions::decide))
        .routes(routes!(commits::read))
        .routes(routes!(wide_changes::read))
        .routes(routes!(openapi::read))
        .routes(routes!(problems::list))
        .routes(routes!(problems::read))
        .routes(routes!(health::read));
    openapi::described().nest("/api/publish", base)
}

/// The whole API as one service.
pub fn router(state: PublishState) -> Router {
    let (router, _): (Router<PublishState>, OpenApi) = assembled().split_for_parts();
    served(router, state)
}
