//! `POST /api/desk/sign-out`.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode, header};

use crate::{
    cookies::Jar,
    page::{Around, Notice, Told, page},
    session::Session,
    state::DeskState,
};

/// Ends the session at the desk, whoever has it and whether there is one; the token itself ends with its time.
pub(crate) async fn sign_out(State(desk): State<DeskState>, headers: HeaderMap) -> Response {
    if !gateway::is_from_our_page(&headers, &desk.city) {
        let told = Told::new("没有退出", "这个请求不是从本站发出的。请回到工作台，再按“退出”。");
        return told.page(StatusCode::FORBIDDEN, Around::nobody);
    }
    let notice = Notice {
        title: "已退出",
        sentences: vec!["您已退出工作台。公用电脑请同时退出统一身份认证，并关闭浏览器。"],
        link: Some(("/api/desk/".to_owned(), "重新登录")),
    };
    let mut response = page(StatusCode::OK, "notice.html", Around::nobody(notice.title), &notice);
    for cookie in [Session::end(desk.city.scheme), Jar::SignIn.set(desk.city.scheme, "", 0)].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
