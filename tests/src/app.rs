//! The publish API in process, on an emulated cloud in memory.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context, Result, ensure};
use axum::{Router, body::Body};
use bytes::Bytes;
use data_encoding::HEXLOWER;
use disclosure::DisclosureState;
use gateway::{
    Buckets, City, Clients, Config, Endpoints, FormLimits, Keys, Notices, Personal, Rectification, RootKey, Scheme,
    Secret, Tables, Tokens,
};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use ledger::{Ledger, LedgerConfig};
use letter::LetterState;
use local::cloud::{
    Cloud, Place, Settings,
    credentials::{ACCESS_KEY, REGION, SECRET_KEY},
    faults::Faults,
    tables,
};
use publish::PublishState;
use react::ReactState;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;
use vault::KeyFile;

use crate::{
    clock::SetClock,
    tokens::{self, ADMINISTRATOR},
};

/// The instant at which every test begins: nine in the morning, in the city.
const BEGINNING: &str = "2026-11-23T01:00:00Z";

/// The publish API and all it stands on.
pub struct TestApp {
    /// Both services.
    pub cloud: Cloud,
    /// What the app is configured with.
    pub config: Config,
    /// Clients of the services.
    pub clients: Clients,
    /// The ledger that the app writes to.
    pub ledger: Ledger,
    /// The app's clock.
    pub clock: Arc<SetClock>,
    /// What its routes have at hand.
    pub state: PublishState,
    /// The function of letters on the same cloud.
    pub letters: LetterState,
    /// The function of applications for information on the same cloud.
    pub requests: DisclosureState,
    /// The function of messages on the same cloud.
    pub reactions: ReactState,
    router: Router,
    letter: Router,
    disclosure: Router,
    react: Router,
    /// Where the key file lies that wraps the keys of cases.
    _keys: TempDir,
}

impl TestApp {
    /// Starts on an empty cloud without faults.
    ///
    /// # Errors
    /// The cloud cannot start.
    pub async fn start() -> Result<Self> {
        Self::start_with(Faults::none()).await
    }

    /// Starts on an empty cloud with `faults`.
    ///
    /// # Errors
    /// The cloud cannot start.
    pub async fn start_with(faults: Faults) -> Result<Self> {
        Self::start_at(&Place::Memory, faults).await
    }

    /// Starts on the cloud in `folder`, as durable as `taihu`'s.
    ///
    /// # Errors
    /// The cloud cannot start.
    pub async fn durable(folder: &std::path::Path) -> Result<Self> {
        Self::start_at(&Place::Folder(folder.to_owned()), Faults::none()).await
    }

    async fn start_at(place: &Place, faults: Faults) -> Result<Self> {
        let settings = Settings { faults, ..Settings::default() };
        let cloud = Cloud::start_with(place, settings).await?;
        let mut config = config(&cloud)?;
        let keys = tempfile::tempdir()?;
        let key_file = keys.path().join("vault.json");
        KeyFile::create(&key_file)?;
        config.personal = Some(Personal {
            keys_table: tables::KEYS.to_owned(),
            vault_table: tables::VAULT.to_owned(),
            root: RootKey::File(key_file),
        });
        let clients = Clients::connect(&config).await;
        let clock = Arc::new(SetClock::at(BEGINNING.parse()?));
        let names = LedgerConfig {
            ledger_table: config.tables.ledger.clone(),
            guards_table: config.tables.guards.clone(),
            bodies_bucket: config.buckets.bodies.clone(),
        };
        let ledger = Ledger::new(clients.dynamodb.clone(), clients.s3.clone(), names, clock.clone());
        let state = PublishState::new(&config, &clients, clock.clone())?;
        let letters = LetterState::new(&config, &clients, clock.clone())?;
        let requests = DisclosureState::new(&config, &clients, clock.clone())?;
        let reactions = ReactState::new(&config, &clients, clock.clone())?;
        Ok(Self {
            router: publish::router(state.clone()),
            letter: letter::router(letters.clone()),
            disclosure: disclosure::router(requests.clone()),
            react: react::router(reactions.clone()),
            state,
            letters,
            requests,
            reactions,
            cloud,
            config,
            clients,
            ledger,
            clock,
            _keys: keys,
        })
    }

