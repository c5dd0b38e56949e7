//! `GET /health`.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// The function runs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    status: &'static str,
    /// Version of the code.
    version: &'static str,
}

/// Tells that the function runs; asks nothing of the store.
#[utoipa::path(get, operation_id = "read_health", path = "/health", tag = "service", responses((status = 200, description = "The function runs.", body = Health)))]
pub(crate) async fn read() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}
