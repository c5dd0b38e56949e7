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
mod etag;
mod files;
mod health;
mod listing;
mod migrations;
mod open_work;
mod openapi;
mod paging;
mod problems;
mod queue;
mod responses;
mod sites;
mod staff;
mod uploads;
mod vetting;
mod wide_changes;

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use gateway::{Problem, comes_through_the_cdn, complete, method_not_allowed, not_found, text_paths};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problems::ORIGIN_CLOSED, state::PublishState};

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
    router
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(text_paths))
        .layer(from_fn_with_state(state.clone(), through_the_cdn))
        .layer(from_fn(complete))
        .with_state(state)
}

/// The function's own URL is closed: only the CDN knows the origin secret.
async fn through_the_cdn(State(state): State<PublishState>, request: Request, next: Next) -> Response {
    if comes_through_the_cdn(request.headers(), state.origin_secret.as_ref()) {
        next.run(request).await
    } else {
        Problem::plain(&ORIGIN_CLOSED).into_response()
    }
}
