//! The two doors of a search, and the OpenAPI document that describes the one of programs.

mod description;
mod documents;
mod health;
mod openapi;
mod page;
mod problems;
mod respond;
mod table;
mod view;

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use gateway::{
    Problem, comes_through_the_cdn, complete, kinds::ORIGIN_CLOSED, method_not_allowed, not_found, text_paths,
};
use pages::search::SearchPage;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::QueryState;

pub use openapi::openapi;

/// Every route of programs under its base path `/api/query`.
fn assembled() -> OpenApiRouter<QueryState> {
    let base = OpenApiRouter::new()
        .routes(routes!(documents::list))
        .routes(routes!(table::list))
        .routes(routes!(openapi::read))
        .routes(routes!(problems::list))
        .routes(routes!(problems::read))
        .routes(routes!(health::read));
    openapi::described().nest("/api/query", base)
}

/// The whole function as one service: reached through the CDN alone, with a problem for whatever it does not have.
pub fn router(state: QueryState) -> Router {
    let (api, _) = assembled().split_for_parts();
    api.route(SearchPage::PATH, get(page::read))
        .route(SearchPage::DESCRIPTION_PATH, get(description::read))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(text_paths))
        .layer(from_fn_with_state(state.clone(), through_the_cdn))
        .layer(from_fn(complete))
        .with_state(state)
}

/// The function's own URL is closed: only the CDN knows the origin secret.
async fn through_the_cdn(State(state): State<QueryState>, request: Request, next: Next) -> Response {
    if comes_through_the_cdn(request.headers(), state.origin_secret.as_ref()) {
        next.run(request).await
    } else {
        Problem::plain(&ORIGIN_CLOSED).into_response()
    }
}
