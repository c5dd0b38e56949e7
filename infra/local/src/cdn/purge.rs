//! The door through which the projector's side says: forget this page.

use axum::{body::Body, response::Response};
use http::{Method, Request, StatusCode, header};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    address::Route,
    headers,
    service::{BODY_PATIENCE, Cdn, plain},
};

/// Where purges are sent, on any host.
pub const PATH: &str = "/_purge";
/// Carries the secret.
pub const SECRET_HEADER: &str = "x-taihu-purge";
/// Bytes of one list.
const LARGEST_LIST: usize = 1024 * 1024;

/// A list of pages to forget, or all: `{"purge": [{"site": "www", "path": "/xw/"}], "all": false}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    purge: Vec<Forgotten>,
    #[serde(default)]
    all: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forgotten {
    site: String,
    path: String,
}

/// Answers `POST /_purge`: a secret in `x-taihu-purge`, a list in the body.
///
/// 204 when the pages it names are forgotten; an entry that is no page is told in the log and holds up no other. 400 for what is no list; 403
/// without the secret.
pub(super) async fn answer(cdn: &Cdn, request: Request<Body>) -> Response {
    let refuse = |status, text| plain(status, text, headers::NO_CACHING);
    if request.method() != Method::POST {
        let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, "purges are sent with POST\n");
        response.headers_mut().insert(header::ALLOW, http::HeaderValue::from_static("POST"));
        return response;
    }
    let given = request.headers().get(SECRET_HEADER).map(http::HeaderValue::as_bytes).unwrap_or_default();
    // Comparing digests takes the same time wherever two secrets differ.
    if Sha256::digest(given) != Sha256::digest(cdn.purge_secret.as_bytes()) {
        return refuse(StatusCode::FORBIDDEN, "the purge secret is missing or wrong\n");
    }
    let read = axum::body::to_bytes(request.into_body(), LARGEST_LIST);
    let Ok(Ok(body)) = tokio::time::timeout(BODY_PATIENCE, read).await else {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "a list has at most 1 MB\n");
    };
    let Ok(list) = serde_json::from_slice::<List>(&body) else {
        return refuse(
            StatusCode::BAD_REQUEST,
            "a list names sites and paths of pages: {\"purge\": [{\"site\", \"path\"}]}\n",
        );
    };
    if list.all {
        cdn.cache.forget_all();
    }
    for key in list.purge.iter().filter_map(|entry| key_of(cdn, entry)) {
        cdn.cache.forget(&key);
    }
    plain(StatusCode::NO_CONTENT, "", headers::NO_CACHING)
}

/// The key under which a page is kept; none where readers are never given a page.
fn key_of(cdn: &Cdn, Forgotten { site, path }: &Forgotten) -> Option<String> {
    let host = format!("{site}.{}", cdn.edge.city_domain);
    match cdn.edge.route(&host, path, None) {
        Route::Page { key, .. } | Route::Asset { key } => Some(key),
        _ => {
            tracing::warn!(site, path, "a purge names no page");
            None
        }
    }
}
