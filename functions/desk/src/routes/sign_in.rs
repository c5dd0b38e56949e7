//! `GET /api/desk/sign-in`: to the provider, and back to where somebody wanted to go.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use data_encoding::BASE64URL_NOPAD;
use http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use crate::{
    attempt::{Attempt, PATIENCE},
    cookies::Jar,
    fields::Fields,
    page::see_other,
    randomness,
    state::DeskState,
};

/// Sends somebody to the provider.
pub(crate) async fn begin(State(desk): State<DeskState>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let (scheme, now) = (desk.city.scheme, desk.clock.now());
    let salt = randomness::text(&*desk.randomness);
    // One browser, whatever it has begun already: tabs that are opened at once sign in beside each other.
    let known = Jar::SignIn.values(&headers, scheme).find(|browser| Attempt::knows(&desk.seal, browser));
    let browser = known.map_or_else(|| Attempt::browser(&desk.seal, &salt), str::to_owned);
    let attempt = Attempt::begin(&desk.seal, &browser, &salt, within_the_desk(asked.text("to")), now);
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(attempt.verifier.as_bytes()));
    let mut response = see_other(&desk.sign_in.authorize_url(&attempt.state, &attempt.nonce, &challenge));
    if let Some(cookie) = Jar::SignIn.set(scheme, &browser, PATIENCE) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The address, if it is one of the desk's pages; else its first page.
fn within_the_desk(to: &str) -> &str {
    let is_path = to.starts_with("/api/desk/") && !to.contains("//") && !to.contains("..") && !to.contains('\\');
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic()) && to.len() <= 1_000;
    let is_no_door = !to.starts_with("/api/desk/sign-in") && !to.starts_with("/api/desk/sign-out");
    if is_path && is_plain && is_no_door { to } else { "/api/desk/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_anywhere_but_to_the_desk() {
        for to in ["/api/desk/", "/api/desk/documents/a?x=1", "/api/desk/signed-in-again"] {
            assert_eq!(within_the_desk(to), to);
        }
        for to in [
            "",
            "https://evil.example/",
            "//evil.example/api/desk/",
            "/api/desk",
            "/api/desk//evil.example",
            "/api/desk/../../x",
            "/api/publish/queue",
            "/api/desk/\\evil.example",
            "/api/desk/\r\nset-cookie:a=b",
            "/api/desk/甲",
            "/api/desk/sign-in?to=/api/desk/",
            "/api/desk/sign-out",
        ] {
            assert_eq!(within_the_desk(to), "/api/desk/", "{to}");
        }
    }
}
