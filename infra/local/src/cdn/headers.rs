//! The headers every answer carries, in one place (QUALITY.md §7).
//!
//! The CDN's response-headers policy in `infra/template.yaml` sends the same.

use http::{HeaderMap, HeaderName, HeaderValue, header};

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

/// What may be loaded and by whom: nothing from elsewhere, no inline script or style.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; \
                                           connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Name and value of each security header.
pub const SECURITY: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Lets the scripts of any site read the JSON beside a page; nobody is asked who he is for it.
pub fn open_to_scripts(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

/// Puts the security headers into `headers`, over whatever stands there.
pub fn secure(headers: &mut HeaderMap) {
    for (name, value) in SECURITY {
        headers.insert(name, value);
    }
}
