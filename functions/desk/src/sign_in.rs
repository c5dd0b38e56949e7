//! Where staff sign in: an OpenID provider, spoken to with authorization code and PKCE.

use async_trait::async_trait;
use domain::site::DESK_HOST;
use gateway::{City, Secret};
use jiff::Timestamp;
use thiserror::Error;

/// An OpenID provider.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// The provider's address to which somebody is sent who wants to sign in.
    ///
    /// `challenge` is the S256 challenge of the verifier that [`exchange`](Self::exchange) is given; all three may stand in an address as they are.
    fn authorize_url(&self, state: &str, nonce: &str, challenge: &str) -> String;

    /// Exchanges the code that the provider sent somebody back with for his access token.
    ///
    /// An id token that comes with it must name `nonce`.
    ///
    /// # Errors
    /// The provider did not take the code, cannot be reached, or gave something else than a token.
    async fn exchange(&self, code: &str, verifier: &str, nonce: &str) -> Result<Token, SignInError>;
}

/// Where a provider sends people back to.
#[must_use]
pub fn signed_in_url(city: &City) -> String {
    city.url(DESK_HOST, "/api/desk/signed-in")
}

/// An access token: what the API knows somebody by.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token, as `Authorization: Bearer` carries it.
    pub access: Secret,
    /// When it expires: the session ends with it.
    pub expires_at: Timestamp,
}

/// Why nobody was signed in.
#[derive(Debug, Error)]
pub enum SignInError {
    /// The provider does not take the code.
    #[error("the provider refused the code: {0}")]
    Refused(String),
    /// The provider gave no answer, or none that can be read.
    #[error("the provider cannot be asked: {0}")]
    Unavailable(String),
}
