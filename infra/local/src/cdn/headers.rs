//! The headers every answer carries, in one place (QUALITY.md §7).
//!
//! The CDN's response-headers policy in `infra/template.yaml` sends the same.

use domain::site::FILES_HOST;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{self, InvalidHeaderValue},
};

use super::address::Edge;

/// How long a page may be kept and how long served stale (DESIGN.md, Edge).
pub const PAGE_CACHING: HeaderValue =
    HeaderValue::from_static("max-age=0, s-maxage=10, stale-while-revalidate=20, stale-if-error=86400");

/// Hashed assets never change under their name.
pub const ASSET_CACHING: HeaderValue = HeaderValue::from_static(pages::ASSET_CACHE_CONTROL);

/// A page that is not there today may be there in a moment.
pub const MISSING_CACHING: HeaderValue = HeaderValue::from_static("max-age=0, s-maxage=10");

/// Redirections made from the shape of an address alone.
pub const REDIRECT_CACHING: HeaderValue = HeaderValue::from_static("max-age=3600");

/// Answers of functions, and refusals are not kept.
pub const NO_CACHING: HeaderValue = HeaderValue::from_static("no-store");

/// Name and value of each security header but the one that names the host of files.
pub const SECURITY: [(HeaderName, HeaderValue); 6] = [
    (header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
];

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What a file may load: nothing, and it may do nothing either.
const FILE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// What a page may load and who may frame it: nothing from elsewhere but the city's own files, no inline script or style.
///
/// # Errors
/// The city's domain is no part of a header.
pub fn page_policy(edge: &Edge) -> Result<HeaderValue, InvalidHeaderValue> {
    policy(edge, "")
}

/// As [`page_policy`], for the desk: pictures of drafts are looked at in the store at `store`, where they lie.
///
/// # Errors
/// The city's domain or the store's address is no part of a header.
pub fn desk_policy(edge: &Edge, store: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    policy(edge, &format!(" {store}"))
}

fn policy(edge: &Edge, pictures: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    let files = format!("{}://{FILES_HOST}.{}", edge.scheme, edge.city_domain);
    HeaderValue::try_from(format!(
        "default-src 'none'; style-src 'self'; img-src 'self' {files}{pictures}; media-src {files}; script-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ))
}

/// Lets the scripts of any site read the JSON beside a page, or a table; nobody is asked who he is for it.
pub fn open_to_scripts(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

/// Puts the security headers of a page into `headers`, over whatever stands there.
pub fn secure(headers: &mut HeaderMap, page_policy: &HeaderValue) {
    headers.insert(header::CONTENT_SECURITY_POLICY, page_policy.clone());
    for (name, value) in SECURITY {
        headers.insert(name, value);
    }
}

/// As [`secure`], of what lies under the host of files: any site may show it, and it does nothing by itself.
pub fn secure_file(headers: &mut HeaderMap) {
    secure(headers, &FILE_POLICY);
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
}
