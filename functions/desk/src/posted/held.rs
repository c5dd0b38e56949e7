//! A form that could not be sent on now: shown back to its sender whole, to be sent again by one button.

use axum::response::Response;
use http::{StatusCode, header, request::Parts};
use serde::Serialize;

use super::{Posted, around};
use crate::{api::problem::Refusal, fields::Fields, page::page as rendered, state::DeskState};

#[derive(Debug, Serialize)]
struct Held<'a> {
    action: &'a str,
    /// All of it; its own token lets it through once its sender is back, and nobody else's session does.
    fields: &'a Fields,
    typed: Vec<(String, String)>,
    title: &'a str,
    detail: &'a str,
    request: Option<&'a str>,
    /// Where to sign in first, if that is what is missing.
    sign_in: Option<&'static str>,
}

/// The page for who has no session any more.
pub(crate) fn page(state: &DeskState, parts: &Parts, fields: &Fields) -> Response {
    let held = Held {
        action: parts.uri.path(),
        fields,
        typed: fields.typed(),
        title: "登录已过期，您填写的内容还在",
        detail: "什么都还没有办理。请照下面两步做，不必重新填写：",
        request: None,
        sign_in: Some("/api/desk/sign-in?to=/api/desk/signed-in-again"),
    };
    let around = around(parts, state, held.title).wrong();
    let mut response = rendered(StatusCode::UNAUTHORIZED, "held.html", around, &held);
    response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
    response
}

/// The page for a form that the API could not take now: the same command again, under the same key.
pub(super) fn again(posted: &Posted, refusal: &Refusal) -> Response {
    let problem = &refusal.problem;
    let held = Held {
        action: &posted.visit.path,
        fields: &posted.fields,
        typed: posted.fields.typed(),
        title: &problem.title,
        detail: &problem.detail,
        request: problem.request.as_deref(),
        sign_in: None,
    };
    let mut response = rendered(refusal.status, "held.html", posted.visit.around(held.title).wrong(), &held);
    if let Some(wait) = &refusal.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    response
}
