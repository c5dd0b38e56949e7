//! The door of a function: what surrounds its routes.

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use gateway::{
    Problem, comes_through_the_cdn, complete, kinds::ORIGIN_CLOSED, method_not_allowed, not_found, text_paths,
};

use crate::function::Function;

/// A function's routes as one service: reached through the CDN alone, with a problem for whatever it does not have.
pub fn served<S: Function>(routes: Router<S>, state: S) -> Router {
    routes
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(text_paths))
        .layer(from_fn_with_state(state.clone(), through_the_cdn::<S>))
        .layer(from_fn(complete))
        .with_state(state)
}

/// The function's own URL is closed: only the CDN knows the origin secret.
async fn through_the_cdn<S: Function>(State(state): State<S>, request: Request, next: Next) -> Response {
    if comes_through_the_cdn(request.headers(), state.origin_secret()) {
        next.run(request).await
    } else {
        Problem::plain(&ORIGIN_CLOSED).into_response()
    }
}
