//! The front door with a reception in memory, to be looked at: `cargo run -p frontdoor --example front -- PORT`, then
//! `http://www.localhost:PORT/form/letter/correction`.
#![expect(clippy::unwrap_used, reason = "the world of the tests, which this shows")]
#![expect(dead_code, reason = "the world of the tests has more than is shown")]

#[path = "../tests/router/world.rs"]
mod world;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let port: u16 = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(8087);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let front = world::World::at(&format!("localhost:{}", listener.local_addr()?.port()), 1_000).router;
    let app = Router::new()
        .route("/_assets/{name}", get(asset))
        .route("/site.css", get(|| async { [(header::CONTENT_TYPE, "text/css")] }))
        .merge(front)
        .layer(middleware::from_fn(as_the_cdn));
    axum::serve(listener, app).await
}

/// What the CDN adds to a request and to an answer.
async fn as_the_cdn(mut request: Request, next: Next) -> Response {
    for (name, value) in [("x-taihu-site", "www"), ("x-taihu-origin", "origin"), ("x-taihu-address", "127.0.0.1")] {
        request.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let mut response = next.run(request).await;
    let policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

async fn asset(gateway::PathParam(name): gateway::PathParam) -> Response {
    match pages::assets().iter().find(|asset| asset.name == name) {
        Some(asset) => ([(header::CONTENT_TYPE, asset.content_type)], asset.bytes.to_vec()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
