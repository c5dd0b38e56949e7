//! A form that was sent: from a page of ours, by whom it was shown to, and nothing typed is lost.

mod body;
mod held;

use axum::{
    extract::{FromRequest, Request},
    response::Response,
};
use http::{StatusCode, request::Parts};

use crate::{
    api::{Envelope, problem::Refusal},
    fields::{Chosen, Fields},
    page::{Around, Told},
    state::DeskState,
    stop::Stop,
    visit::Visit,
};

/// A form that may be acted upon.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) visit: Visit,
    pub(crate) fields: Fields,
    pub(crate) file: Option<Chosen>,
    parts: Parts,
}

impl FromRequest<DeskState> for Posted {
    type Rejection = Stop;

    /// Refuses what comes from elsewhere (403), what is no form (415, 413, 400), and a form that was shown to somebody else (403); who has no session gets his text back (401).
    async fn from_request(request: Request, state: &DeskState) -> Result<Self, Stop> {
        let (parts, body) = request.into_parts();
        if !gateway::is_from_our_page(&parts.headers, &state.city) {
            return Err(refused(&parts, state, &Fields::default()).into());
        }
        let (fields, file) = body::read(&parts, body).await.map_err(|flaw| flaw.page(state, &parts))?;
        let Some(visit) = Visit::of(state, &parts) else {
            return Err(held::page(state, &parts, &fields).into());
        };
        if !visit.fits(fields.text("token")) {
            return Err(refused(&parts, state, &fields).into());
        }
        Ok(Self { visit, fields, file, parts })
    }
}

impl Posted {
    /// Under which key its command goes, and on which version.
    ///
    /// `over` is the newer version that its sender was told of and chose to write over.
    pub(crate) fn envelope(&self) -> Result<Envelope<'_>, Stop> {
        let key = self.fields.text("key");
        let version = self.fields.filled("over").or(self.fields.filled("version"));
        let version = version.map(str::parse::<u64>).transpose();
        let visible = (1..=120).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        match version {
            Ok(version) if visible => Ok(Envelope { key, version }),
            _ => Err(self.incomplete()),
        }
    }

    /// The version that a form which is shown again has: the one it was sent with.
    pub(crate) fn version(&self) -> Option<u64> {
        self.fields.filled("over").or(self.fields.filled("version")).and_then(|version| version.parse().ok())
    }

    /// The page for a form that lacks what every form of the desk has.
    pub(crate) fn incomplete(&self) -> Stop {
        let told = Told {
            typed: self.fields.typed(),
            ..Told::new(
                "表单不完整",
                "表单缺少必要的内容，没有做任何改动。请回到原页面重新打开表单；您填写的内容在下面，可以复制。",
            )
        };
        told.page(StatusCode::BAD_REQUEST, |title| self.visit.around(title)).into()
    }

    /// The page for a session that ended while the form was filled in.
    pub(crate) fn held(&self) -> Response {
        held::page(&self.visit.state, &self.parts, &self.fields)
    }

    /// The page for a form that was refused as a whole: it can be sent again as it is where that may help, and what was typed is shown.
    pub(crate) fn refused(&self, refusal: &Refusal) -> Response {
        if refusal.ends_session() {
            return self.held();
        }
        if refusal.keeps_key() {
            return held::again(self, refusal);
        }
        let problem = &refusal.problem;
        let told = Told {
            code: problem.code.clone(),
            typed: self.fields.typed(),
            request: problem.request.clone(),
            ..Told::new(&problem.title, &problem.detail)
        };
        told.page(refusal.status, |title| self.visit.around(title))
    }
}

/// The page for a form that is not ours, or was shown to somebody else.
fn refused(parts: &Parts, state: &DeskState, fields: &Fields) -> Response {
    let told = Told {
        typed: fields.typed(),
        ..Told::new(
            "表单已失效",
            "这份表单不是给您打开的，或不是从本站发出的，没有做任何改动。请回到工作台重新打开；您填写的内容在下面，可以复制。",
        )
    };
    told.page(StatusCode::FORBIDDEN, |title| around(parts, state, title))
}

/// Around a page for whoever this is.
fn around(parts: &Parts, state: &DeskState, title: &str) -> Around {
    Visit::of(state, parts).map_or_else(|| Around::nobody(title), |visit| visit.around(title))
}
