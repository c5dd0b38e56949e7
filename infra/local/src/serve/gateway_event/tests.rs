use lambda_http::{RequestExt, request::LambdaRequest};

use super::*;

fn event(headers: &[(&str, &str)], uri: &str, body: &[u8]) -> Value {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    GatewayRequest {
        method: &Method::POST,
        uri: &uri.parse().unwrap(),
        headers: &map,
        body,
        host: "www.localhost:8080",
        source_ip: "127.0.0.1",
        at: "2026-11-23T01:02:03.004Z".parse().unwrap(),
        request_id: "r1",
    }
    .event()
}

#[test]
fn the_event_is_the_one_api_gateway_sends() {
    let headers = [
        ("host", "www.localhost:8080"),
        ("content-type", "application/json"),
        ("accept", "text/html"),
        ("accept", "application/json"),
        ("cookie", "a=1; b=2"),
        ("user-agent", "curl/8"),
    ];
    let event = event(&headers, "/api/publish/documents?x=1&x=2&%E6%B9%96=y+z", "{\"标题\":1}".as_bytes());
    insta::with_settings!({ sort_maps => true }, { insta::assert_json_snapshot!(event) });
}

#[test]
fn what_is_not_text_travels_in_base64() {
    let binary = event(&[("content-type", "application/octet-stream")], "/api/publish/x", b"ok");
    assert_eq!((binary["body"].as_str(), binary["isBase64Encoded"].as_bool()), (Some("b2s="), Some(true)));
    let broken = event(&[("content-type", "application/json")], "/api/publish/x", b"\xff");
    assert_eq!(broken["isBase64Encoded"], true);
    let empty = event(&[], "/api/publish/x", b"");
    assert!(empty.get("body").is_none());
}

#[test]
fn lambda_http_reads_the_request_back() {
    let bytes =
        serde_json::to_vec(&event(&[("x-a", "1"), ("content-type", "text/plain")], "/api/publish/a?b=c", b"hello"))
            .unwrap();
    let request: LambdaRequest = serde_json::from_slice(&bytes).unwrap();
    let request: lambda_http::Request = request.into();
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.raw_http_path(), "/api/publish/a");
    assert_eq!(request.uri().path_and_query().unwrap(), "/api/publish/a?b=c");
    assert_eq!(request.headers()["x-a"], "1");
    assert_eq!(request.body().as_ref(), b"hello");
}

#[test]
fn an_answer_keeps_status_headers_cookies_and_bytes() {
    let given = json!({
        "statusCode": 201,
        "headers": {"etag": "\"1\"", "content-type": "application/json"},
        "multiValueHeaders": {},
        "cookies": ["a=1", "b=2"],
        "body": "AAE=",
        "isBase64Encoded": true,
    });
    let answer = answer(given.to_string().as_bytes()).unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(answer.headers()["etag"], "\"1\"");
    assert_eq!(answer.headers().get_all(header::SET_COOKIE).iter().count(), 2);
    assert_eq!(answer.body().as_ref(), b"\x00\x01");
}

#[test]
fn an_answer_of_another_shape_is_refused() {
    for hostile in ["", "null", "{\"statusCode\":42}", "{\"statusCode\":200,\"headers\":{\"a b\":\"x\"}}"] {
        assert!(answer(hostile.as_bytes()).is_err(), "{hostile}");
    }
}
