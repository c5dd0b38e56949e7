//! What CloudFront is sent, and what becomes of its answers.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::State, http::request::Parts, response::IntoResponse};
use gateway::{Clients, Config, Keys, Secret};
use http::{HeaderMap, StatusCode};

use super::*;

const CREATED: &str = r#"<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I2J0</Id><Status>InProgress</Status></Invalidation>"#;
const TOO_MANY: &str = r#"<?xml version="1.0"?><ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>TooManyInvalidationsInProgress</Code><Message>later</Message></Error></ErrorResponse>"#;

/// CloudFront's API: answers what it was told to, and remembers what it was sent.
#[derive(Clone, Default)]
struct Api {
    answers: Arc<Mutex<VecDeque<(StatusCode, &'static str)>>>,
    sent: Arc<Mutex<Vec<(Parts, String)>>>,
}

impl Api {
    fn answering(answers: &[(StatusCode, &'static str)]) -> Self {
        Self { answers: Arc::new(Mutex::new(answers.iter().copied().collect())), ..Self::default() }
    }

    /// A purger that speaks to it.
    async fn purger(&self) -> CloudFront {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(take).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        CloudFront::new(&clients().await.shared, "E1CITY", Some(&endpoint))
    }

    fn bodies(&self) -> Vec<String> {
        self.sent.lock().unwrap().iter().map(|(_, body)| body.clone()).collect()
    }
}

async fn take(State(api): State<Api>, parts: Parts, body: Bytes) -> impl IntoResponse {
    api.sent.lock().unwrap().push((parts, String::from_utf8(body.to_vec()).unwrap()));
    api.answers.lock().unwrap().pop_front().unwrap_or((StatusCode::CREATED, CREATED))
}

async fn clients() -> Clients {
    let variables = BTreeMap::from([
        ("TAIHU_LEDGER_TABLE", "ledger"),
        ("TAIHU_GUARDS_TABLE", "guards"),
        ("TAIHU_VIEWS_TABLE", "views"),
        ("TAIHU_BODIES_BUCKET", "bodies"),
        ("TAIHU_QUARANTINE_BUCKET", "quarantine"),
        ("TAIHU_PAGES_BUCKET", "pages"),
        ("TAIHU_GENERATION", "1"),
        ("TAIHU_CITY_DOMAIN", "city.example"),
        ("TAIHU_SCHEME", "https"),
        ("TAIHU_PORTAL", "www"),
    ]);
    let mut config = Config::from_lookup(|name| variables.get(name).map(|value| (*value).to_owned())).unwrap();
    config.keys = Some(Keys {
        region: "cn-test-1".to_owned(),
        access_key: "KEYID".to_owned(),
        secret_key: Secret::new("secret"),
    });
    Clients::connect(&config).await
}

fn row(site: &str, path: &str, cause: Cause) -> PurgeRow {
    let copies = Copies::Page { site: site.to_owned(), path: path.to_owned() };
    PurgeRow { copies, cause, token: format!("{cause:?} of {site}{path}") }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn withdrawals_are_one_signed_request_with_both_forms_of_each_path() {
    let api = Api::default();
    let rows = [
        row("www", "/zwgk/tzgg/2026/11/23/x.html", Cause::Withdrawn),
        row("www", "/zwgk/tzgg/", Cause::Withdrawn),
        row("www", "/zwgk/other/", Cause::Changed),
        row("www", "/", Cause::Withdrawn),
        row("jyj", "/", Cause::Withdrawn),
    ];
    api.purger().await.purge(&rows).await.unwrap();
    let sent = api.sent.lock().unwrap();
    let [(parts, body)] = sent.as_slice() else { panic!("{} requests", sent.len()) };
    assert_eq!((parts.method.as_str(), parts.uri.path()), ("POST", "/2020-05-31/distribution/E1CITY/invalidation"));
    assert_eq!(header(&parts.headers, "content-type"), "application/xml");
    let authorization = header(&parts.headers, "authorization");
    assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=KEYID/"), "{authorization}");
    assert!(authorization.contains("/us-east-1/cloudfront/aws4_request"), "{authorization}");
    let items = [
        "/",
        "/jyj/index.html",
        "/www/index.html",
        "/www/zwgk/tzgg/2026/11/23/x.html",
        "/www/zwgk/tzgg/index.html",
        "/zwgk/tzgg/",
        "/zwgk/tzgg/2026/11/23/x.html",
    ];
    let items: String = items.iter().map(|path| format!("<Path>{path}</Path>")).collect();
    let reference = Invalidation::of(&rows).unwrap().reference;
    assert_eq!(
        *body,
        format!(
            r#"<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Paths><Quantity>7</Quantity><Items>{items}</Items></Paths><CallerReference>{reference}</CallerReference></InvalidationBatch>"#
        )
    );
}

#[tokio::test]
async fn what_merely_changed_is_sent_nowhere_and_counts_as_done() {
    let api = Api::default();
    api.purger().await.purge(&[row("www", "/", Cause::Changed)]).await.unwrap();
    assert_eq!(api.bodies(), [""; 0]);
}

#[tokio::test]
async fn a_resend_is_the_same_request_and_a_new_mark_another() {
    let api = Api::default();
    let purger = api.purger().await;
    let (first, second) = (row("www", "/a.html", Cause::Withdrawn), row("www", "/b.html", Cause::Withdrawn));
    purger.purge(&[first.clone(), second.clone()]).await.unwrap();
    purger.purge(&[second.clone(), row("www", "/", Cause::Changed), first.clone()]).await.unwrap();
    purger.purge(&[first, PurgeRow { token: "marked anew".to_owned(), ..second }]).await.unwrap();
    let bodies = api.bodies();
    assert_eq!(bodies[0], bodies[1]);
    assert_ne!(bodies[0], bodies[2]);
}

#[test]
fn all_copies_or_more_pages_than_cloudfront_takes_are_one_path() {
    let all = PurgeRow { copies: Copies::All, cause: Cause::Withdrawn, token: "t".to_owned() };
    let few = [row("www", "/a.html", Cause::Withdrawn), all];
    let many: Vec<_> = (0..1501).map(|at| row("www", &format!("/{at}.html"), Cause::Withdrawn)).collect();
    for rows in [&few[..], &many] {
        assert_eq!(Invalidation::of(rows).unwrap().paths, BTreeSet::from(["/*".to_owned()]));
    }
    assert_eq!(Invalidation::of(&many[1..]).unwrap().paths.len(), 3000);
}

#[tokio::test]
async fn a_quota_is_told_by_its_code_and_left_for_the_next_tick() {
    let api = Api::answering(&[(StatusCode::BAD_REQUEST, TOO_MANY)]);
    let refused = api.purger().await.purge(&[row("www", "/", Cause::Withdrawn)]).await.unwrap_err();
    assert_eq!(refused.0, "CloudFront answered 400 `TooManyInvalidationsInProgress`");
    assert_eq!(api.bodies().len(), 1, "a quota is not asked for again at once");
}

#[tokio::test]
async fn a_service_that_fails_once_is_asked_again_with_the_same_request() {
    let api = Api::answering(&[(StatusCode::SERVICE_UNAVAILABLE, "")]);
    api.purger().await.purge(&[row("www", "/", Cause::Withdrawn)]).await.unwrap();
    let bodies = api.bodies();
    assert_eq!((bodies.len(), bodies.first()), (2, bodies.last()));
}
