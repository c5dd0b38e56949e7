//! Somebody at the desk: his session, what he asked for, the API in his name.

use axum::{extract::FromRequestParts, response::Response};
use domain::{ActorId, StaffId};
use http::{HeaderValue, StatusCode, header, request::Parts};
use serde::Serialize;

use crate::{
    api::{self, Api, document::Document, part, problem::Refusal},
    flash,
    page::{Around, Notice, Told, page, see_other},
    randomness,
    session::Session,
    state::DeskState,
    stop::Stop,
    style,
};

/// A request of somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) state: DeskState,
    pub(crate) session: Session,
    pub(crate) api: Api,
    /// The API of letters: error reports, and the list of all cases.
    pub(crate) letter: Api,
    /// The API of applications for information.
    pub(crate) disclosure: Api,
    /// The API of messages.
    pub(crate) messages: Api,
    /// Path of the request.
    pub(crate) path: String,
    /// Where to come back to after signing in again.
    asked: String,
    said: Option<String>,
}

/// What every form of the desk carries.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FormSeal {
    pub(crate) action: String,
    token: String,
    key: String,
    version: Option<u64>,
    /// The revision that was shown: what a later one is compared with.
    seen: Option<String>,
}

impl FormSeal {
    /// Remembers which text was shown.
    pub(crate) fn seen(mut self, document: &Document) -> Self {
        self.seen = document.revision().map(str::to_owned);
        self
    }

    /// The same for a form that is shown again.
    pub(crate) fn seen_before(mut self, revision: Option<&str>) -> Self {
        self.seen = revision.map(str::to_owned);
        self
    }
}

impl Visit {
    /// The visit, if somebody is signed in.
    pub(crate) fn of(state: &DeskState, parts: &Parts) -> Option<Self> {
        let session = Session::of(&parts.headers, state.city.scheme, &state.seal, state.clock.now())?;
        let api = Api::new(state.api.clone(), api::PUBLISH, session.token(), &parts.headers);
        let letter = Api::new(state.letter.clone(), api::LETTER, session.token(), &parts.headers);
        let disclosure = Api::new(state.disclosure.clone(), api::DISCLOSURE, session.token(), &parts.headers);
        let messages = Api::new(state.messages.clone(), api::REACT, session.token(), &parts.headers);
        let query = parts.uri.query().unwrap_or_default();
        Some(Self {
            said: flash::of(query, &state.seal, session.token()),
            path: parts.uri.path().to_owned(),
            asked: asked(parts),
            state: state.clone(),
            session,
            api,
            letter,
            disclosure,
            messages,
        })
    }

    /// His id, as cases name who answers for them.
    pub(crate) fn me(&self) -> Option<String> {
        let subject: ActorId = self.session.subject()?.parse().ok()?;
        Some(StaffId::of(&subject).to_string())
    }

    /// What stands around a page of his.
    pub(crate) fn around(&self, title: &str) -> Around {
        Around {
            title: title.to_owned(),
            wrong: false,
            style: style::address(),
            mark: style::mark(),
            who: Some(self.session.subject().unwrap_or_else(|| "已登录".to_owned())),
            said: self.said.clone(),
        }
    }

    /// A page for him.
    pub(crate) fn page(&self, template: &str, title: &str, content: &impl Serialize) -> Response {
        page(StatusCode::OK, template, self.around(title), content)
    }

    /// A page that shows a form again, with what is wrong.
    pub(crate) fn again(&self, status: StatusCode, template: &str, title: &str, content: &impl Serialize) -> Response {
        page(status, template, self.around(title).wrong(), content)
    }

    /// Binds a form to whoever it is shown to, and to where it goes.
    fn token(&self, action: &str) -> String {
        self.state.seal.tag("form", &[&self.session.holder(), action])
    }

    /// Whether a form that came here was bound so.
    pub(crate) fn fits(&self, token: &str) -> bool {
        self.state.seal.fits("form", &[&self.session.holder(), &self.path], token)
    }

    /// A new form that goes to `action`; its command is named once and for all.
    pub(crate) fn form(&self, action: &str, version: Option<u64>) -> FormSeal {
        self.form_again(action, version, None)
    }

    /// A form that is shown again, under the key that its command had.
    pub(crate) fn form_again(&self, action: &str, version: Option<u64>, key: Option<&str>) -> FormSeal {
        FormSeal {
            token: self.token(action),
            action: action.to_owned(),
            key: key.map_or_else(|| randomness::key(&*self.state.randomness), str::to_owned),
            version,
            seen: None,
        }
    }

    /// Sends him on, with a sentence on what was done.
    pub(crate) fn done(&self, to: &str, said: &str) -> Response {
        see_other(&flash::to(to, &self.state.seal, self.session.token(), said))
    }

    /// What a read of his was refused with, as a page.
    pub(crate) fn refused(&self, refusal: &Refusal) -> Stop {
        if refusal.ends_session() {
            return self.unwelcome().into();
        }
        let problem = &refusal.problem;
        let told = Told {
            code: problem.code.clone(),
            title: problem.title.clone(),
            detail: problem.detail.clone(),
            request: problem.request.clone(),
            typed: Vec::new(),
            later: refusal.status.is_server_error(),
        };
        let mut response = told.page(refusal.status, |title| self.around(title));
        if let Some(wait) = &refusal.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
        }
        response.into()
    }
}

impl Visit {
    /// The page for a token that has not ended and that the API does not take. It leads to sign in and does not send there: the provider would give such a token again, for ever.
    fn unwelcome(&self) -> Response {
        tracing::error!(alarm = "sign-in", "the API refuses a token that has not ended");
        let notice = Notice {
            title: "登录没有被接受",
            sentences: vec!["您的登录信息没有被后台接受，可能已经失效。请重新登录；如仍然出现，请联系管理员。"],
            link: Some((sign_in(&self.asked), "重新登录")),
        };
        let mut response = page(StatusCode::UNAUTHORIZED, "notice.html", Around::nobody(notice.title).wrong(), &notice);
        let headers = response.headers_mut();
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        if let Some(cookie) = Session::end(self.state.city.scheme) {
            headers.append(header::SET_COOKIE, cookie);
        }
        response
    }
}

impl FromRequestParts<DeskState> for Visit {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, state: &DeskState) -> Result<Self, Stop> {
        Self::of(state, parts).ok_or_else(|| to_sign_in(&asked(parts)).into())
    }
}

fn asked(parts: &Parts) -> String {
    flash::without(parts.uri.path_and_query().map_or("/api/desk/", |asked| asked.as_str()))
}

/// Sends somebody to sign in, and back to `to` after.
pub(crate) fn to_sign_in(to: &str) -> Response {
    see_other(&sign_in(to))
}

/// Where somebody signs in who wants to go to `to`.
fn sign_in(to: &str) -> String {
    format!("/api/desk/sign-in?to={}", part(to))
}
