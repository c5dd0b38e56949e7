//! `GET /search` on every site.

use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use frames::{FrameError, FrameSource, home_link};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use pages::{
    Frame,
    search::{Outcome, SearchPage},
};

use super::respond::fresh;
use crate::{
    answer::{Found, NoAnswer, find},
    asked::Asked,
    names::Named,
    page::{out_of_time, page, refused, results, too_much},
    state::QueryState,
};

/// Header in which the CDN says which site was asked.
pub(super) const SITE: &str = "x-taihu-site";

/// The page of a search: what was asked, and what was found.
pub(crate) async fn read(State(state): State<QueryState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let mut frame = match framed(&state, &headers).await {
        Ok(frame) => frame,
        Err(response) => return response,
    };
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let (status, found, outcome) = outcome(&state, &asked, &frame).await;
    if let Some(found) = &found {
        frame.provenance.version = found.answer.counter;
    }
    let nobody = Named::default();
    let names = found.as_ref().map_or(&nobody, |found| &*found.names);
    match pages::search::page(&frame, &page(&asked, &frame, names, outcome)) {
        Ok(rendered) if status == StatusCode::OK => fresh(&headers, rendered.content_type, rendered.bytes),
        Ok(rendered) => {
            let told = [(header::CONTENT_TYPE, rendered.content_type), (header::CACHE_CONTROL, "no-store")];
            let mut response = (status, told, rendered.bytes).into_response();
            if status == StatusCode::SERVICE_UNAVAILABLE {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            response
        }
        Err(error) => {
            tracing::error!(alarm = "query-template", %error);
            plain(StatusCode::INTERNAL_SERVER_ERROR, "页面无法显示。这是系统的问题，请稍后再试。\n")
        }
    }
}

/// What came of the question, and the status that tells it.
async fn outcome(state: &QueryState, asked: &Asked, frame: &Frame) -> (StatusCode, Option<Found>, Outcome) {
    let query = match asked.query() {
        Ok(query) => query,
        Err(wrong) => return (StatusCode::BAD_REQUEST, None, refused(&wrong)),
    };
    match find(state, asked, Some(&frame.label), query).await {
        Ok(found) => {
            let outcome = results(asked, &found, &state.addresses, &frame.label);
            (StatusCode::OK, Some(found), outcome)
        }
        Err(NoAnswer::TooMuch) => (StatusCode::BAD_REQUEST, None, too_much()),
        Err(NoAnswer::OutOfTime) => {
            tracing::warn!("an answer took too long");
            (StatusCode::SERVICE_UNAVAILABLE, None, out_of_time())
        }
        Err(error) => {
            tracing::error!(alarm = "query-unavailable", %error);
            (StatusCode::SERVICE_UNAVAILABLE, None, Outcome::Unavailable)
        }
    }
}

/// The frame of the site that was asked.
pub(super) async fn framed(state: &QueryState, headers: &HeaderMap) -> Result<Frame, Response> {
    let told = headers.get(SITE).and_then(|site| site.to_str().ok());
    let site = told.unwrap_or(&state.city.portal);
    match state.frames.frame(site).await {
        Ok(Some(mut frame)) => {
            SearchPage::PATH.clone_into(&mut frame.path);
            frame.breadcrumb = vec![home_link()];
            frame.provenance.stream = format!("search:{site}");
            Ok(frame)
        }
        Ok(None) => Err(plain(StatusCode::NOT_FOUND, "这个地址没有内容。\n")),
        Err(FrameError(reason)) => {
            tracing::error!(alarm = "query-frame", reason);
            Err(plain(StatusCode::SERVICE_UNAVAILABLE, "暂时无法打开，请稍后再试。\n"))
        }
    }
}

/// A sentence where no page can be made.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, text).into_response()
}
