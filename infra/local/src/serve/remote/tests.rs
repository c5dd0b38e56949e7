use std::sync::Arc;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use gateway::PathParam;
use tokio::net::TcpListener;

use super::*;
use crate::serve::{
    functions::{Functions, HttpFunction},
    gateway_event::{self, GatewayRequest},
};

fn echo() -> HttpFunction {
    let app = Router::new().route(
        "/api/publish/echo",
        get(|| async { "好" }).post(|body: String| async move { (http::StatusCode::CREATED, body) }),
    );
    HttpFunction::new("publish", app)
}

/// Lambda's Invoke API over one in-process function.
async fn invoke_api(function: Arc<HttpFunction>) -> Uri {
    let route = "/2015-03-31/functions/{name}/invocations";
    let app = Router::new().route(
        route,
        post(move |PathParam(name): PathParam, event: Bytes| async move {
            match name.as_str() {
                "publish" => function.invoke(event).await.unwrap().into_response(),
                "crashing" => ([("x-amz-function-error", "Unhandled")], "{\"errorMessage\":\"boom\"}").into_response(),
                _ => http::StatusCode::NOT_FOUND.into_response() as Response,
            }
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/").parse().unwrap()
}

fn event(method: &http::Method, body: &[u8]) -> Bytes {
    let mut headers = http::HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
    let request = GatewayRequest {
        method,
        uri: &"/api/publish/echo".parse().unwrap(),
        headers: &headers,
        body,
        host: "www.localhost:8080",
        source_ip: "127.0.0.1",
        at: "2026-11-23T01:02:03Z".parse().unwrap(),
        request_id: "r1",
    };
    Bytes::from(request.event().to_string())
}

#[tokio::test]
async fn a_function_answers_the_same_bytes_in_process_and_through_the_invoke_api() {
    let near = Arc::new(echo());
    let base = invoke_api(Arc::clone(&near)).await;
    let far = RemoteFunction::new("publish", &base);
    for (method, body, status) in
        [(http::Method::GET, "", 200), (http::Method::POST, "水", 201), (http::Method::PUT, "", 405)]
    {
        let event = event(&method, body.as_bytes());
        let (near, far) = (near.invoke(event.clone()).await.unwrap(), far.invoke(event).await.unwrap());
        assert_eq!(near, far, "{method}");
        assert_eq!(gateway_event::answer(&near).unwrap().status(), status, "{method}");
    }
}

#[tokio::test]
async fn a_crash_a_missing_function_and_a_silent_address_are_told_apart() {
    let base = invoke_api(Arc::new(echo())).await;
    let crashed = RemoteFunction::new("crashing", &base).invoke(Bytes::new()).await;
    assert!(matches!(&crashed, Err(InvokeError::Failed { reason, .. }) if reason.contains("boom")), "{crashed:?}");
    let missing = RemoteFunction::new("nothing", &base).invoke(Bytes::new()).await;
    assert!(matches!(&missing, Err(InvokeError::Failed { reason, .. }) if reason.contains("404")), "{missing:?}");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent: Uri = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let unreachable = RemoteFunction::new("publish", &silent).invoke(Bytes::new()).await;
    assert!(matches!(unreachable, Err(InvokeError::Unreachable { .. })), "{unreachable:?}");
    let unknown = Functions::default().invoke("publish", Bytes::new()).await;
    assert!(matches!(unknown, Err(InvokeError::Unknown { .. })));
}
