//! Tokens of a test's own issuer.

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp, jwk::Jwk};
use serde_json::{Value, json};

/// Who issues the tokens.
pub const ISSUER: &str = "https://login.test";

/// For whom they are.
pub const AUDIENCE: &str = "taihu";

const KID: &str = "test";

/// An Ed25519 key made of one repeated byte.
fn key(seed: u8) -> Result<EncodingKey> {
    // PKCS #8 up to the seed.
    let mut der = HEXLOWER.decode(b"302e020100300506032b657004220420")?;
    der.extend_from_slice(&[seed; 32]);
    Ok(EncodingKey::from_ed_der(&der))
}

/// The JWKS document of the issuer.
///
/// # Errors
/// The key cannot be made.
pub fn jwks() -> Result<String> {
    let mut jwk = Jwk::from_encoding_key(&key(1)?, Algorithm::EdDSA)?;
    jwk.common.key_id = Some(KID.to_owned());
    Ok(json!({ "keys": [jwk] }).to_string())
}

/// Subject of the city's first administrator, as the app is configured.
pub const ADMINISTRATOR: &str = "administrator";

/// Subject of the registrar of the whole city.
pub const REGISTRAR: &str = "registrar";

/// The claims of `subject`, for an hour. A token tells who somebody is; what he may do is in the ledger.
#[must_use]
pub fn claims(subject: &str) -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "name": "测试",
        "exp": get_current_timestamp() + 3600,
    })
}

/// A token of `subject`.
///
/// # Errors
/// The token cannot be signed.
pub fn of(subject: &str) -> Result<String> {
    sign(&claims(subject))
}

/// A token of the registrar of the whole city.
///
/// # Errors
/// The token cannot be signed.
pub fn city_registrar() -> Result<String> {
    of(REGISTRAR)
}

/// Signs `claims` as the issuer does.
///
/// # Errors
/// The token cannot be signed.
pub fn sign(claims: &Value) -> Result<String> {
    sign_with(claims, 1)
}

/// Signs `claims` with somebody else's key under the issuer's key id.
///
/// # Errors
/// The token cannot be signed.
pub fn forge(claims: &Value) -> Result<String> {
    sign_with(claims, 2)
}

fn sign_with(claims: &Value, seed: u8) -> Result<String> {
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some(KID.to_owned());
    encode(&header, claims, &key(seed)?).context("the token cannot be signed")
}
