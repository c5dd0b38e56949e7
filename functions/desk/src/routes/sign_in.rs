//! `GET /api/desk/sign-in`: to the provider, and back to where somebody wanted to go.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use data_encoding::BASE64URL_NOPAD;
use http::header;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{cookies::Jar, fields::Fields, page::see_other, randomness, state::DeskState};

/// What the cookie of a sign-in is sealed for.
pub(super) const PURPOSE: &str = "sign-in";

/// How long somebody may take to sign in, in seconds.
const PATIENCE: i64 = 600;

/// A sign-in that has begun.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    /// Where to go then.
    pub(super) to: String,
    /// Until when, in seconds since 1970.
    pub(super) until: i64,
}

/// Sends somebody to the provider.
pub(crate) async fn begin(State(desk): State<DeskState>, RawQuery(query): RawQuery) -> Response {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let begun = Begun {
        state: randomness::text(&*desk.randomness),
        nonce: randomness::text(&*desk.randomness),
        verifier: randomness::text(&*desk.randomness),
        to: within_the_desk(asked.text("to")).to_owned(),
        until: desk.clock.now().as_second().saturating_add(PATIENCE),
    };
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(begun.verifier.as_bytes()));
    let mut response = see_other(&desk.sign_in.authorize_url(&begun.state, &begun.nonce, &challenge));
    let sealed = desk.seal.sealed(PURPOSE, &serde_json::to_string(&begun).unwrap_or_default());
    if let Some(cookie) = Jar::SignIn.set(desk.city.scheme, &sealed, PATIENCE) {
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
