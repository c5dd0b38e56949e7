//! `GET /openapi.json`.

use std::sync::LazyLock;

use axum::response::Response;
use command::openapi::{Bearer, served};
use gateway::{Change, FieldError, Problem};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{state::PublishState, told::CommandReceipt};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Taihu publish API",
        description = "Editors' commands: departments, sites, columns, documents from the first draft to the public and back, the staff's roles, and the calendar that deadlines are counted by. 编辑接口：部门、站点、栏目、文件、工作人员和工作日历。\n\nA command is known by its sender, its operation, the thing it is about and its Idempotency-Key; sent again it gets the first answer, whatever has happened since. The same key on the same thing with another body is 422 key-reused; on another thing (a department of another code, say) it is another command.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Problem, FieldError, Change, CommandReceipt)),
    modifiers(&Bearer),
    security(("bearer" = [])),
    tags(
        (name = "departments", description = "部门: who answers for sites, columns and documents"),
        (name = "sites", description = "站点: one host each, run by one department"),
        (name = "appearance", description = "全站事项: the emergency banner and greyscale, on one site or on all"),
        (name = "columns", description = "栏目: the tree in which a site's documents lie"),
        (name = "documents", description = "文件: draft, review, publication, correction, move, withdrawal"),
        (name = "files", description = "附件: what stands beside a text or in it as a picture; looked at before anybody is given it"),
        (name = "queue", description = "待办: what waits for whom, and many decisions at once"),
        (name = "vetting", description = "发布前检查: how strict the checks are, and the word lists they look with"),
        (name = "staff", description = "工作人员: who is trusted with which role, where, by whom"),
        (name = "calendar", description = "工作日历: which days are worked, and how a term is counted"),
        (name = "commits", description = "提交: how far an accepted command has travelled"),
        (name = "service", description = "接口自身"),
    ),
)]
struct Described;

/// The document's frame, for the routes to fill.
pub(super) fn described() -> OpenApiRouter<PublishState> {
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
