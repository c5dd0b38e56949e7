//! One request through the CDN, from its first line to its last header.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{ConnectInfo, State},
    response::Response,
};
use domain::site::{DESK_HOST, FILES_HOST};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};

use super::{
    address::{Edge, Lasting, Route},
    api::{self, ApiSettings, Told},
    cache::{Cache, Found},
    compress::Coding,
    headers,
    origin::{Origin, OriginError},
    purge,
    stored::Stored,
};
use crate::serve::{
    functions::Functions,
    provider::{self, Provider},
};

/// How long a client may take to send a body.
pub(super) const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// Everything a request may need; shared by all of them.
pub struct Cdn {
    /// Hosts and paths.
    pub edge: Edge,
    /// The pages bucket.
    pub origin: Arc<dyn Origin>,
    /// What is kept of it.
    pub cache: Cache,
    /// The functions behind `/api/` and `/form/`.
    pub functions: Functions,
    /// How requests are handed to them.
    pub api: ApiSettings,
    /// What pages may load ([`headers::page_policy`]).
    pub page_policy: HeaderValue,
    /// What the desk's pages may load ([`headers::desk_policy`]).
    pub desk_policy: HeaderValue,
    /// Where staff sign in, under the desk's host; elsewhere a city has its own.
    pub provider: Option<Arc<Provider>>,
    /// What a purge must carry in `x-taihu-purge`.
    pub purge_secret: String,
}

impl std::fmt::Debug for Cdn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cdn").field("edge", &self.edge).field("functions", &self.functions).finish_non_exhaustive()
    }
}

/// Answers one request.
pub async fn answer(
    State(cdn): State<Arc<Cdn>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Result<Response, Infallible> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = if is_loopback(host) { cdn.edge.city_domain.as_str() } else { host };
    let route = cdn.edge.route(host, request.uri().path(), request.uri().query());
    let of_desk = matches!(&route, Route::Api { site } if site == DESK_HOST);
    let of_files = matches!(&route, Route::Page { site, .. } | Route::NoPage { site } if site == FILES_HOST);
    let mut response = match route {
        _ if request.uri().path() == purge::PATH => purge::answer(&cdn, request).await,
        _ if let Some(provider) = asks_provider(&cdn, host, request.uri().path()) => provider.answer(request).await,
        Route::Page { key, site } => page(&cdn, request.method(), request.headers(), &key, &site).await,
        Route::Asset { key } => page(&cdn, request.method(), request.headers(), &key, &cdn.edge.portal).await,
        Route::Api { site } => api::answer(&cdn, &site, peer, request, Told::Site).await,
        Route::Search { site } => api::answer(&cdn, &site, peer, request, Told::Site).await,
        Route::Form { site } => api::answer(&cdn, &site, peer, request, Told::SiteAndAddress).await,
        Route::NoApi => api::no_such_address(request.uri(), request.headers()),
        Route::Redirect { location, lasting } => redirect(request.method(), &location, lasting),
        Route::NoPage { site } => no_page(&cdn, request.method(), request.headers(), &site).await,
        Route::Nowhere => nowhere(),
    };
    if of_files {
        headers::secure_file(response.headers_mut());
    } else {
        let policy = if of_desk { &cdn.desk_policy } else { &cdn.page_policy };
        headers::secure(response.headers_mut(), policy);
    }
    Ok(response)
}

/// The provider, if it is asked: under the desk's host, or under the bare domain, which a function elsewhere on this machine knows by its number.
fn asks_provider(cdn: &Cdn, host: &str, path: &str) -> Option<Arc<Provider>> {
    let city = cdn.edge.city_domain.as_str();
    let below = host.eq_ignore_ascii_case(city) || host.to_ascii_lowercase() == format!("{DESK_HOST}.{city}");
    cdn.provider.clone().filter(|_| below && path.starts_with(provider::PATH))
}

/// Whether a host is this machine by its number: who types that means the city.
fn is_loopback(host: &str) -> bool {
    let address = host.parse::<SocketAddr>().map(|address| address.ip());
    let address = address.or_else(|_| host.trim_matches(['[', ']']).parse::<IpAddr>());
    address.is_ok_and(|address| address.is_loopback())
}

