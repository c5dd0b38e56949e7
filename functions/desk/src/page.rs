//! A page as a response: rendered, not to be stored by anybody.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::{engine, style};

/// What stands around the content of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Around {
    /// What the page is about; stands in its `<title>`.
    pub(crate) title: String,
    /// Whether something was refused: the title says so first.
    pub(crate) wrong: bool,
    pub(crate) style: &'static str,
    /// The mark of the city's pages.
    pub(crate) mark: String,
    /// Who is at the desk.
    pub(crate) who: Option<String>,
    /// What was just done.
    pub(crate) said: Option<String>,
}

impl Around {
    /// A page for nobody in particular.
    pub(crate) fn nobody(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            wrong: false,
            style: style::address(),
            mark: style::mark(),
            who: None,
            said: None,
        }
    }

    /// The same for a page that tells of a refusal.
    pub(crate) fn wrong(mut self) -> Self {
        self.wrong = true;
        self
    }
}

#[derive(Serialize)]
struct Whole<'a, T> {
    around: Around,
    page: &'a T,
}

/// Said where a template is broken: a mistake of ours.
const BROKEN: &str = "<!doctype html><html lang=\"zh-Hans\"><meta charset=\"utf-8\"><title>错误：页面无法显示</title><h1>页面无法显示</h1><p>这是系统的问题，没有做任何改动。请返回上一页重试；如仍然出现，请联系管理员。</p></html>";

/// Renders a page.
pub(crate) fn page(status: StatusCode, template: &str, around: Around, content: &impl Serialize) -> Response {
    let (status, html) = match engine::render(template, &Whole { around, page: content }) {
        Ok(html) => (status, html),
        Err(reason) => {
            tracing::error!(alarm = "desk-template", template, reason);
            (StatusCode::INTERNAL_SERVER_ERROR, BROKEN.to_owned())
        }
    };
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, html).into_response()
}

/// Sends a browser elsewhere, with GET.
pub(crate) fn see_other(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Everything that does not belong into an address was written as its number before.
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/api/desk/"));
    headers.insert(header::LOCATION, to);
    response
}

/// A page of a sentence or two.
#[derive(Debug, Serialize)]
pub(crate) struct Notice {
    pub(crate) title: &'static str,
    pub(crate) sentences: Vec<&'static str>,
    /// Where the one link leads, and what it says.
    pub(crate) link: Option<(String, &'static str)>,
}

/// A page that tells what is wrong and nothing more.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Told {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) detail: String,
    /// Correlation id of the request.
    pub(crate) request: Option<String>,
    /// Texts that somebody typed, to be copied: label and text.
    pub(crate) typed: Vec<(String, String)>,
    /// Whether the same may work in a while.
    pub(crate) later: bool,
}

impl Told {
    pub(crate) fn new(title: &str, detail: &str) -> Self {
        Self {
            code: String::new(),
            title: title.to_owned(),
            detail: detail.to_owned(),
            request: None,
            typed: Vec::new(),
            later: false,
        }
    }

    /// As a page for somebody.
    pub(crate) fn page(mut self, status: StatusCode, around: impl FnOnce(&str) -> Around) -> Response {
        self.later |= status == StatusCode::SERVICE_UNAVAILABLE;
        if self.code.is_empty() {
            status.as_str().clone_into(&mut self.code);
        }
        page(status, "problem.html", around(&self.title).wrong(), &self)
    }
}