    /// Starts with departments `jyj` and `czj`, their staff and sites, and two columns each: `tzgg` (notices) and `xw` (news).
    ///
    /// # Errors
    /// The cloud cannot start, or a command is refused.
    pub async fn town() -> Result<Self> {
        let app = Self::start().await?;
        app.found_town().await?;
        Ok(app)
    }

    /// Founds what [`town`](Self::town) has.
    ///
    /// # Errors
    /// A command is refused.
    pub async fn found_town(&self) -> Result<()> {
        self.found_staff().await?;
        let places = [("jyj", "教育局", "014006438"), ("czj", "财政局", "014006446")];
        for (code, name, organisation) in places {
            let department = json!({ "code": code, "profile": { "name": name, "organisation_code": organisation } });
            self.found("departments", code, department).await?;
            let profile = json!({ "name": format!("澄湖市{name}"), "identification_code": "3299010001",
                "sponsor": format!("澄湖市{name}"), "contact": "0599-1234567", "icp": "澄ICP备00000001号" });
            self.found("sites", code, json!({ "label": code, "department": code, "profile": profile })).await?;
            for (path, kind, name) in [("tzgg", "notices", "通知公告"), ("xw", "news", "新闻")] {
                let column = format!("{code}.{path}");
                let body = json!({ "column": column, "department": code, "kind": kind, "profile": { "name": name } });
                self.found("columns", &column, body).await?;
            }
        }
        Ok(())
    }

    async fn found(&self, things: &str, name: &str, body: Value) -> Result<()> {
        let path = format!("/{things}");
        let call = self.post(&path).bearer(tokens::city_registrar()?).key(&format!("found-{name}"));
        let answer = call.json(&body).send().await?;
        ensure!(answer.status == StatusCode::CREATED, "{things} {name}: {}", answer.text());
        Ok(())
    }

