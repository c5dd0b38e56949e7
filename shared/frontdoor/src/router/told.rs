//! Pages of a sentence or two.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use pages::{
    Link,
    front::{self, ToldPage},
};

use super::{
    answer::{Answer, Around},
    body::Unread,
};

/// There is no such form.
pub(super) async fn nothing_here(around: Around) -> Response {
    no_such_form(&around).into_response()
}

pub(super) fn no_such_form(around: &Around) -> Answer {
    told(around, StatusCode::NOT_FOUND, "没有这个页面", "网址可能写错了，或者本站没有这份表单。")
}

/// The address takes no such request.
pub(super) async fn not_like_this(around: Around) -> Response {
    told(&around, StatusCode::METHOD_NOT_ALLOWED, "不能这样打开", "请从网站上打开表单。").into_response()
}

/// The form came from a page that is not ours.
pub(super) fn foreign(around: &Around) -> Answer {
    let sentence = "这份表单不是从本网站的页面发出的，什么都没有提交。请从本网站重新打开表单。";
    told(around, StatusCode::FORBIDDEN, "没有提交", sentence)
}

/// What was sent is no form.
pub(super) fn unread(around: &Around, unread: Unread) -> Answer {
    let (status, sentence) = match unread {
        Unread::TooLarge => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "填写的内容太多，什么都没有提交。请按浏览器的“后退”键回到表单，删减后再发送。",
        ),
        Unread::OtherType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "这里只接受从本网站表单发出的内容，什么都没有提交。"),
        Unread::Malformed => {
            (StatusCode::BAD_REQUEST, "发来的表单不完整，什么都没有提交。请按浏览器的“后退”键回到表单，再发送一次。")
        }
    };
    told(around, status, "没有提交", sentence)
}

fn told(around: &Around, status: StatusCode, title: &str, sentence: &str) -> Answer {
    let links = [("回到首页", "/"), ("查看站点地图", "/map.html")];
    let links = links.map(|(name, url)| Link { name: name.to_owned(), url: url.to_owned() });
    let page = ToldPage { title: title.to_owned(), sentences: vec![sentence.to_owned()], links: links.to_vec() };
    Answer::with(status, front::told(&around.of_site(), &page))
}
