//! Caching, conditions, codings, purges.

use super::*;

const HOME: &str = "http://www.localhost:8080/";

fn long(text: &str) -> String {
    format!("<p>{}</p>", text.repeat(400))
}

#[tokio::test]
async fn a_page_is_read_once_and_served_from_memory() {
    let city = City::local();
    city.put("www/index.html", "首页", &[]);
    for _ in 0..5 {
        let response = city.get(HOME).await;
        assert_eq!(response.status(), 200);
        assert_eq!(text(response).await, "首页");
    }
    assert_eq!(city.reads(), 1);
}

#[tokio::test]
async fn a_known_page_is_not_sent_again() {
    let city = City::local();
    city.put("www/index.html", &long("首页"), &[]);
    let etag = header(&city.get(HOME).await, "etag").to_owned();
    for tag in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
        let response = city.ask("GET", HOME, &[("if-none-match", &tag)]).await;
        assert_eq!(response.status(), 304, "{tag}");
        assert_eq!(header(&response, "etag"), etag);
        assert_eq!(text(response).await, "");
    }
    assert_eq!(city.ask("GET", HOME, &[("if-none-match", "\"other\"")]).await.status(), 200);
}

#[tokio::test]
async fn an_asterisk_hides_no_page_that_is_gone_moved_or_missing() {
    let city = City::local();
    city.put("www/a.html", "撤回", &[("status", "410")]);
    city.put("www/b.html", "", &[("status", "301"), ("location", "/c.html")]);
    for (path, status) in [("a.html", 410), ("b.html", 301), ("no/such.html", 404)] {
        let url = format!("{HOME}{path}");
        assert_eq!(city.ask("GET", &url, &[("if-none-match", "*")]).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn a_compressed_page_is_smaller_and_says_so() {
    let city = City::local();
    city.put("www/index.html", &long("澄湖市人民政府"), &[]);
    let plain = city.get(HOME).await;
    assert_eq!((header(&plain, "content-encoding"), header(&plain, "vary")), ("", "Accept-Encoding"));
    let etag = header(&plain, "etag").to_owned();
    let whole = text(plain).await;
    for (accepted, sent) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
        let packed = city.ask("GET", HOME, &[("accept-encoding", accepted)]).await;
        assert_eq!(header(&packed, "content-encoding"), sent);
        assert_eq!(header(&packed, "etag"), format!("W/{etag}"));
        let bytes = axum::body::to_bytes(packed.into_body(), 1_000_000).await.unwrap();
        assert!(bytes.len() * 5 < whole.len(), "{} of {}", bytes.len(), whole.len());
        let mut unpacked = Vec::new();
        let _size = match sent {
            "br" => brotli::BrotliDecompress(&mut &bytes[..], &mut unpacked).map(|()| 0),
            _ => std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut unpacked),
        }
        .unwrap();
        assert_eq!(unpacked, whole.as_bytes());
    }
    let known = city.ask("GET", HOME, &[("accept-encoding", "br"), ("if-none-match", &format!("W/{etag}"))]).await;
    assert_eq!(known.status(), 304);
}

#[tokio::test]
async fn a_purge_makes_the_next_reader_see_the_new_bytes() {
    let city = City::local();
    city.put("www/index.html", "旧", &[]);
    city.put("www/a.html", "旧", &[]);
    assert_eq!(text(city.get(HOME).await).await, "旧");
    city.put("www/index.html", "新", &[]);
    assert_eq!(text(city.get(HOME).await).await, "旧", "fresh for ten seconds");
    let purge = |secret: &'static str, body: &'static str| {
        let request = Request::post("/_purge")
            .header("host", "127.0.0.1:8080")
            .header("x-taihu-purge", secret)
            .body(Body::from(body));
        city.send(request.unwrap())
    };
    let both = r#"{"purge": [{"site": "www", "path": "/"}, {"site": "www", "path": "/a.html"}]}"#;
    assert_eq!(purge("wrong", both).await.status(), 403);
    for malformed in ["", "{}", r#"{"purge": [{"site": "www"}]}"#, r#"{"purge": "www/"}"#] {
        assert_eq!(purge("purge-secret", malformed).await.status(), 400, "{malformed}");
    }
    assert_eq!(text(city.get(HOME).await).await, "旧");
    // Neither a redirect nor what is nowhere holds up the pages beside it.
    let both = r#"{"purge": [{"site": "www", "path": "/xw/index.html"}, {"site": "w w", "path": "/../x"},
        {"site": "www", "path": "/"}, {"site": "www", "path": "/a.html"}]}"#;
    assert_eq!(purge("purge-secret", both).await.status(), 204);
    assert_eq!(text(city.get(HOME).await).await, "新");
    city.put("www/index.html", "更新", &[]);
    assert_eq!(purge("purge-secret", r#"{"purge": [], "all": true}"#).await.status(), 204);
    assert_eq!(text(city.get(HOME).await).await, "更新");
    assert_eq!(city.get("http://www.localhost:8080/_purge").await.status(), 405);
}

#[tokio::test]
async fn a_page_outlives_its_bucket_only_where_it_was_kept() {
    let city = City::local();
    city.put("www/index.html", "首页", &[]);
    assert_eq!(city.get(HOME).await.status(), 200);
    city.bucket.failing.store(true, Ordering::SeqCst);
    assert_eq!(text(city.get(HOME).await).await, "首页");
    let response = city.get("http://www.localhost:8080/other/").await;
    assert_eq!((response.status().as_u16(), header(&response, "retry-after")), (503, "5"));
}

#[tokio::test]
async fn a_page_that_appears_is_seen_at_once_where_nothing_was() {
    let city = City::local();
    assert_eq!(city.get("http://www.localhost:8080/a.html").await.status(), 404);
    city.put("www/a.html", "新页", &[]);
    assert_eq!(text(city.get("http://www.localhost:8080/a.html").await).await, "新页");
}

#[tokio::test]
async fn pages_can_only_be_read() {
    let city = City::local();
    city.put("www/index.html", "首页", &[]);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        for path in ["", "nowhere.html", "ZWGK", "_assets/a.css", "a//b"] {
            let response = city.ask(method, &format!("{HOME}{path}"), &[]).await;
            assert_eq!((response.status().as_u16(), header(&response, "allow")), (405, "GET, HEAD"), "{method} {path}");
        }
    }
}
