//! The OpenID provider of one machine: who sits before it says who he is, and is believed.
//!
//! It speaks the authorization code flow with PKCE (RFC 7636), as a city's own provider does, to one client: the desk. It answers under the desk's host, below
//! `/login/`, which no distribution elsewhere has. Whoever is chosen by department and role is enrolled first, as `taihu token` does.

mod page;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use axum::{
    Json,
    body::{Body, to_bytes},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use desk::{SignIn, SignInError, Token};
use domain::{ActorId, site::DESK_HOST, staff::Role};
use gateway::{City, Secret};
use http::{HeaderValue, Method, Request, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    api::{Api, Request as ApiRequest},
    keys::LocalIssuer,
    staff::{self, ADMINISTRATOR, Person},
};

/// Where it answers.
pub const PATH: &str = "/login/";

/// The one client's name.
pub const CLIENT: &str = "desk";

/// How long a code is good for.
const CODE_LASTS: Duration = Duration::from_secs(60);

/// Hours that a session is good for.
const HOURS: u32 = 10;

/// Most bytes of a form.
const FORM: usize = 16_384;

/// The provider.
pub struct Provider {
    api: axum::Router,
    origin: String,
    issuer: Arc<LocalIssuer>,
    /// Its own address.
    own: String,
    /// Where people are sent back to, and nowhere else.
    redirect: String,
    codes: Mutex<HashMap<String, Grant>>,
}

/// What a code stands for.
struct Grant {
    subject: ActorId,
    challenge: String,
    nonce: String,
    since: Instant,
}

/// A code, or what goes with it, that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadGrant;

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("redirect", &self.redirect).finish_non_exhaustive()
    }
}

/// What somebody who signs in comes with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    redirect: String,
    state: String,
    nonce: String,
    challenge: String,
}

impl Provider {
    /// A provider that enrols people through the publish API `api`, behind the CDN's secret `origin`.
    #[must_use]
    pub fn new(api: axum::Router, origin: String, issuer: Arc<LocalIssuer>, city: &City) -> Self {
        let (own, redirect) = (city.url(DESK_HOST, PATH), desk::signed_in_url(city));
        Self { api, origin, issuer, own, redirect, codes: Mutex::default() }
    }

