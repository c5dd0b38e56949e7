//! `GET /documents`.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use gateway::Problem;
use http::HeaderMap;
use utoipa::{IntoParams, IntoResponses, ToSchema};

use super::{respond::fresh, view::DocumentList};
use crate::{
    answer::{Found, NoAnswer, find},
    asked::Asked,
    problems::{INDEX_UNAVAILABLE, QUERY_OUT_OF_TIME, QUERY_TOO_LONG},
    state::QueryState,
};

/// What can be asked; filters of one facet are alternatives, those of several go together.
#[derive(Debug, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, read by `Asked`: a filter may come several times")]
pub(crate) struct DocumentQuery {
    /// Words, quoted phrases, a document number or an index number; empty asks for everything.
    #[param(max_length = 500, example = "公积金")]
    q: Option<String>,
    /// Labels of sites.
    site: Option<Vec<String>>,
    /// Ids of columns.
    column: Option<Vec<String>>,
    /// Codes of departments.
    department: Option<Vec<String>>,
    /// 主题: the first level, or both joined by `\`.
    subject: Option<Vec<String>>,
    /// 体裁, as the API of documents names it.
    genre: Option<Vec<String>>,
    /// 组配分类, as the API of documents names it.
    class: Option<Vec<String>>,
    /// 分类词 and keywords.
    term: Option<Vec<String>>,
    /// Years.
    year: Option<Vec<String>>,
    /// 有效性: `in_force`, `amended`, `repealed`, `expired`, `unknown`.
    validity: Option<Vec<String>>,
    /// Kinds of content: `article`, `question`, `leader`, `link`, `file`, `pictures`, `film`.
    form: Option<Vec<String>>,
    /// Leaves out what was not in force on this day.
    #[param(pattern = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", example = "2024-05-01")]
    on: Option<String>,
    /// `relevance` (the default) or `newest`.
    order: Option<String>,
    /// Hits of a page; 20 unless told.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page before ended, from its `next`.
    after: Option<String>,
}

/// What a search is answered with where it is not with what was found.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "described here; the refusals are problems")]
pub(crate) enum Otherwise {
    /// The same as `If-None-Match` names.
    #[response(status = 304)]
    Same,
    /// A parameter is none, or has a value that it cannot have.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(Problem),
    /// The text is too long, or asks for too much at once.
    #[response(status = 422, content_type = "application/problem+json")]
    TooMuch(Problem),
    /// The index cannot be read now, or the answer would take longer than anybody waits.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// Public documents of all sites that fit what is asked, with counts by facet.
#[utoipa::path(get, operation_id = "search_documents", path = "/documents", tag = "search", params(DocumentQuery),
    responses(
        (status = 200, description = "What was found.", body = DocumentList),
        Otherwise,
    ))]
pub(crate) async fn list(
    State(state): State<QueryState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let found = found(&state, &asked).await?;
    let list = DocumentList::of(&state, &asked, &found);
    let bytes = serde_json::to_vec(&list).map_err(|_| Problem::plain(&gateway::kinds::INTERNAL))?;
    Ok(fresh(&headers, "application/json", bytes))
}

/// The answer to what a program asks.
///
/// # Errors
/// What is wrong with the question, or that there is no answer now.
pub(super) async fn found(state: &QueryState, asked: &Asked) -> Result<Found, Problem> {
    let query = asked.strict().map_err(|wrong| wrong.problem())?;
    find(state, asked, None, query).await.map_err(|error| match error {
        NoAnswer::TooMuch => Problem::plain(&QUERY_TOO_LONG),
        NoAnswer::OutOfTime => {
            tracing::warn!("an answer took too long");
            Problem::plain(&QUERY_OUT_OF_TIME)
        }
        error => {
            tracing::error!(alarm = "query-unavailable", %error);
            Problem::plain(&INDEX_UNAVAILABLE)
        }
    })
}
