//! A desk with an API that answers as it is told, a provider that knows one person, and time and chance that stand still.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU8, Ordering},
    },
};

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    response::{IntoResponse, Response},
};
use desk::{DeskState, Parts, Randomness, SignIn, SignInError, Token};
use gateway::{City, Scheme, Secret};
use http::{HeaderMap, Method, StatusCode, header};
use jiff::Timestamp;
use ledger::Clock;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world;

/// When all of this happens.
pub(crate) const NOW: i64 = 1_795_918_320;

/// `{"sub":"lisi"}` in the middle.
pub(crate) const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJsaXNpIn0.c2ln";

/// A request that reached the API.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Answers by method and path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Api {
    answers: Arc<Mutex<BTreeMap<String, (u16, Value)>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Api {
    pub(crate) fn answer(&self, request: &str, status: u16, body: Value) {
        self.answers.lock().unwrap().insert(request.to_owned(), (status, body));
    }

    /// Everything that it answers.
    pub(crate) fn answers(&self) -> Vec<(String, Value)> {
        self.answers.lock().unwrap().iter().map(|(request, (_, body))| (request.clone(), body.clone())).collect()
    }

    /// Changes every answer that there is.
    pub(crate) fn poison(&self, change: impl Fn(&Value) -> Value) {
        for (_, body) in self.answers.lock().unwrap().values_mut() {
            *body = change(body);
        }
    }

    /// Commands that reached it.
    pub(crate) fn commands(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|asked| asked.method != Method::GET).cloned().collect()
    }

    /// The last thing below `path` that was read.
    pub(crate) fn last_read(&self, path: &str) -> String {
        let asked = self.asked.lock().unwrap();
        let read = asked.iter().rev().find(|asked| asked.method == Method::GET && asked.path.starts_with(path));
        read.map(|asked| asked.path.clone()).unwrap_or_default()
    }

    /// The one that stands below `base`.
    fn router(&self, base: &'static str) -> Router {
        let api = self.clone();
        Router::new().fallback(move |request: Request| {
            let api = api.clone();
            async move { api.take(base, request).await }
        })
    }

    async fn take(&self, base: &str, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, 10_000_000).await.unwrap().to_vec();
        let asked = parts.uri.path_and_query().unwrap().as_str();
        // Paths of cases keep their base: what is named without one is of documents.
        let path = match asked.strip_prefix("/api/publish") {
            Some(path) if base == "/api/publish" => path.to_owned(),
            _ => asked.strip_prefix(base).map(|_| asked.to_owned()).unwrap(),
        };
        let (method, headers) = (parts.method, parts.headers);
        let plain = path.split('?').next().unwrap();
        let answers = self.answers.lock().unwrap().clone();
        let found = answers.get(&format!("{method} {path}")).or_else(|| answers.get(&format!("{method} {plain}")));
        let (status, answer) = found.cloned().unwrap_or_else(|| (404, world::not_found()));
        self.asked.lock().unwrap().push(Asked { method, path, headers, body });
        (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "application/json")], answer.to_string())
            .into_response()
    }
}

#[derive(Debug)]
struct Still(Arc<AtomicI64>);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

#[derive(Debug, Default)]
struct Counted(AtomicU8);

impl Randomness for Counted {
    fn bytes(&self) -> [u8; 32] {
        [self.0.fetch_add(1, Ordering::SeqCst); 32]
    }
}

#[derive(Debug)]
struct Provider(Arc<AtomicI64>);

#[async_trait]
impl SignIn for Provider {
    fn authorize_url(&self, state: &str, nonce: &str, challenge: &str) -> String {
        format!("https://id.example/authorize?state={state}&nonce={nonce}&code_challenge={challenge}")
    }

    async fn exchange(&self, code: &str, verifier: &str, nonce: &str) -> Result<Token, SignInError> {
        assert!(!verifier.is_empty() && !nonce.is_empty());
        match code {
            "good" | "other" => Ok(Token {
                access: Secret::new(if code == "good" { TOKEN } else { "other.eyJzdWIiOiJ3YW5nd3UifQ.c2ln" }),
                expires_at: Timestamp::from_second(self.0.load(Ordering::SeqCst) + 3_600).unwrap(),
            }),
            "down" => Err(SignInError::Unavailable("connection refused".to_owned())),
            _ => Err(SignInError::Refused("invalid_grant".to_owned())),
        }
    }
}