/// Whether pages answer this method.
fn readable(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

async fn page(cdn: &Arc<Cdn>, method: &Method, request: &HeaderMap, key: &str, site: &str) -> Response {
    if !readable(method) {
        return method_not_allowed();
    }
    match fetch(cdn, key).await {
        Ok(Some(stored)) => {
            let mut response = send(&stored, request, caching(key, &stored), stored.status);
            if key.ends_with(".json") || key.ends_with(".csv") {
                headers::open_to_scripts(response.headers_mut());
            }
            response
        }
        Ok(None) => not_found(cdn, request, site).await,
        Err(error) => unavailable(&error),
    }
}

/// The object at `key` from memory or the bucket, by the cache's rules of freshness.
async fn fetch(cdn: &Arc<Cdn>, key: &str) -> Result<Option<Arc<Stored>>, OriginError> {
    match cdn.cache.find(key, Instant::now()) {
        Found::Fresh(stored) | Found::Stale(stored) => Ok(Some(stored)),
        Found::Revalidate(stored) => {
            let (cdn, key) = (Arc::clone(cdn), key.to_owned());
            tokio::spawn(async move {
                if let Err(error) = load(&cdn, &key).await {
                    tracing::warn!(%error, key, "a stale page could not be revalidated");
                }
            });
            Ok(Some(stored))
        }
        Found::Expired(stored) => match load(cdn, key).await {
            Err(error) => {
                tracing::warn!(%error, key, "the bucket fails; a stale page is served");
                Ok(Some(stored))
            }
            loaded => loaded,
        },
        Found::Missing => load(cdn, key).await,
    }
}

async fn load(cdn: &Cdn, key: &str) -> Result<Option<Arc<Stored>>, OriginError> {
    let ticket = cdn.cache.ticket();
    match cdn.origin.object(key).await? {
        Some(object) => Ok(Some(cdn.cache.keep(key, Arc::new(Stored::new(&object)), ticket, Instant::now()))),
        None => {
            cdn.cache.drop_missing(key);
            Ok(None)
        }
    }
}

/// Assets carry their hash in their name; everything else may change, and may say itself how often.
fn caching(key: &str, stored: &Stored) -> HeaderValue {
    if key.starts_with("_assets/") {
        headers::ASSET_CACHING
    } else {
        stored.cache_control.clone().unwrap_or(headers::PAGE_CACHING)
    }
}

fn send(stored: &Arc<Stored>, request: &HeaderMap, caching: HeaderValue, status: StatusCode) -> Response {
    let compressible = stored.is_compressible();
    let coding = if compressible { Coding::accepted(request) } else { Coding::Identity };
    let (bytes, etag, coding) = stored.body(coding);
    // An ETag never comes back, so one that matches names this very answer, whatever its status. `*` names nothing: it must not turn a 410
    // into a 304 (RFC 9110 §13.2.1).
    let named = |tags: &HeaderValue| stored.is_named_by(tags) || status == StatusCode::OK && tags == "*";
    let not_modified = status == stored.status && request.get(header::IF_NONE_MATCH).is_some_and(named);
    let mut response = if not_modified { Response::new(Body::empty()) } else { Response::new(Body::from(bytes)) };
    *response.status_mut() = if not_modified { StatusCode::NOT_MODIFIED } else { status };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, caching);
    headers.insert(header::ETAG, etag);
    if compressible {
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    if let Some(disposition) = &stored.disposition {
        headers.insert(header::CONTENT_DISPOSITION, disposition.clone());
    }
    if let Some(location) = &stored.location {
        headers.insert(header::LOCATION, location.clone());
    }
    if !not_modified {
        headers.insert(header::CONTENT_TYPE, stored.content_type.clone());
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
    }
    response
}

async fn no_page(cdn: &Arc<Cdn>, method: &Method, request: &HeaderMap, site: &str) -> Response {
    if readable(method) { not_found(cdn, request, site).await } else { method_not_allowed() }
}

/// The site's own page for what is not there, or a bare sentence where the site has none.
async fn not_found(cdn: &Arc<Cdn>, request: &HeaderMap, site: &str) -> Response {
    match fetch(cdn, &format!("{site}/404.html")).await {
        Ok(Some(stored)) => send(&stored, request, headers::MISSING_CACHING, StatusCode::NOT_FOUND),
        Ok(None) => nowhere(),
        Err(error) => unavailable(&error),
    }
}

/// The sentence: there is nothing at this address.
fn nowhere() -> Response {
    plain(StatusCode::NOT_FOUND, "这个地址没有内容。\n", headers::NO_CACHING)
}

fn redirect(method: &Method, location: &str, lasting: Lasting) -> Response {
    // After a 301 or 302 a client may ask with GET what it sent with POST; 307 and 308 keep the method.
    let status = match (lasting, readable(method)) {
        (Lasting::ForGood, true) => StatusCode::MOVED_PERMANENTLY,
        (Lasting::ForNow, true) => StatusCode::FOUND,
        (Lasting::ForGood, false) => return method_not_allowed(),
        (Lasting::ForNow, false) => StatusCode::TEMPORARY_REDIRECT,
    };
    match HeaderValue::from_str(location) {
        Ok(location) => {
            let mut response = plain(status, "", headers::REDIRECT_CACHING);
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        Err(_) => nowhere(),
    }
}

fn method_not_allowed() -> Response {
    let mut response =
        plain(StatusCode::METHOD_NOT_ALLOWED, "网页只能读取。 Pages can only be read.\n", headers::NO_CACHING);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

fn unavailable(error: &OriginError) -> Response {
    tracing::error!(%error, "a page cannot be served");
    let text = "暂时无法打开，请稍后再试。 Not available now, please try again soon.\n";
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, text, headers::NO_CACHING);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// A short answer of the CDN itself.
pub(super) fn plain(status: StatusCode, text: &'static str, caching: HeaderValue) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, caching);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests;
