//! The addresses below `/form/<capability>/`.

mod act;
mod act_files;
mod adding;
mod answer;
mod body;
mod case;
mod code;
mod files;
mod fill;
mod given;
mod send;
mod show;
mod told;

use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
    routing::get,
};

use crate::state::Frontdoor;

/// The front door of one capability: its forms, how a case stands, and what its citizen does to it.
pub fn router(front: Frontdoor) -> Router {
    Router::new()
        .route(&front.path("status"), get(case::ask).post(case::open))
        .route(&front.path("act"), get(case::ask).post(act::send))
        .route(&front.path(&format!("act{}", files::BELOW)), get(case::ask).post(act_files::go_on))
        .route(&front.path("file"), get(case::ask).post(given::send))
        .route(&front.path("{form}"), get(fill::open).post(fill::go_on))
        .route(&front.path(&format!("{{form}}{}", files::BELOW)), get(fill::open).post(files::go_on))
        .fallback(told::nothing_here)
        .method_not_allowed_fallback(told::not_like_this)
        .layer(middleware::from_fn_with_state(front.clone(), through_the_cdn))
        .with_state(front)
}

/// Middleware: the function's own URL is closed; only the CDN knows the origin secret.
async fn through_the_cdn(State(front): State<Frontdoor>, request: Request, next: Next) -> Response {
    if gateway::comes_through_the_cdn(request.headers(), front.parts().origin_secret.as_ref()) {
        next.run(request).await
    } else {
        answer::plain(http::StatusCode::FORBIDDEN, "此入口不对外开放，请从网站的网址打开。\n")
    }
}
