//! `/api/<capability>/…` and `/form/<capability>/…`: a request becomes an event, the function's result a response.

use std::net::SocketAddr;

use axum::{
    body::{Body, to_bytes},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use gateway::{BODY_LIMIT, FILE_LIMIT, OCTETS, Problem, ProblemKind, RequestId, Sentence, kinds};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri, header};
use jiff::Timestamp;

use super::{
    headers,
    service::{BODY_PATIENCE, Cdn},
};
use crate::serve::gateway_event::{self, GatewayRequest};

/// Where a file is sent as it is.
const FILES: &str = "/api/publish/files";

/// Where forms are sent; how large they may be the desk tells in words of its own.
const DESK: &str = "/api/desk/";

/// Bytes of a form: what API Gateway takes.
const FORM: usize = 10 * 1024 * 1024;

/// Where citizens send forms; those functions tell themselves what is too large.
const CITIZENS: &str = "/form/";

/// Says which site a request was sent to; only the CDN sets it.
pub const SITE_HEADER: HeaderName = HeaderName::from_static("x-taihu-site");
/// Says where a request came from; only the CDN sets it, and only for functions that count tries.
pub const ADDRESS_HEADER: HeaderName = HeaderName::from_static("x-taihu-address");
/// Proves to a function that a request came through the CDN.
pub const ORIGIN_HEADER: HeaderName = HeaderName::from_static("x-taihu-origin");

/// How requests are handed to the functions.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// The value of [`ORIGIN_HEADER`].
    pub origin_secret: HeaderValue,
}

/// What a function is told of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Which site it was sent to.
    Site,
    /// That, and from which address.
    SiteAndAddress,
}

/// Answers a request to `/api/` or `/form/`; a problem of the CDN's own names the request as one of a function does.
pub(super) async fn answer(cdn: &Cdn, site: &str, peer: SocketAddr, request: Request<Body>, told: Told) -> Response {
    let (uri, id) = (request.uri().clone(), RequestId::of_request(request.headers()));
    gateway::completed(passed_on(cdn, site, peer, request, (&id, told)).await, &uri, &id)
}

async fn passed_on(
    cdn: &Cdn,
    site: &str,
    peer: SocketAddr,
    request: Request<Body>,
    (id, told): (&RequestId, Told),
) -> Response {
    let (parts, body) = request.into_parts();
    let Some(capability) = capability(parts.uri.path()).filter(|capability| cdn.functions.has(capability)) else {
        return Problem::plain(&kinds::NOT_FOUND).into_response();
    };
    let capability = capability.to_owned();
    let body = match read(parts.uri.path(), &parts.headers, body).await {
        Ok(body) => body,
        Err(problem) => return refuse_body(problem),
    };
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let request_id = id.as_str();
    let mut headers = forwarded(cdn, site, parts.headers);
    if told == Told::SiteAndAddress
        && let Ok(address) = HeaderValue::from_str(&peer.ip().to_string())
    {
        headers.insert(ADDRESS_HEADER, address);
    }
    let event = GatewayRequest {
        method: &parts.method,
        uri: &parts.uri,
        headers: &headers,
        body: &body,
        host: &host,
        source_ip: &peer.ip().to_string(),
        at: Timestamp::now(),
        request_id,
    };
    let answer = cdn.functions.invoke(&capability, Bytes::from(event.event().to_string())).await;
    let response = match answer {
        Ok(answer) => gateway_event::answer(&answer).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match response {
        Ok(response) => finish(response.map(Body::from)),
        Err(error) => {
            tracing::error!(error, capability, request_id, "a function gave no answer");
            Problem::plain(&kinds::INTERNAL).into_response()
        }
    }
}

/// Which function answers: `/api/<capability>/<rest>`, `/form/<capability>/<name>`, as on AWS, where a function's routes are below its capability only; what is
/// in no such folder is the search of a site.
fn capability(path: &str) -> Option<&str> {
    let mut segments = path.splitn(4, '/').skip(1);
    match (segments.next()?, segments.next(), segments.next()) {
        ("api" | "form", Some(capability), Some(rest)) if !rest.is_empty() => Some(capability),
        ("api" | "form", ..) => None,
        _ => Some(SEARCH),
    }
}

/// The function that answers searches.
const SEARCH: &str = "query";

/// There is nothing at this address of the API: the problem that the CDN function answers with, word for word.
pub(super) fn no_such_address(uri: &Uri, headers: &HeaderMap) -> Response {
    gateway::completed(Problem::plain(&kinds::NOT_FOUND).into_response(), uri, &RequestId::of_request(headers))
}

/// The body, refused while it is being read as soon as it is too large.
async fn read(path: &str, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let (limit, kind) = limit(path, headers);
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large(kind));
    }
    match tokio::time::timeout(BODY_PATIENCE, to_bytes(body, limit)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) if is_limit(&error) => Err(too_large(kind)),
        Ok(Err(_)) | Err(_) => Err(Problem::plain(&kinds::BODY_INCOMPLETE)),
    }
}

/// How many bytes a body may have, and what is said of more: a file is larger than what somebody writes.
fn limit(path: &str, headers: &HeaderMap) -> (usize, &'static ProblemKind) {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is = |wanted: &str| kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted));
    if path.starts_with(DESK) || path.starts_with(CITIZENS) {
        return (FORM, &kinds::BODY_TOO_LARGE);
    }
    if path == FILES && is(OCTETS) {
        (FILE_LIMIT, &kinds::FILE_TOO_LARGE)
    } else {
        (BODY_LIMIT, &kinds::BODY_TOO_LARGE)
    }
}

fn too_large(kind: &ProblemKind) -> Problem {
    Problem::of(kind, Sentence::new(kind.remedy, kind.remedy_en))
}

fn is_limit(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>())
}

/// What is left of the body is not read, so the connection cannot carry another request.
fn refuse_body(problem: Problem) -> Response {
    let mut response = problem.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The client's headers without those only the CDN may set, and with the CDN's own.
fn forwarded(cdn: &Cdn, site: &str, mut headers: HeaderMap) -> HeaderMap {
    let forged: Vec<HeaderName> =
        headers.keys().filter(|name| name.as_str().starts_with("x-taihu-")).cloned().collect();
    for name in forged {
        headers.remove(name);
    }
    // A label is a-z, 0-9 and -: always a header value.
    if let Ok(site) = HeaderValue::from_str(site) {
        headers.insert(SITE_HEADER, site);
    }
    headers.insert(ORIGIN_HEADER, cdn.api.origin_secret.clone());
    headers
}

/// What the function says stands, except where only the CDN can know: connection and length.
fn finish(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for name in [header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
        headers.remove(name);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(headers::NO_CACHING);
    response
}
