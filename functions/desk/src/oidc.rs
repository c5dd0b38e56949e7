//! An OpenID provider over HTTPS: authorization code with PKCE (RFC 6749, RFC 7636; OpenID Connect Core 3.1).

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use form_urlencoded::Serializer;
use gateway::{City, Desk, Secret};
use http::{Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use jiff::Timestamp;
use serde::Deserialize;

use crate::sign_in::{SignIn, SignInError, Token, signed_in_url};

/// How long the provider is waited for.
const PATIENCE: Duration = Duration::from_secs(8);

/// Most bytes of its answer.
const LARGEST_ANSWER: usize = 1 << 18;

/// An OpenID provider over HTTPS.
pub struct Oidc {
    provider: Desk,
    redirect: String,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// What the token endpoint answers with.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<i64>,
    id_token: Option<String>,
}

impl Oidc {
    /// A client of `provider`, for the desk of `city`.
    ///
    /// # Errors
    /// The machine has no certificates to know the provider by.
    pub fn new(provider: Desk, city: &City) -> std::io::Result<Self> {
        let tls = rustls::crypto::aws_lc_rs::default_provider();
        let connector = HttpsConnectorBuilder::new().with_provider_and_native_roots(tls)?;
        let client = Client::builder(TokioExecutor::new()).build(connector.https_or_http().enable_http1().build());
        Ok(Self { provider, redirect: signed_in_url(city), client })
    }

    /// What the token endpoint is sent.
    fn form(&self, code: &str, verifier: &str) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("client_id", &self.provider.client)
            .append_pair("code_verifier", verifier);
        if let Some(secret) = &self.provider.client_secret {
            form.append_pair("client_secret", secret.expose());
        }
        form.finish()
    }

    async fn asked(&self, code: &str, verifier: &str) -> Result<(u16, Bytes), String> {
        let request = Request::post(&self.provider.token)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(Full::from(self.form(code, verifier)))
            .map_err(|error| error.to_string())?;
        let answer = self.client.request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), LARGEST_ANSWER).collect().await;
        Ok((status, body.map_err(|error| error.to_string())?.to_bytes()))
    }
}

#[async_trait]
impl SignIn for Oidc {
    fn authorize_url(&self, state: &str, nonce: &str, challenge: &str) -> String {
        let mut query = Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.provider.client)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("scope", "openid")
            .append_pair("state", state)
            .append_pair("nonce", nonce)
            .append_pair("code_challenge", challenge)
            .append_pair("code_challenge_method", "S256");
        let joint = if self.provider.authorize.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}", self.provider.authorize, query.finish())
    }

    async fn exchange(&self, code: &str, verifier: &str, nonce: &str) -> Result<Token, SignInError> {
        let asked = tokio::time::timeout(PATIENCE, self.asked(code, verifier)).await;
        let (status, body) = asked.map_err(|late| late.to_string()).flatten().map_err(SignInError::Unavailable)?;
        if status >= 500 {
            return Err(SignInError::Unavailable(format!("it answers {status}")));
        }
        if status != 200 {
            return Err(SignInError::Refused(format!("it answers {status}")));
        }
        let answer: Answer = serde_json::from_slice(&body)
            .map_err(|error| SignInError::Unavailable(format!("its answer is no token: {error}")))?;
        // It came from the provider itself, over TLS: its signature need not be checked (OpenID Connect Core 3.1.3.7, 6), its nonce must be ours.
        if answer.id_token.and_then(|id_token| claim(&id_token, "nonce")).as_deref() != Some(nonce) {
            return Err(SignInError::Refused("its id token is missing, or of another sign-in".to_owned()));
        }
        let seconds = answer.expires_in.unwrap_or(3600).clamp(0, 86_400);
        let expires_at = Timestamp::now() + Duration::from_secs(seconds.unsigned_abs());
        Ok(Token { access: Secret::new(answer.access_token), expires_at })
    }
}

/// A text among the claims of a token, which nobody has checked here.
pub(crate) fn claim(token: &str, name: &str) -> Option<String> {
    let claims = token.split('.').nth(1)?;
    let claims = data_encoding::BASE64URL_NOPAD.decode(claims.as_bytes()).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    claims.get(name)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use gateway::Scheme;

    use super::*;

    fn oidc(authorize: &str) -> Oidc {
        let provider = Desk {
            authorize: authorize.to_owned(),
            token: "http://127.0.0.1:9/token".to_owned(),
            client: "desk".to_owned(),
            client_secret: None,
            secret: Secret::new("hidden"),
        };
        let city = City { domain: "city.example".to_owned(), scheme: Scheme::Https, portal: "www".to_owned() };
        Oidc::new(provider, &city).unwrap()
    }

    #[test]
    fn the_provider_is_asked_for_a_code_with_everything_encoded() {
        let url = oidc("https://login.example/authorize?tenant=1").authorize_url("s t", "n", "c");
        assert_eq!(
            url,
            "https://login.example/authorize?tenant=1&response_type=code&client_id=desk&\
             redirect_uri=https%3A%2F%2Fdesk.city.example%2Fapi%2Fdesk%2Fsigned-in&scope=openid&state=s+t&nonce=n&\
             code_challenge=c&code_challenge_method=S256"
        );
    }

    #[tokio::test]
    async fn a_provider_that_is_not_there_is_no_refusal() {
        let told = oidc("https://login.example/").exchange("code", "verifier", "nonce").await;
        assert!(matches!(told, Err(SignInError::Unavailable(_))));
    }

    #[test]
    fn a_claim_is_read_out_of_a_token() {
        let claims = data_encoding::BASE64URL_NOPAD.encode(br#"{"nonce":"n","iat":1}"#);
        let token = format!("x.{claims}.y");
        assert_eq!(claim(&token, "nonce").as_deref(), Some("n"));
        assert_eq!((claim(&token, "iat"), claim(&token, "sub"), claim("x", "nonce")), (None, None, None));
    }
}
