//! A page as a response, in the frame of the site that was asked.

use std::time::Duration;

use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use frames::FrameError;
use gateway::RequestId;
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use pages::{Frame, RenderError, Rendered};

use crate::{form::Form, place::Place, state::Frontdoor, visitor::Visitor};

/// Header in which the CDN says which site was asked.
const SITE: &str = "x-taihu-site";

/// Who asks, where, and in which frame he is answered.
pub(crate) struct Around {
    pub(crate) front: Frontdoor,
    pub(crate) place: Place,
    pub(crate) request: String,
    headers: HeaderMap,
    path: String,
    frame: Frame,
}

/// A page of the front door.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) page: Result<Rendered, RenderError>,
    /// When it may be tried again.
    pub(crate) wait: Option<Duration>,
}

impl FromRequestParts<Frontdoor> for Around {
    type Rejection = Response;

    /// Refuses (404) where there is no such site, and (503) where its rows cannot be read.
    async fn from_request_parts(parts: &mut Parts, front: &Frontdoor) -> Result<Self, Response> {
        let path = parts.uri.path();
        let told = parts.headers.get(SITE).and_then(|site| site.to_str().ok());
        let site = told.unwrap_or(&front.parts().city.portal).to_owned();
        let frame = match front.parts().frames.frame(&site).await {
            Ok(Some(frame)) => frame,
            Ok(None) => return Err(plain(StatusCode::NOT_FOUND, "这个地址没有内容。\n")),
            Err(FrameError(reason)) => {
                tracing::error!(alarm = "frontdoor-frame", reason);
                return Err(plain(StatusCode::SERVICE_UNAVAILABLE, "暂时无法打开，请稍后再试。\n"));
            }
        };
        Ok(Self {
            place: front.place(&site),
            front: front.clone(),
            request: RequestId::of_request(&parts.headers).as_str().to_owned(),
            headers: parts.headers.clone(),
            // Of a page that files are added on the form's own: it is asked for there.
            path: path.strip_suffix(super::files::BELOW).unwrap_or(path).to_owned(),
            frame,
        })
    }
}

impl Around {
    /// Whether a form was sent from a page of this site.
    pub(crate) fn is_ours(&self) -> bool {
        gateway::is_from_our_page(&self.headers, &self.front.parts().city)
    }

    /// Who asks, as tries are counted.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::of(&self.headers, &self.front.parts().address_key, self.front.now())
    }

    /// The frame of a page about `form`: whoever keeps it knows which version he was shown.
    pub(crate) fn of_form(&self, form: &Form) -> Frame {
        self.about(format!("form:{}", form.id), u64::from(form.version))
    }

    /// The frame of a page about the site itself.
    pub(crate) fn of_site(&self) -> Frame {
        let provenance = &self.frame.provenance;
        self.about(provenance.stream.clone(), provenance.version)
    }

    fn about(&self, stream: String, version: u64) -> Frame {
        let mut frame = self.frame.clone();
        frame.path.clone_from(&self.path);
        frame.breadcrumb = vec![frames::home_link()];
        frame.provenance.stream = stream;
        frame.provenance.version = version;
        frame
    }
}

impl Answer {
    pub(crate) fn ok(page: Result<Rendered, RenderError>) -> Self {
        Self::with(StatusCode::OK, page)
    }

    pub(crate) fn with(status: StatusCode, page: Result<Rendered, RenderError>) -> Self {
        Self { status, page, wait: None }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let rendered = match self.page {
            Ok(rendered) => rendered,
            Err(error) => {
                // The error names a template or an address, never what somebody typed.
                tracing::error!(alarm = "frontdoor-template", %error);
                return plain(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "页面无法显示。这是系统的问题，什么都没有提交，请稍后再试。\n",
                );
            }
        };
        let mut response = (self.status, rendered.bytes).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(rendered.content_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(wait) = self.wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        }
        response
    }
}

/// A sentence where no page can be made.
pub(crate) fn plain(status: StatusCode, text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, text).into_response()
}

/// Whole minutes, for people: at least one.
pub(crate) fn minutes(wait: Duration) -> u64 {
    wait.as_secs().div_ceil(60).max(1)
}
