//! `GET /openapi.json`.

use std::sync::LazyLock;

use axum::response::Response;
use command::openapi::{Bearer, served};
use gateway::{FieldError, Problem};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::state::ReactState;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Taihu messages API",
        description = "Messages about cases: which went out, which wait, which could not be delivered. 通知接口：已发送、待发送和未送达的通知。\n\nNothing here tells an address, or a word of what anybody wrote: messages are ids. What is due is sent by itself; a dead message is sent again by `POST …/retry`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Problem, FieldError)),
    modifiers(&Bearer),
    security(("bearer" = [])),
    tags(
        (name = "messages", description = "通知: what people are told of cases"),
        (name = "service", description = "接口自身"),
    ),
)]
struct Described;

/// The document's frame, for the routes to fill.
pub(super) fn described() -> OpenApiRouter<ReactState> {
    OpenApiRouter::with_openapi(Described::openapi())
}

/// The OpenAPI 3.1 document of this function.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    super::assembled().into_openapi()
}

/// Serialised once per process.
static DOCUMENT: LazyLock<Vec<u8>> = LazyLock::new(|| serde_json::to_vec(&openapi()).unwrap_or_default());

/// This description.
#[utoipa::path(get, operation_id = "read_description", path = "/openapi.json", tag = "service", responses((status = 200, description = "An OpenAPI 3.1 document.", content_type = "application/json", body = Object)), security(()))]
pub(crate) async fn read() -> Response {
    served(&DOCUMENT)
}
