//! Both doors of a function: the API of staff, and the forms of citizens.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tokio::sync::OnceCell;
use tower::ServiceExt;
use utoipa_axum::router::OpenApiRouter;

use super::{Capability, state::CaseState};

/// The whole function as one service: `routes` of staff, and the forms of citizens.
pub fn router<C: Capability>(state: CaseState<C>, routes: OpenApiRouter<CaseState<C>>) -> Router {
    let (api, _) = routes.split_for_parts();
    let doors = Doors { api: command::served(api, state.clone()), state, front: Arc::default() };
    // No route of its own: what a route matched would be told to the routers behind it.
    Router::new().fallback(answer_at::<C>).with_state(doors)
}

/// Both doors. The front door is opened by whoever comes first: the server's keys are asked for then and not when the function starts.
struct Doors<C: Capability> {
    api: Router,
    state: CaseState<C>,
    front: Arc<OnceCell<Router>>,
}

impl<C: Capability> Clone for Doors<C> {
    fn clone(&self) -> Self {
        Self { api: self.api.clone(), state: self.state.clone(), front: Arc::clone(&self.front) }
    }
}

async fn answer_at<C: Capability>(State(doors): State<Doors<C>>, request: Request) -> Response {
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
