//! `GET /openapi.json`.

use std::sync::LazyLock;

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use gateway::{FieldError, Problem};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::state::QueryState;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Taihu search API",
        description = "Searches the public content of all sites. 检索接口：检索全市各网站公开的内容。\n\nNo token is needed. `next` is the address of the next page: use it as it is. The same for people, without script, is `GET /search` on every site.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Problem, FieldError)),
    security(()),
    tags(
        (name = "search", description = "检索: what is public on all sites"),
        (name = "service", description = "接口自身"),
    ),
)]
struct Described;

/// The document's frame, for the routes to fill.
pub(super) fn described() -> OpenApiRouter<QueryState> {
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
#[utoipa::path(get, operation_id = "read_description", path = "/openapi.json", tag = "service", responses((status = 200, description = "An OpenAPI 3.1 document.", content_type = "application/json", body = Object)))]
pub(crate) async fn read() -> Response {
    const KIND: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    (KIND, DOCUMENT.as_slice()).into_response()
}