    /// A GET under `/api/publish`.
    pub fn get(&self, path: &str) -> Call<'_> {
        self.call(Method::GET, path)
    }

    /// A POST under `/api/publish`.
    pub fn post(&self, path: &str) -> Call<'_> {
        self.call(Method::POST, path)
    }

    /// A PUT under `/api/publish`.
    pub fn put(&self, path: &str) -> Call<'_> {
        self.call(Method::PUT, path)
    }

    /// Any method under `/api/publish`.
    pub fn call(&self, method: Method, path: &str) -> Call<'_> {
        let path = format!("/api/publish{path}");
        Call { router: &self.router, method, path, headers: Vec::new(), body: Bytes::new() }
    }

    /// Any method under `/api/letter`.
    pub fn letter(&self, method: Method, path: &str) -> Call<'_> {
        let path = format!("/api/letter{path}");
        Call { router: &self.letter, method, path, headers: Vec::new(), body: Bytes::new() }
    }

    /// Any method under `/api/disclosure`.
    pub fn disclosure(&self, method: Method, path: &str) -> Call<'_> {
        let path = format!("/api/disclosure{path}");
        Call { router: &self.disclosure, method, path, headers: Vec::new(), body: Bytes::new() }
    }

    /// Any method under `/api/react`.
    pub fn messages(&self, method: Method, path: &str) -> Call<'_> {
        let path = format!("/api/react{path}");
        Call { router: &self.react, method, path, headers: Vec::new(), body: Bytes::new() }
    }

    /// A page of a front door, as the CDN asks for it on `site`: `/form/letter/…` or `/form/disclosure/…`.
    pub fn form(&self, method: Method, site: &str, path: &str) -> Call<'_> {
        let router = if path.starts_with("/form/disclosure/") { &self.disclosure } else { &self.letter };
        let call = Call { router, method, path: path.to_owned(), headers: Vec::new(), body: Bytes::new() };
        call.header("x-taihu-site", site).header("x-taihu-address", "192.0.2.7")
    }

    /// Drafts a document in `column` as an editor of `department`, and gives its id.
    ///
    /// # Errors
    /// The command is refused.
    pub async fn drafted(&self, department: &str, column: &str, title: &str) -> Result<String> {
        let body = draft(column, title, "<p>正文。</p>");
        // Keys are ASCII, titles are not.
        let key = format!("draft-{column}-{}", HEXLOWER.encode(title.as_bytes()));
        let call = self.post("/documents").staff("editor", department).key(&key);
        let answer = call.json(&body).send().await?;
        ensure!(answer.status == StatusCode::CREATED, "{}", answer.text());
        Ok(answer.field("id").as_str().context("an id")?.to_owned())
    }

    /// As [`drafted`](Self::drafted), then submitted and approved: version 3.
    ///
    /// # Errors
    /// A command is refused.
    pub async fn approved(&self, department: &str, column: &str, title: &str) -> Result<String> {
        let id = self.drafted(department, column, title).await?;
        let submit = self.post(&format!("/documents/{id}/submit")).staff("editor", department);
        let answer = submit.key(&format!("submit-{id}")).if_match(1).json(&json!({})).send().await?;
        let revision = answer.field("revision");
        let approve = self.post(&format!("/documents/{id}/approve")).staff("reviewer", department);
        let body = json!({ "revision": revision });
        let answer = approve.key(&format!("approve-{id}")).if_match(2).json(&body).send().await?;
        ensure!(answer.status == StatusCode::OK, "{}", answer.text());
        Ok(id)
    }

    /// As [`approved`](Self::approved), then published under `slug`: version 4.
    ///
    /// # Errors
    /// A command is refused.
    pub async fn published(&self, department: &str, column: &str, slug: &str) -> Result<String> {
        let id = self.approved(department, column, slug).await?;
        let publish = self.post(&format!("/documents/{id}/publish")).staff("publisher", department);
        let body = json!({ "slug": slug });
        let answer = publish.key(&format!("publish-{id}")).if_match(3).json(&body).send().await?;
        ensure!(answer.status == StatusCode::OK, "{}", answer.text());
        Ok(id)
    }

    /// Everything that is written down: ledger, guards and bodies, each item as text.
    ///
    /// # Errors
    /// A service does not answer.
    pub async fn written(&self) -> Result<BTreeMap<String, String>> {
        let mut written = BTreeMap::new();
        for table in [tables::LEDGER, tables::GUARDS] {
            let mut pages =
                self.clients.dynamodb.scan().table_name(table).consistent_read(true).into_paginator().items().send();
            while let Some(item) = pages.next().await.transpose()? {
                let attributes: BTreeMap<_, _> = item.into_iter().collect();
                let key = format!("{table} {:?} {:?}", attributes.get("pk"), attributes.get("sk"));
                written.insert(key, format!("{attributes:?}"));
            }
        }
        let mut pages = self.clients.s3.list_objects_v2().bucket(tables::BODIES).into_paginator().send();
        while let Some(page) = pages.next().await.transpose()? {
            for object in page.contents() {
                written.insert(format!("body {:?}", object.key()), format!("{:?}", object.e_tag()));
            }
        }
        Ok(written)
    }
}

/// A request body that drafts a document.
#[must_use]
pub fn draft(column: &str, title: &str, html: &str) -> Value {
    json!({ "column": column, "content": { "title": title, "body_html": html } })
}

