//! `GET /documents.csv`.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use domain::document::OriginalDate;
use gateway::Problem;
use http::{HeaderMap, HeaderValue, header};
use pages::{Rendered, Table};
use search::Facet;

use super::{
    documents::{DocumentQuery, Otherwise, found},
    respond::fresh,
};
use crate::{asked::Asked, state::QueryState};

/// Where the table stands.
const PATH: &str = "/api/query/documents.csv";

/// The same as a table (CSV, UTF-8 with a byte order mark); the header `Link` names the next page.
#[utoipa::path(get, operation_id = "search_documents_as_table", path = "/documents.csv", tag = "search", params(DocumentQuery),
    responses(
        (status = 200, description = "What was found, a line for each document.", content_type = "text/csv", body = String),
        Otherwise,
    ))]
pub(crate) async fn list(
    State(state): State<QueryState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let found = found(&state, &asked).await?;
    let mut table = Table::new(["标题", "地址", "站点", "部门", "发文字号", "索引号", "日期", "有效性"]);
    for shown in &found.shown {
        let hit = &shown.line;
        table.row([
            hit.title.clone(),
            format!("{}{}", state.addresses.host(&hit.site), hit.path),
            found.names.site(&hit.site).to_owned(),
            found.names.department(&hit.department).to_owned(),
            hit.document_number.clone().unwrap_or_default(),
            hit.index_number.clone(),
            OriginalDate::day_of(hit.dated, hit.public_at).map(|day| day.to_string()).unwrap_or_default(),
            found.names.value(Facet::Validity, shown.force.validity.name()),
        ]);
    }
    let Rendered { content_type, bytes } = table.finish();
    let mut response = fresh(&headers, content_type, bytes);
    let next = found.answer.next.as_ref().map(|next| format!("<{}>; rel=\"next\"", asked.behind(next, None).url(PATH)));
    if let Some(next) = next.and_then(|next| HeaderValue::from_str(&next).ok()) {
        response.headers_mut().insert(header::LINK, next);
    }
    Ok(response)
}
