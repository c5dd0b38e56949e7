//! Who is at the desk: an access token in a sealed cookie, and nothing on the server.

use gateway::{Scheme, Secret};
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;

use crate::{cookies::Jar, oidc::claim, seal::Seal, sign_in::Token};

const PURPOSE: &str = "session";
/// Most bytes of a token: browsers keep cookies of 4,096 with their names and attributes.
const MOST: usize = 3_800;

/// A session that has not ended.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    token: Secret,
}

impl Session {
    /// The session of a request, if it has one of ours that has not ended.
    pub(crate) fn of(headers: &HeaderMap, scheme: Scheme, seal: &Seal, now: Timestamp) -> Option<Self> {
        Jar::Session.values(headers, scheme).find_map(|value| {
            let (told, tag) = value.rsplit_once('.')?;
            let (until, token) = told.split_once('.')?;
            if !seal.fits(PURPOSE, &[until, token], tag) {
                return None;
            }
            let until = Timestamp::from_second(until.parse().ok()?).ok()?;
            (now < until).then(|| Self { token: Secret::new(token) })
        })
    }

    /// The cookie that begins a session; it lives as long as its token. Nothing for a token that no cookie holds: the browser would drop it and ask for another.
    pub(crate) fn begin(token: &Token, scheme: Scheme, seal: &Seal, now: Timestamp) -> Option<HeaderValue> {
        let (until, access) = (token.expires_at.as_second(), token.access.expose());
        let fits = access.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b',' | b'"' | b'\\'));
        if !fits || access.is_empty() || access.len() > MOST {
            return None;
        }
        let tag = seal.tag(PURPOSE, &[&until.to_string(), access]);
        Jar::Session.set(scheme, &format!("{until}.{access}.{tag}"), until.saturating_sub(now.as_second()))
    }

    /// The cookie that ends it.
    pub(crate) fn end(scheme: Scheme) -> Option<HeaderValue> {
        Jar::Session.set(scheme, "", 0)
    }

    /// Whom forms are bound to: a form outlives the session it was opened in, as long as the same person sends it. A token that names nobody stands for itself.
    pub(crate) fn holder(&self) -> String {
        self.subject().unwrap_or_else(|| self.token().to_owned())
    }

    /// What the API is shown.
    pub(crate) fn token(&self) -> &str {
        self.token.expose()
    }

    /// The subject that the token names, to be shown to himself; the API alone believes it.
    pub(crate) fn subject(&self) -> Option<String> {
        claim(self.token(), "sub")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal() -> Seal {
        Seal::new(Secret::new("secret"))
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn headers(cookie: &HeaderValue) -> HeaderMap {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        HeaderMap::from_iter([(http::header::COOKIE, pair.parse().unwrap())])
    }

    #[test]
    fn a_session_lasts_as_long_as_its_token() {
        let token = Token { access: Secret::new("a.eyJzdWIiOiJsaXNpIn0.c"), expires_at: at(1_000) };
        let cookie = Session::begin(&token, Scheme::Http, &seal(), at(400)).unwrap();
        assert!(cookie.to_str().unwrap().contains("Max-Age=600;"));
        let session = Session::of(&headers(&cookie), Scheme::Http, &seal(), at(999)).unwrap();
        assert_eq!(session.token(), "a.eyJzdWIiOiJsaXNpIn0.c");
        assert_eq!(session.subject().as_deref(), Some("lisi"));
        assert!(Session::of(&headers(&cookie), Scheme::Http, &seal(), at(1_000)).is_none());
        assert!(Session::of(&headers(&cookie), Scheme::Https, &seal(), at(999)).is_none());
    }

    #[test]
    fn a_forged_cookie_is_no_session() {
        let other = Seal::new(Secret::new("other"));
        let token = Token { access: Secret::new("t"), expires_at: at(1_000) };
        let cookie = Session::begin(&token, Scheme::Http, &other, at(0)).unwrap();
        assert!(Session::of(&headers(&cookie), Scheme::Http, &seal(), at(1)).is_none());
        let sealed_for_something_else = format!("1000.t.{}", seal().tag("sign-in", &["1000", "t"]));
        let cookie = Jar::Session.set(Scheme::Http, &sealed_for_something_else, 9).unwrap();
        assert!(Session::of(&headers(&cookie), Scheme::Http, &seal(), at(1)).is_none());
    }

    #[test]
    fn a_token_that_no_cookie_holds_begins_no_session() {
        for access in [String::new(), "a".repeat(MOST + 1), "a;b".to_owned(), "甲".to_owned()] {
            let token = Token { access: Secret::new(access), expires_at: at(1_000) };
            assert!(Session::begin(&token, Scheme::Http, &seal(), at(0)).is_none());
        }
    }

    #[test]
    fn a_token_without_a_subject_has_no_name() {
        for token in ["", "opaque", "a.b.c", "a.W10.c"] {
            assert_eq!(Session { token: Secret::new(token) }.subject(), None, "{token}");
        }
    }
}
