//! `POST /api/desk/sign-out`.

use axum::response::Response;
use http::{StatusCode, header};

use super::signed_in::Notice;
use crate::{
    page::{Around, page},
    posted::Posted,
    session::Session,
};

/// Ends the session at the desk; the token itself ends with its time.
pub(crate) async fn sign_out(posted: Posted) -> Response {
    let notice = Notice {
        title: "已退出",
        sentences: vec!["您已退出工作台。公用电脑请同时退出统一身份认证，并关闭浏览器。"],
        link: Some(("/api/desk/", "重新登录")),
    };
    let mut response = page(StatusCode::OK, "notice.html", Around::nobody(notice.title), &notice);
    if let Some(cookie) = Session::end(posted.visit.state.city.scheme) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
