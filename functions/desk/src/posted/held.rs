//! A form whose sender's session has ended: it is shown back to him, and sent again once he has signed in.
//!
//! What is sent again is not bound to a session, for there was none, but to a cookie that only the desk can set: nobody else can have it sent in his name.

use axum::response::Response;
use http::{StatusCode, header, request::Parts};
use jiff::Timestamp;
use serde::Serialize;

use super::{around, nonce};
use crate::{cookies::Jar, fields::Fields, page::page as rendered, state::DeskState};

const PURPOSE: &str = "held";
/// How long a form can wait, in seconds.
const PATIENCE: i64 = 3_600;

#[derive(Debug, Serialize)]
struct Held {
    action: String,
    resume: String,
    fields: Fields,
    typed: Vec<(String, String)>,
    sign_in: String,
}

/// The page that keeps what was typed.
pub(crate) fn page(state: &DeskState, parts: &Parts, fields: &Fields) -> Response {
    let until = state.clock.now().as_second().saturating_add(PATIENCE);
    let cookie = state.seal.sealed(PURPOSE, &format!("{until} {}", nonce(state)));
    let path = parts.uri.path();
    let held = Held {
        action: path.to_owned(),
        resume: state.seal.tag("resume", &[&cookie, path]),
        fields: fields.without(&["token", "resume"]),
        typed: fields.typed(),
        sign_in: "/api/desk/sign-in?to=/api/desk/signed-in-again".to_owned(),
    };
    let around = around(parts, state, "登录已过期，内容还在").wrong();
    let mut response = rendered(StatusCode::UNAUTHORIZED, "held.html", around, &held);
    let headers = response.headers_mut();
    headers.insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
    if let Some(cookie) = Jar::Held.set(state.city.scheme, &cookie, PATIENCE) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// Whether this is a form that such a page sends again, to where it was to go.
pub(crate) fn resumes(state: &DeskState, parts: &Parts, fields: &Fields) -> bool {
    let Some(resume) = fields.get("resume") else { return false };
    Jar::Held.values(&parts.headers, state.city.scheme).any(|cookie| {
        let until = state.seal.opened(PURPOSE, cookie).and_then(|text| {
            let (until, _) = text.split_once(' ')?;
            Timestamp::from_second(until.parse().ok()?).ok()
        });
        until.is_some_and(|until| state.clock.now() < until)
            && state.seal.fits("resume", &[cookie, parts.uri.path()], resume)
    })
}
