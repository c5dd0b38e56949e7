//! Cookies: their names, how they are read, how they are set.
//!
//! Under https they carry the prefix `__Host-`: no other site of the city can set or shadow them.

use gateway::Scheme;
use http::{HeaderMap, HeaderValue, header};

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jar {
    /// The session.
    Session,
    /// The browser in which sign-ins have begun.
    SignIn,
}

impl Jar {
    fn name(self, scheme: Scheme) -> &'static str {
        match (self, scheme) {
            (Self::Session, Scheme::Http) => "desk",
            (Self::SignIn, Scheme::Http) => "desk-sign-in",
            (Self::Session, Scheme::Https) => "__Host-desk",
            (Self::SignIn, Scheme::Https) => "__Host-desk-sign-in",
        }
    }

    /// Every value that the request has under this name: who may set one beside ours cannot hide it.
    pub(crate) fn values(self, headers: &HeaderMap, scheme: Scheme) -> impl Iterator<Item = &str> {
        let name = self.name(scheme);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(move |pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
    }

    /// Sets it for so many seconds; for none, it is dropped.
    pub(crate) fn set(self, scheme: Scheme, value: &str, seconds: i64) -> Option<HeaderValue> {
        let (path, secure) = match scheme {
            Scheme::Http => ("/api/desk", ""),
            Scheme::Https => ("/", "; Secure"),
        };
        let name = self.name(scheme);
        HeaderValue::try_from(format!(
            "{name}={value}; Path={path}; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
            seconds.max(0)
        ))
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_https_a_cookie_belongs_to_its_host_alone() {
        let set = Jar::Session.set(Scheme::Https, "v", 60).unwrap();
        assert_eq!(set, "__Host-desk=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        let set = Jar::SignIn.set(Scheme::Http, "", -5).unwrap();
        assert_eq!(set, "desk-sign-in=; Path=/api/desk; Max-Age=0; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn a_cookie_is_found_among_others_and_beside_its_shadow() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", "a=b; desk=1; desk-sign-in=x; desk=2".parse().unwrap());
        assert_eq!(Jar::Session.values(&headers, Scheme::Http).collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(Jar::Session.values(&headers, Scheme::Https).count(), 0);
    }
}
