//! The routes, and the OpenAPI document that describes those of staff.

mod answer;
mod assign;
mod cases;
mod dismiss;
mod erase;
mod health;
mod note;
mod open;
mod openapi;
mod problems;
mod read;
mod readings;
mod take;
mod target;
mod withdraw_answer;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tokio::sync::OnceCell;
use tower::ServiceExt;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::LetterState;

pub use openapi::openapi;

/// Every route of staff under its base path `/api/letter`.
fn assembled() -> OpenApiRouter<LetterState> {
    let base = OpenApiRouter::new()
        .routes(routes!(cases::list))
        .routes(routes!(read::read))
        .routes(routes!(open::open))
        .routes(routes!(take::take))
        .routes(routes!(assign::assign))
        .routes(routes!(note::note))
        .routes(routes!(answer::answer))
        .routes(routes!(withdraw_answer::withdraw_answer))
        .routes(routes!(dismiss::dismiss))
        .routes(routes!(erase::erase))
        .routes(routes!(readings::read))
        .routes(routes!(openapi::read))
        .routes(routes!(problems::list))
        .routes(routes!(problems::read))
        .routes(routes!(health::read));
    openapi::described().nest("/api/letter", base)
}

/// The whole function as one service: the API of staff, and the forms of citizens.
pub fn router(state: LetterState) -> Router {
    let (api, _): (Router<LetterState>, OpenApi) = assembled().split_for_parts();
    let doors = Doors { api: command::served(api, state.clone()), state, front: Arc::default() };
    // No route of its own: what a route matched would be told to the routers behind it.
    Router::new().fallback(answer_at).with_state(doors)
}

/// Both doors. The front door is opened by whoever comes first: the server's keys are asked for then and not when the function starts.
#[derive(Clone)]
struct Doors {
    api: Router,
    state: LetterState,
    front: Arc<OnceCell<Router>>,
}

async fn answer_at(State(doors): State<Doors>, request: Request) -> Response {
    if !request.uri().path().starts_with("/form/") {
        return answered(doors.api, request).await;
    }
    let front = doors.front.get_or_try_init(|| async { doors.state.front().await.map(frontdoor::router) }).await;
    match front {
        Ok(router) => answered(router.clone(), request).await,
        Err(error) => {
            tracing::error!(alarm = "frontdoor", %error, "the front door cannot be opened");
            (StatusCode::SERVICE_UNAVAILABLE, "暂时无法打开，请稍后再试。\n").into_response()
        }
    }
}

async fn answered(router: Router, request: Request) -> Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
