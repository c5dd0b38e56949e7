//! The JSON beside a page, from the first draft to what is left, as any program is answered by the CDN.

use std::time::{Duration, Instant};

use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::taihu::{Asked, Taihu, found, settled};

/// UTF-8's mark of byte order, as it is sent.
const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// One document, one act after the other.
struct Life<'a> {
    taihu: &'a Taihu,
    id: String,
    revision: String,
    version: u64,
}

impl Life<'_> {
    /// Gives a command and takes in what it answers.
    async fn act(&mut self, role: &str, method: &str, act: &str, body: Value) {
        let path = match self.version {
            0 => "/api/publish/documents".to_owned(),
            _ => format!("/api/publish/documents/{}/{act}", self.id),
        };
        let key = format!("{act}-{}", self.version);
        let version = (self.version > 0).then_some(self.version);
        let asked = Asked { method, path: &path, role, key: &key, version, body: Some(body) };
        let (status, told) = self.taihu.door().send(&asked).await.unwrap();
        assert!(status.is_success(), "{act}: {status} {told}");
        let told: Value = serde_json::from_str(&told).unwrap();
        self.version = told["version"].as_u64().unwrap();
        for (field, kept) in [("id", &mut self.id), ("revision", &mut self.revision)] {
            if let Some(text) = told[field].as_str() {
                text.clone_into(kept);
            }
        }
    }

    async fn reviewed(&mut self) {
        self.act("editor", "POST", "submit", json!({})).await;
        self.act("reviewer", "POST", "approve", json!({ "revision": self.revision })).await;
    }
}

/// Asks until the answer is the wanted one, and of JSON that any site's script may read.
async fn until(taihu: &Taihu, path: &str, wanted: impl Fn(&Response<Value>) -> bool) -> Response<Value> {
    let started = Instant::now();
    loop {
        let answer = taihu.get(path).await;
        if let Ok(value) = serde_json::from_str(answer.body()) {
            let answer = answer.map(|_| value);
            if wanted(&answer) {
                let header = |name: &str| answer.headers()[name].to_str().unwrap();
                assert!(header("content-type").ends_with("json; charset=utf-8"), "{answer:?}");
                assert_eq!(header("access-control-allow-origin"), "*");
                return answer;
            }
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{path} is not as wanted");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_json_beside_a_page_is_published_corrected_moved_and_withdrawn_with_it_process() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    found(&taihu).await;
    let news = json!({ "column": "www.xw", "department": "zfb", "kind": "news", "profile": { "name": "要闻" } });
    let path = "/api/publish/columns";
    let asked = Asked { method: "POST", path, role: "registrar", key: "news", version: None, body: Some(news) };
    let (status, told) = taihu.door().send(&asked).await.unwrap();
    assert_eq!(status, StatusCode::CREATED, "{told}");

    let content = |title: &str| json!({ "title": title, "body_html": "<p>今晚八点停水。</p>", "keywords": ["停水"] });
    let mut life = Life { taihu: &taihu, id: String::new(), revision: String::new(), version: 0 };
    let draft = json!({ "column": "www.tzgg", "content": content("停水通知") });
    life.act("editor", "POST", "draft", draft).await;
    life.reviewed().await;
    life.act("publisher", "POST", "publish", json!({ "slug": "water" })).await;
    let feed = until(&taihu, "/tzgg/index.json", |answer| !answer.body()["items"][0].is_null()).await;
    assert_eq!(feed.headers()["content-type"], "application/feed+json; charset=utf-8");
    assert_eq!(feed.body()["items"][0]["tags"], json!(["停水"]));
    let page = feed.body()["items"][0]["url"].as_str().unwrap().parse::<http::Uri>().unwrap().path().to_owned();
    let data_of = |page: &str| page.replace(".html", ".json");
    let document = until(&taihu, &data_of(&page), |answer| answer.status() == StatusCode::OK).await;
    let html = taihu.get(&page).await;
    assert_eq!(document.body()["title"], "停水通知");
    assert!(html.body().contains("<h1>停水通知</h1>"), "{html:?}");
    assert!(html.body().contains(document.body()["body_html"].as_str().unwrap()));

    life.act("editor", "PUT", "draft", json!({ "content": content("停水通知（更正）") })).await;
    life.reviewed().await;
    life.act("publisher", "POST", "correct", json!({ "note": "时间有变" })).await;
    let corrected = until(&taihu, &data_of(&page), |answer| answer.body()["title"] == "停水通知（更正）").await;
    assert_eq!(corrected.body()["notes"][0]["note"], "时间有变");

    life.act("publisher", "POST", "move", json!({ "column": "www.xw" })).await;
    let moved = until(&taihu, &data_of(&page), |answer| answer.status() == StatusCode::MOVED_PERMANENTLY).await;
    let place = moved.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(place, data_of(&page).replace("/tzgg/", "/xw/"));
    until(&taihu, &place, |answer| answer.status() == StatusCode::OK).await;

    life.act("publisher", "POST", "withdraw", json!({ "reason": "内容有误" })).await;
    for left in [place, data_of(&page)] {
        let gone = until(&taihu, &left, |answer| answer.status() == StatusCode::GONE).await;
        assert_eq!((&gone.body()["reason"], gone.body().get("body_html")), (&json!("内容有误"), None));
        assert!(!gone.body().to_string().contains("今晚八点"), "{gone:?}");
    }
    settled(&data);
}

#[tokio::test]
async fn a_table_that_a_function_answers_with_begins_with_the_mark_of_byte_order_process() {
    let folder = tempfile::tempdir().unwrap();
    let taihu = Taihu::serve(&folder.path().join("city"), &["--empty"]);
    found(&taihu).await;
    let started = Instant::now();
    // Until the city has an index.
    let table = loop {
        let answer = taihu.get("/api/query/documents.csv?limit=1").await;
        if answer.status() == StatusCode::OK {
            break answer;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{answer:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(table.headers()["content-type"], "text/csv; charset=utf-8");
    let body = table.body().as_bytes();
    assert!(body.starts_with(&MARK) && body[3..].starts_with("标题,".as_bytes()), "{table:?}");
}