fn config(cloud: &Cloud) -> Result<Config> {
    Ok(Config {
        tables: Tables {
            ledger: tables::LEDGER.to_owned(),
            guards: tables::GUARDS.to_owned(),
            views: tables::VIEWS.to_owned(),
            attempts: Some(tables::ATTEMPTS.to_owned()),
            outbox: Some(tables::OUTBOX.to_owned()),
            terms: Some(tables::TERMS.to_owned()),
        },
        buckets: Buckets {
            bodies: tables::BODIES.to_owned(),
            quarantine: tables::QUARANTINE.to_owned(),
            pages: tables::PAGES.to_owned(),
            index: Some(tables::INDEX.to_owned()),
        },
        generation: 1,
        city: City { domain: "localhost:8080".to_owned(), scheme: Scheme::Http, portal: "www".to_owned() },
        index_scheme: None,
        tokens: Some(Tokens {
            issuer: tokens::ISSUER.to_owned(),
            audience: tokens::AUDIENCE.to_owned(),
            jwks: tokens::jwks()?,
        }),
        administrator: Some(ADMINISTRATOR.to_owned()),
        rectification: Rectification::default(),
        form_limits: FormLimits::default(),
        purge: None,
        distribution: None,
        desk: None,
        origin_secret: None,
        personal: None,
        notices: Notices { staff_domain: Some("staff.example".to_owned()), ..Notices::default() },
        endpoints: Endpoints {
            dynamodb: Some(cloud.dynamo_url.clone()),
            s3: Some(cloud.s3_url.clone()),
            ..Endpoints::default()
        },
        keys: Some(Keys {
            region: REGION.to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: Secret::new(SECRET_KEY),
        }),
    })
}

/// One request, being written.
pub struct Call<'a> {
    router: &'a Router,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl Call<'_> {
    /// Signs as somebody with one role, `<role>.<department>`; auditors read the whole city.
    #[must_use]
    pub fn staff(self, role: &str, department: &str) -> Self {
        self.subject(&format!("{role}.{department}"))
    }

    /// Signs as `subject`.
    #[must_use]
    pub fn subject(self, subject: &str) -> Self {
        // An empty token is refused, so a test sees that it could not be signed.
        let token = tokens::of(subject).unwrap_or_default();
        self.bearer(token)
    }

    /// Shows a token.
    #[must_use]
    pub fn bearer(self, token: impl AsRef<str>) -> Self {
        let token = token.as_ref();
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Names the request.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Names the version that was seen.
    #[must_use]
    pub fn if_match(self, version: u64) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    /// Sets a header, replacing an earlier one.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends JSON.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.raw(body.to_string())
    }

    /// Sends bytes as JSON.
    #[must_use]
    pub fn raw(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.header("content-type", "application/json")
    }

    /// Sends fields of a form.
    #[must_use]
    pub fn fields(mut self, fields: &[(&str, &str)]) -> Self {
        let encoded: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.body = encoded.join("&").into();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    /// Sends fields of a form in parts, the last of them a file: field, name and bytes.
    #[must_use]
    pub fn parts(mut self, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Self {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let (field, name, bytes) = file;
        body.extend(
            format!("--part\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n").bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n--part--\r\n");
        self.body = body.into();
        self.header("content-type", "multipart/form-data; boundary=part")
    }

    /// Sends a file.
    #[must_use]
    pub fn octets(mut self, bytes: impl Into<Bytes>) -> Self {
        self.body = bytes.into();
        self.header("content-type", "application/octet-stream")
    }

    /// Sends the request to the router.
    ///
    /// # Errors
    /// The request cannot be written, or the answer not read.
    pub async fn send(self) -> Result<Answer> {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body))?;
        let response = self.router.clone().oneshot(request).await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}

/// Every byte but letters and digits as `%XX`.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Code of the problem, empty if it is none.
    #[must_use]
    pub fn code(&self) -> String {
        self.field("code").as_str().unwrap_or_default().to_owned()
    }

    /// One field of the body; null if there is none.
    #[must_use]
    pub fn field(&self, name: &str) -> Value {
        self.json().get(name).cloned().unwrap_or_default()
    }

    /// Status and code, as a problem tells them.
    #[must_use]
    pub fn told(&self) -> (u16, String) {
        (self.status.as_u16(), self.field("code").as_str().unwrap_or_default().to_owned())
    }
}
