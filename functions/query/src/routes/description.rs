//! `GET /search.xml` on every site: by it browsers know the search.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};

use super::{
    page::{framed, plain},
    respond::fresh,
};
use crate::state::QueryState;

/// The OpenSearch description of the site that was asked.
pub(crate) async fn read(State(state): State<QueryState>, headers: HeaderMap) -> Response {
    let frame = match framed(&state, &headers).await {
        Ok(frame) => frame,
        Err(response) => return response,
    };
    match pages::search::description(&frame) {
        Ok(rendered) => fresh(&headers, rendered.content_type, rendered.bytes),
        Err(error) => {
            tracing::error!(alarm = "query-template", %error);
            plain(StatusCode::INTERNAL_SERVER_ERROR, "页面无法显示。这是系统的问题，请稍后再试。\n")
        }
    }
}
