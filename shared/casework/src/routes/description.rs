//! `GET /openapi.json`.

use axum::response::Response;
use command::openapi::served;

use crate::function::Capability;

/// This description.
#[utoipa::path(get, operation_id = "read_description", path = "/openapi.json", tag = "service", responses((status = 200, description = "An OpenAPI 3.1 document.", content_type = "application/json", body = Object)), security(()))]
pub(crate) async fn read<C: Capability>() -> Response {
    served(C::description())
}
