//! `GET /openapi.json`.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::function::Capability;

/// This description.
#[utoipa::path(get, operation_id = "read_description", path = "/openapi.json", tag = "service", responses((status = 200, description = "An OpenAPI 3.1 document.", content_type = "application/json", body = Object)), security(()))]
pub(crate) async fn read<C: Capability>() -> Response {
    const KIND: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    (KIND, C::description()).into_response()
}
