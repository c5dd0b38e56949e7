//! `GET /problems` and `GET /problems/{code}`.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use gateway::{PathParam, Problem};

use crate::{
    problems::{self, PROBLEM_NOT_FOUND, page},
    refusal::Refusal,
};

/// All kinds of problems, for people.
#[utoipa::path(get, operation_id = "list_problems", path = "/problems", tag = "service", responses((status = 200, description = "A page for people.", content_type = "text/html", body = String)), security(()))]
pub(crate) async fn list() -> Response {
    html(page::list(problems::all()))
}

/// One kind of problem: what it means and what to do.
#[utoipa::path(get, operation_id = "read_problem", path = "/problems/{code}", tag = "service", params(("code" = String, Path, description = "Code of the problem", example = "stale")),
    responses((status = 200, description = "A page for people.", content_type = "text/html", body = String), (status = 404, description = "There is no such problem.", content_type = "application/problem+json", body = Problem)), security(()))]
pub(crate) async fn read(PathParam(code): PathParam) -> Result<Response, Refusal> {
    match problems::all().find(|kind| kind.code == code) {
        Some(kind) => Ok(html(page::of(kind))),
        None => Err(Problem::plain(&PROBLEM_NOT_FOUND).into()),
    }
}

fn html(page: String) -> Response {
    const HEADERS: [(HeaderName, HeaderValue); 2] = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
        ),
    ];
    (HEADERS, Html(page)).into_response()
}
