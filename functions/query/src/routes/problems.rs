//! `GET /problems` and `GET /problems/{code}`.

use axum::response::Response;
use gateway::{PathParam, Problem, problem_pages};

use crate::problems::all;

/// All kinds of problems, for people.
#[utoipa::path(get, operation_id = "list_problems", path = "/problems", tag = "service", responses((status = 200, description = "A page for people.", content_type = "text/html", body = String)))]
pub(crate) async fn list() -> Response {
    problem_pages::list(all(), pages::stylesheet())
}

/// One kind of problem: what it means and what to do.
#[utoipa::path(get, operation_id = "read_problem", path = "/problems/{code}", tag = "service", params(("code" = String, Path, description = "Code of the problem", example = "query-too-long")),
    responses((status = 200, description = "A page for people.", content_type = "text/html", body = String), (status = 404, description = "There is no such problem.", content_type = "application/problem+json", body = Problem)))]
pub(crate) async fn read(PathParam(code): PathParam) -> Result<Response, Problem> {
    problem_pages::one(all(), &code, pages::stylesheet())
}