    fn client(&self) -> Api<'_> {
        Api::of(self.api.clone(), self.origin.clone(), &self.issuer)
    }

    /// Answers a request below [`PATH`].
    pub async fn answer(&self, request: Request<Body>) -> Response {
        let path = request.uri().path().to_owned();
        let mut response = match (request.method(), path.strip_prefix(PATH).unwrap_or_default()) {
            (&Method::GET, "authorize") => self.ask(&pairs(request.uri().query().unwrap_or_default()), None).await,
            (&Method::POST, "authorize") => match form(request).await {
                Some(form) => self.sign_in(&form).await,
                None => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            },
            (&Method::POST, "token") => match form(request).await {
                Some(form) => self.token(&form),
                None => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            },
            _ => StatusCode::NOT_FOUND.into_response(),
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// The page that asks who somebody is; with what was wrong with his first answer.
    async fn ask(&self, pairs: &[(String, String)], wrong: Option<&str>) -> Response {
        let Some(asked) = self.asked(pairs) else {
            let said =
                "登录请求不完整，请从编辑台重新登录。 The request to sign in is not whole; begin anew at the desk.\n";
            return (StatusCode::BAD_REQUEST, said).into_response();
        };
        let request = ApiRequest {
            method: "GET",
            path: "/api/publish/departments".to_owned(),
            subject: ADMINISTRATOR.to_owned(),
            body: Value::Null,
            expected: None,
        };
        let departments = match self.client().ask("read", &request).await {
            Ok(answer) if answer.is_success() => answer.body,
            Ok(answer) => return failed(&format!("{} {}", answer.status, answer.body)),
            Err(error) => return failed(&error),
        };
        let chosen = |name: &str| one(pairs, name).unwrap_or_default();
        page::of(&asked, &departments, chosen("department"), chosen("subject"), wrong)
    }

    fn asked(&self, pairs: &[(String, String)]) -> Option<Asked> {
        let text = |name: &str| one(pairs, name).map(str::to_owned);
        let asked = Asked {
            redirect: text("redirect_uri")?,
            state: text("state")?,
            nonce: text("nonce")?,
            challenge: text("code_challenge")?,
        };
        let fits = one(pairs, "client_id") == Some(CLIENT)
            && one(pairs, "response_type") == Some("code")
            && one(pairs, "code_challenge_method") == Some("S256")
            && asked.redirect == self.redirect;
        fits.then_some(asked)
    }

    async fn sign_in(&self, pairs: &[(String, String)]) -> Response {
        let Some(asked) = self.asked(pairs) else { return self.ask(pairs, None).await };
        let subject = match person(pairs) {
            Ok(Who::Known(subject)) => subject,
            Ok(Who::OfRoles(person)) => match staff::ensure(&mut self.client(), &person).await {
                Ok(_) => person.subject,
                Err(said) => return failed(&said),
            },
            Err(wrong) => return self.ask(pairs, Some(wrong)).await,
        };
        let code = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
        let location = format!("{}?code={code}&state={}", asked.redirect, encoded(&asked.state));
        let Ok(location) = HeaderValue::from_str(&location) else {
            return failed("the state is no part of an address");
        };
        let grant = Grant { subject, challenge: asked.challenge, nonce: asked.nonce, since: Instant::now() };
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        codes.retain(|_, grant| grant.since.elapsed() < CODE_LASTS);
        codes.insert(code, grant);
        let mut response = StatusCode::SEE_OTHER.into_response();
        response.headers_mut().insert(header::LOCATION, location);
        response
    }

    /// Gives the token that a code stands for, once.
    ///
    /// # Errors
    /// There is no such code any more, or the verifier is another.
    pub fn redeem(&self, code: &str, verifier: &str) -> Result<(String, String, Timestamp), BadGrant> {
        let grant = self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(code).ok_or(BadGrant)?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        if grant.since.elapsed() >= CODE_LASTS || challenge != grant.challenge {
            return Err(BadGrant);
        }
        let now = Timestamp::now();
        let token = self.issuer.token(grant.subject.as_str(), now, HOURS).map_err(|_| BadGrant)?;
        Ok((token, grant.nonce, now + Duration::from_secs(u64::from(HOURS) * 3600)))
    }

    fn token(&self, pairs: &[(String, String)]) -> Response {
        let fits = one(pairs, "grant_type") == Some("authorization_code")
            && one(pairs, "client_id") == Some(CLIENT)
            && one(pairs, "redirect_uri") == Some(&self.redirect);
        let (code, verifier) =
            (one(pairs, "code").unwrap_or_default(), one(pairs, "code_verifier").unwrap_or_default());
        match self.redeem(code, verifier) {
            Ok((token, _, _)) if fits => {
                let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": HOURS * 3600 });
                Json(answer).into_response()
            }
            _ => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response(),
        }
    }
}

/// What the desk asks a provider: here without a way between.
#[async_trait]
impl SignIn for Provider {
    fn authorize_url(&self, state: &str, nonce: &str, challenge: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", CLIENT)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("scope", "openid")
            .append_pair("state", state)
            .append_pair("nonce", nonce)
            .append_pair("code_challenge", challenge)
            .append_pair("code_challenge_method", "S256");
        format!("{}authorize?{}", self.own, query.finish())
    }

    async fn exchange(&self, code: &str, verifier: &str, nonce: &str) -> Result<Token, SignInError> {
        match self.redeem(code, verifier) {
            Ok((access, named, expires_at)) if named == nonce => Ok(Token { access: Secret::new(access), expires_at }),
            _ => Err(SignInError::Refused("no such code".to_owned())),
        }
    }
}

/// Whom somebody says he is.
enum Who {
    /// An account, enrolled or not.
    Known(ActorId),
    /// Somebody with roles in a department.
    OfRoles(Person),
}

/// Whom a form names, or what is wrong with it.
fn person(pairs: &[(String, String)]) -> Result<Who, &'static str> {
    if let Some(subject) = one(pairs, "subject").map(str::trim).filter(|subject| !subject.is_empty()) {
        return subject.parse().map(Who::Known).map_err(|_| "账号应为 1–120 个可见 ASCII 字符。");
    }
    let roles: Vec<Role> = pairs
        .iter()
        .filter(|(name, _)| name == "role")
        .filter_map(|(_, role)| Role::ALL.into_iter().find(|known| known.as_str() == role))
        .collect();
    if roles.is_empty() {
        return Err("请至少选择一个角色，或填写账号。");
    }
    let department = one(pairs, "department").unwrap_or_default();
    Person::of(&roles, department).map(Who::OfRoles).map_err(|_| "请选择部门。")
}

async fn form(request: Request<Body>) -> Option<Vec<(String, String)>> {
    let bytes = to_bytes(request.into_body(), FORM).await.ok()?;
    Some(pairs(&String::from_utf8_lossy(&bytes)))
}

fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn one<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn failed(reason: &str) -> Response {
    tracing::error!(reason, "nobody can be signed in");
    (StatusCode::SERVICE_UNAVAILABLE, "暂时无法登录，请稍后再试。 Nobody can be signed in now; try again soon.\n")
        .into_response()
}
