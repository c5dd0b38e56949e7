//! Functions are reached through the CDN only.

use http::HeaderMap;
use sha2::{Digest, Sha256};

use crate::config::Secret;

/// Header in which the CDN shows the origin secret.
const HEADER: &str = "x-taihu-origin";

/// Whether a request came through the CDN: it shows `secret`, or there is none to show.
///
/// Digests are compared, so that the time it takes tells nothing of the secret.
#[must_use]
pub fn comes_through_the_cdn(headers: &HeaderMap, secret: Option<&Secret>) -> bool {
    let Some(secret) = secret else { return true };
    headers
        .get(HEADER)
        .is_some_and(|shown| Sha256::digest(shown.as_bytes()) == Sha256::digest(secret.expose().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_opens_the_door() {
        let secret = Secret::new("s3cret");
        let mut headers = HeaderMap::new();
        assert!(comes_through_the_cdn(&headers, None));
        assert!(!comes_through_the_cdn(&headers, Some(&secret)));
        headers.insert(HEADER, "s3cre".parse().unwrap());
        assert!(!comes_through_the_cdn(&headers, Some(&secret)));
        headers.insert(HEADER, "s3cret".parse().unwrap());
        assert!(comes_through_the_cdn(&headers, Some(&secret)));
    }
}
