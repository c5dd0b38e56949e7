//! Requests to the functions, and every answer's headers.

use super::*;

const API: &str = "http://www.localhost:8080/api/publish/documents";

async fn post(city: &City, body: Body, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::post("/api/publish/documents").header("host", "www.localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    city.send(request.body(body).unwrap()).await
}

#[tokio::test]
async fn a_body_reaches_the_function_and_its_answer_comes_back() {
    let city = City::local();
    let response = post(&city, Body::from("{\"标题\":1}"), &[("content-type", "application/json")]).await;
    assert_eq!((response.status().as_u16(), header(&response, "etag")), (200, "\"1\""));
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(text(response).await, "{\"标题\":1}");
}

#[tokio::test]
async fn a_body_over_one_megabyte_is_refused_while_it_is_read() {
    let city = City::local();
    let announced = post(&city, Body::empty(), &[("content-length", "10485760")]).await;
    assert_eq!(announced.status(), 413);
    // Without a length: an endless stream, of which only the first megabyte may be taken.
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let endless = futures::stream::repeat_with(move || {
        counter.fetch_add(65_536, Ordering::SeqCst);
        Ok::<_, Infallible>(bytes::Bytes::from(vec![b'x'; 65_536]))
    });
    let response = post(&city, Body::from_stream(endless), &[("content-type", "application/json")]).await;
    assert_eq!((response.status().as_u16(), header(&response, "connection")), (413, "close"));
    assert!(sent.load(Ordering::SeqCst) <= 2 * 1_048_576);
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    assert!(text(response).await.contains("/api/publish/problems/body-too-large"));
    assert!(city.events.lock().unwrap().is_empty(), "the function never saw it");
}

#[tokio::test]
async fn an_unknown_capability_is_a_problem() {
    let city = City::local();
    for path in ["/api/nothing/x", "/api/", "/api/project/x"] {
        let response = city.get(&format!("http://www.localhost:8080{path}")).await;
        assert_eq!(
            (response.status().as_u16(), header(&response, "content-type")),
            (404, "application/problem+json"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_function_that_fails_tells_the_reader_nothing_of_its_inside() {
    let mut city = City::local();
    let broken = EventFunction::new("publish", |_| async { Err("secret detail".to_owned()) });
    let cdn = Arc::get_mut(&mut city.cdn).unwrap();
    cdn.functions = Functions::default().with("publish", Arc::new(broken));
    let response = city.get(API).await;
    assert_eq!((response.status().as_u16(), header(&response, "content-type")), (500, "application/problem+json"));
    assert!(!text(response).await.contains("secret detail"));
}

#[tokio::test]
async fn every_problem_of_the_cdn_itself_names_its_request() {
    let mut city = City::local();
    let broken = EventFunction::new("publish", |_| async { Err("no answer".to_owned()) });
    Arc::get_mut(&mut city.cdn).unwrap().functions = Functions::default().with("publish", Arc::new(broken));
    let cases = [
        (413, city.ask("POST", API, &[("content-length", "10485760"), ("x-request-id", "trace-7")]).await),
        (404, city.ask("GET", "http://www.localhost:8080/api/nothing/x?a=b", &[("x-request-id", "trace-7")]).await),
        (500, city.ask("GET", API, &[("x-request-id", "trace-7")]).await),
    ];
    for (status, response) in cases {
        assert_eq!(response.status().as_u16(), status);
        let problem: Value = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!(problem["request"], "trace-7", "{problem}");
        let path = if status == 404 { "/api/nothing/x" } else { "/api/publish/documents" };
        assert_eq!(problem["instance"], path, "{problem}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let city = City::local();
    city.put("www/index.html", "首页", &[]);
    let urls = [
        "http://www.localhost:8080/",
        "http://www.localhost:8080/none.html",
        "http://www.localhost:8080/ZWGK",
        "http://localhost:8080/",
        "http://www.example.org/",
        "http://www.localhost:8080/_purge",
        API,
        "http://www.localhost:8080/api/none",
    ];
    for url in urls {
        let response = city.get(url).await;
        for (name, value) in headers::SECURITY {
            assert_eq!(response.headers().get(&name), Some(&value), "{url}: {name}");
        }
        assert_eq!(response.headers().get("content-security-policy"), Some(&city.cdn.page_policy), "{url}");
        assert!(!header(&response, "cache-control").is_empty(), "{url}");
    }
}

#[tokio::test]
async fn who_types_this_machines_number_means_the_portal() {
    let city = City::local();
    for host in ["127.0.0.1:8080", "127.0.0.1", "[::1]:8080", "[::1]"] {
        let answer = city.get(&format!("http://{host}/zwgk/?a=b")).await;
        let told = (answer.status().as_u16(), header(&answer, "location"));
        assert_eq!(told, (302, "http://www.localhost:8080/zwgk/?a=b"), "{host}");
    }
    assert_eq!(city.get("http://10.0.0.1:8080/").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_post_to_the_bare_domain_stays_a_post() {
    let response = City::local().ask("POST", "http://localhost:8080/api/publish/documents", &[]).await;
    assert_eq!((response.status().as_u16(), header(&response, "location")), (307, API));
}
