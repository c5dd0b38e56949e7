//! `GET /problems` and `GET /problems/{code}`.

use axum::response::Response;
use command::problems::{all, page};
use gateway::{PathParam, Problem, ProblemKind};

/// Every kind that this function can answer with.
fn kinds() -> impl Iterator<Item = &'static ProblemKind> {
    all(crate::problems::ALL)
}

/// All kinds of problems, for people.
#[utoipa::path(get, operation_id = "list_problems", path = "/problems", tag = "service", responses((status = 200, description = "A page for people.", content_type = "text/html", body = String)), security(()))]
pub(crate) async fn list() -> Response {
    page::list(kinds(), pages::stylesheet())
}

/// One kind of problem: what it means and what to do.
#[utoipa::path(get, operation_id = "read_problem", path = "/problems/{code}", tag = "service", params(("code" = String, Path, description = "Code of the problem", example = "message-not-dead")),
    responses((status = 200, description = "A page for people.", content_type = "text/html", body = String), (status = 404, description = "There is no such problem.", content_type = "application/problem+json", body = Problem)), security(()))]
pub(crate) async fn read(PathParam(code): PathParam) -> Result<Response, Problem> {
    page::one(kinds(), &code, pages::stylesheet())
}
