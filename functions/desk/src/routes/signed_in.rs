//! `GET /api/desk/signed-in`: back from the provider.

use crate::{
    attempt::Attempt,
    cookies::Jar,
    fields::Fields,
    page::{Around, Notice, page, see_other},
    session::Session,
    sign_in::SignInError,
    state::DeskState,
    stop::Answer,
    visit::Visit,
};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use http::{HeaderMap, StatusCode, header};

/// Begins the session, if this browser asked for it a while ago.
pub(crate) async fn end(State(desk): State<DeskState>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let (now, scheme) = (desk.clock.now(), desk.city.scheme);
    let attempt = Jar::SignIn
        .values(&headers, scheme)
        .find_map(|browser| Attempt::back(&desk.seal, browser, asked.text("state"), now));
    let Some(attempt) = attempt else {
        return refused(StatusCode::BAD_REQUEST, "这次登录不是从本浏览器发起的，或已超过 10 分钟。没有登录。");
    };
    let Some(code) = asked.filled("code") else {
        return refused(StatusCode::FORBIDDEN, "统一身份认证没有同意登录，或您取消了登录。");
    };
    let cookie = match desk.sign_in.exchange(code, &attempt.verifier, &attempt.nonce).await {
        Ok(token) => Session::begin(&token, scheme, &desk.seal, now),
        Err(SignInError::Refused(reason)) => {
            tracing::warn!(reason, "a sign-in was refused");
            return refused(StatusCode::FORBIDDEN, "统一身份认证没有接受这次登录。");
        }
        Err(SignInError::Unavailable(reason)) => {
            tracing::error!(alarm = "sign-in", reason);
            return refused(StatusCode::SERVICE_UNAVAILABLE, "统一身份认证暂时没有应答，请稍后再试。");
        }
    };
    let Some(cookie) = cookie else {
        tracing::error!(alarm = "sign-in", "the provider's token fits no cookie");
        return refused(StatusCode::INTERNAL_SERVER_ERROR, "统一身份认证给出的令牌无法使用，请联系管理员。");
    };
    let mut response = see_other(&attempt.to);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// Where somebody goes who signed in again beside a form that waits.
pub(crate) async fn again(visit: Visit) -> Answer {
    let notice = Notice {
        title: "已重新登录",
        sentences: vec!["请回到刚才的页面，按“重新发送”：您填写的内容还在那里。"],
        link: Some(("/api/desk/".to_owned(), "或去待办")),
    };
    Ok(visit.page("notice.html", notice.title, &notice))
}

fn refused(status: StatusCode, sentence: &'static str) -> Response {
    let notice = Notice {
        title: "没有登录成功",
        sentences: vec![sentence],
        link: Some(("/api/desk/sign-in".to_owned(), "重新登录")),
    };
    page(status, "notice.html", Around::nobody(notice.title).wrong(), &notice)
}
