mod cases;
mod pages;
mod requests;

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use axum::{Router, extract::connect_info::MockConnectInfo};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::{cdn::origin::Object, serve::functions::EventFunction};

/// A bucket in memory that counts its reads and can fail.
#[derive(Default)]
struct Bucket {
    objects: Mutex<HashMap<String, Object>>,
    reads: AtomicUsize,
    failing: AtomicBool,
}

#[async_trait::async_trait]
impl Origin for Bucket {
    async fn object(&self, key: &str) -> Result<Option<Object>, OriginError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        if self.failing.load(Ordering::SeqCst) {
            return Err(OriginError { reason: "told to fail".to_owned() });
        }
        Ok(self.objects.lock().unwrap().get(key).cloned())
    }
}

struct City {
    bucket: Arc<Bucket>,
    cdn: Arc<Cdn>,
    events: Arc<Mutex<Vec<Value>>>,
}

impl City {
    fn new(city_domain: &str, scheme: &str) -> Self {
        let events: Arc<Mutex<Vec<Value>>> = Arc::default();
        let log = Arc::clone(&events);
        // Answers with what it was given, so that a test sees both ways.
        let publish = EventFunction::new("publish", move |event: Value| {
            log.lock().unwrap().push(event.clone());
            let body = event.get("body").cloned().unwrap_or_default();
            let answer = json!({"statusCode": 200, "headers": {"etag": "\"1\""}, "body": body, "isBase64Encoded": event["isBase64Encoded"]});
            async move { Ok(answer) }
        });
        let publish: Arc<dyn crate::serve::functions::Function> = Arc::new(publish);
        let bucket = Arc::new(Bucket::default());
        let edge = Edge {
            city_domain: city_domain.to_owned(),
            scheme: scheme.to_owned(),
            portal: "www".to_owned(),
            forms: &["letter", "disclosure"],
        };
        let cdn = Cdn {
            page_policy: headers::page_policy(&edge).unwrap(),
            desk_policy: headers::desk_policy(&edge, "http://127.0.0.1:8082").unwrap(),
            edge,
            origin: Arc::clone(&bucket) as Arc<dyn Origin>,
            cache: Cache::default(),
            functions: Functions::default()
                .with("publish", publish.clone())
                .with("letter", publish.clone())
                .with("disclosure", publish.clone())
                .with("react", publish.clone())
                .with("query", publish.clone())
                .with("desk", publish),
            api: ApiSettings { origin_secret: HeaderValue::from_static("origin-secret") },
            purge_secret: "purge-secret".to_owned(),
            provider: None,
        };
        Self { bucket, cdn: Arc::new(cdn), events }
    }

    fn local() -> Self {
        Self::new("localhost:8080", "http")
    }

    fn put(&self, key: &str, text: &str, metadata: &[(&str, &str)]) {
        let object = Object {
            bytes: text.to_owned().into(),
            etag: format!("\"{:x}\"", md5_like(text)),
            content_type: "text/html; charset=utf-8".to_owned(),
            cache_control: None,
            disposition: None,
            metadata: metadata.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        };
        self.bucket.objects.lock().unwrap().insert(key.to_owned(), object);
    }

    fn reads(&self) -> usize {
        self.bucket.reads.load(Ordering::SeqCst)
    }

    async fn send(&self, request: Request<Body>) -> Response {
        let peer = SocketAddr::from(([192, 0, 2, 7], 4711));
        let app = Router::new().fallback(answer).with_state(Arc::clone(&self.cdn)).layer(MockConnectInfo(peer));
        app.oneshot(request).await.unwrap()
    }

    async fn ask(&self, method: &str, url: &str, headers: &[(&str, &str)]) -> Response {
        let url: http::Uri = url.parse().unwrap();
        let mut request = Request::builder().method(method).uri(url.path_and_query().unwrap().as_str());
        request = request.header("host", url.authority().unwrap().as_str());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn get(&self, url: &str) -> Response {
        self.ask("GET", url, &[]).await
    }
}

/// Any function of the text will do for an ETag.
fn md5_like(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