/// An answer of the desk.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Shown {
    pub(crate) fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// What follows `before` in the page, up to a quotation mark.
    pub(crate) fn after(&self, before: &str) -> String {
        let (_, rest) = self.html.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", self.html));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The value of a hidden field of the form that is not the header's.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let (_, main) = self.html.split_once("<main").unwrap();
        let (_, rest) = main.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}"));
        rest.split('"').next().unwrap().to_owned()
    }

    /// Cookies that it sets, as a browser sends them.
    pub(crate) fn cookies(&self) -> Vec<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter();
        set.map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned()).collect()
    }
}

/// A desk and a browser before it.
pub(crate) struct Desk {
    router: Router,
    pub(crate) api: Api,
    time: Arc<AtomicI64>,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Desk {
    pub(crate) fn new(scheme: Scheme) -> Self {
        let (api, time) = (Api::default(), Arc::new(AtomicI64::new(NOW)));
        world::fill(&api);
        let state = DeskState::new(Parts {
            api: api.router("/api/publish"),
            letter: api.router("/api/letter"),
            disclosure: api.router("/api/disclosure"),
            messages: api.router("/api/react"),
            sign_in: Arc::new(Provider(time.clone())),
            secret: Secret::new("a secret of the tests"),
            city: City { domain: "cheng.example".to_owned(), scheme, portal: "www".to_owned() },
            clock: Arc::new(Still(time.clone())),
            randomness: Arc::new(Counted::default()),
            origin_secret: Some(Secret::new("origin secret")),
        });
        Self { router: desk::router(state), api, time, cookies: BTreeMap::new() }
    }

    /// One at which somebody sits.
    pub(crate) async fn signed_in() -> Self {
        let mut desk = Self::new(Scheme::Http);
        desk.sign_in("good").await;
        desk
    }

    pub(crate) async fn sign_in(&mut self, code: &str) -> Shown {
        let sent = self.get("/api/desk/sign-in").await;
        let state = sent.location().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        self.get(&format!("/api/desk/signed-in?code={code}&state={state}")).await
    }

    pub(crate) fn wait(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) async fn get(&mut self, path: &str) -> Shown {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(
            Request::post(path).header("content-type", "application/x-www-form-urlencoded").body(form.into()).unwrap(),
        )
        .await
    }

    /// Fills a form in and sends it.
    pub(crate) async fn fill(&mut self, path: &str, shown: &Shown, fields: &[(&str, &str)]) -> Shown {
        let (token, key) = (shown.hidden("token"), shown.hidden("key"));
        let mut all = vec![("token", token.as_str()), ("key", key.as_str())];
        let seal = ["version", "seen"]
            .map(|name| shown.html.contains(&format!("name=\"{name}\"")).then(|| (name, shown.hidden(name))));
        all.extend(seal.iter().flatten().map(|(name, value)| (*name, value.as_str())));
        all.extend(fields);
        self.post(path, &all).await
    }

    pub(crate) async fn send(&mut self, mut request: Request) -> Shown {
        let headers = request.headers_mut();
        headers.insert("x-taihu-site", "www".parse().unwrap());
        headers.entry("x-taihu-origin").or_insert("origin secret".parse().unwrap());
        headers.insert("x-request-id", "trace-1".parse().unwrap());
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !pairs.is_empty() {
            headers.insert(header::COOKIE, pairs.join("; ").parse().unwrap());
        }
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let html = String::from_utf8(to_bytes(body, 10_000_000).await.unwrap().to_vec()).unwrap();
        let shown = Shown { status: parts.status, headers: parts.headers, html };
        for pair in shown.cookies() {
            let (name, value) = pair.split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        shown
    }
}

/// A problem as the API tells it.
pub(crate) fn problem(code: &str, title: &str, detail: &str, errors: Value) -> Value {
    json!({"type": "x", "code": code, "title": title, "title_en": "x", "detail": detail, "detail_en": "x", "status": 422,
        "request": "trace-1", "errors": errors})
}
