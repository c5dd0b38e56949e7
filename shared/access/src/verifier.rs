//! Who is asking: bearer tokens.

use std::collections::BTreeMap;

use domain::ActorId;
use jsonwebtoken::{Validation, decode, decode_header, errors::ErrorKind, get_current_timestamp};
use serde::Deserialize;
use thiserror::Error;

use crate::keys::{self, Key, KeyError};

/// How far clocks may be apart.
const LEEWAY_SECONDS: u64 = 30;

/// Longest token that is looked at, in bytes.
const TOKEN_LIMIT: usize = 8 * 1024;

/// Why a token was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TokenRefusal {
    /// It is no signed token, or too long.
    #[error("the token is malformed")]
    Malformed,
    /// Its header names no key, or one that is not known.
    #[error("the token names no known key")]
    UnknownKey,
    /// Its header names another algorithm than its key's, or extensions that must be understood.
    #[error("the token's algorithm is not its key's")]
    Algorithm,
    /// The signature is not the key's.
    #[error("the token's signature is wrong")]
    Signature,
    /// Somebody else issued it.
    #[error("the token has another issuer")]
    Issuer,
    /// It was issued for another service.
    #[error("the token is for another audience")]
    Audience,
    /// It is not valid yet.
    #[error("the token is not valid yet")]
    TooEarly,
    /// It was valid, and is no more: good for finding the answer to an earlier request, for nothing else.
    #[error("the token has expired")]
    Expired {
        /// Whose it was.
        actor: ActorId,
    },
    /// A claim is missing or not as it should be.
    #[error("the token's claim `{claim}` is missing or malformed")]
    Claim {
        /// The claim.
        claim: String,
    },
}

/// Checks bearer tokens against one issuer's keys.
#[derive(Debug, Clone)]
pub struct Verifier {
    issuer: String,
    audience: String,
    keys: BTreeMap<String, Key>,
}

#[derive(Debug, Deserialize)]
struct Claims {
    exp: f64,
    sub: Option<String>,
}

impl Verifier {
    /// Checks tokens of `issuer` for `audience` with the keys of a JWKS document.
    ///
    /// # Errors
    /// The document cannot be used; every key must have a `kid` of its own and name EdDSA, ES256 or RS256.
    pub fn new(issuer: &str, audience: &str, jwks: &str) -> Result<Self, KeyError> {
        Ok(Self { issuer: issuer.to_owned(), audience: audience.to_owned(), keys: keys::read(jwks)? })
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// The token is not taken; an expired one still tells whose it was.
    pub fn verify(&self, token: &str) -> Result<ActorId, TokenRefusal> {
        self.verify_at(token, get_current_timestamp())
    }

    /// As [`verify`](Self::verify); `now` in seconds since 1970 decides about `exp` alone.
    fn verify_at(&self, token: &str, now: u64) -> Result<ActorId, TokenRefusal> {
        if token.len() > TOKEN_LIMIT {
            return Err(TokenRefusal::Malformed);
        }
        let header = decode_header(token).map_err(|error| match error.kind() {
            // `alg: none` and names nobody knows do not parse as an algorithm.
            ErrorKind::Json(_) | ErrorKind::InvalidAlgorithmName => TokenRefusal::Algorithm,
            _ => TokenRefusal::Malformed,
        })?;
        let key = header.kid.as_ref().and_then(|kid| self.keys.get(kid)).ok_or(TokenRefusal::UnknownKey)?;
        if header.crit.is_some() {
            return Err(TokenRefusal::Algorithm);
        }
        let mut validation = Validation::new(key.algorithm);
        validation.leeway = LEEWAY_SECONDS;
        validation.validate_nbf = true;
        // `exp` is judged below, so that an expired token can still tell whose it was.
        validation.validate_exp = false;
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let claims = decode::<Claims>(token, &key.key, &validation).map_err(|error| refusal(error.kind()))?.claims;
        let expires = claims.exp;
        let actor = actor(claims)?;
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 fit a double exactly")]
        let expired = expires + LEEWAY_SECONDS as f64 <= now as f64;
        if expired {
            return Err(TokenRefusal::Expired { actor });
        }
        Ok(actor)
    }
}

fn refusal(kind: &ErrorKind) -> TokenRefusal {
    match kind {
        ErrorKind::InvalidSignature => TokenRefusal::Signature,
        ErrorKind::InvalidAlgorithm => TokenRefusal::Algorithm,
        ErrorKind::InvalidIssuer => TokenRefusal::Issuer,
        ErrorKind::InvalidAudience => TokenRefusal::Audience,
        ErrorKind::ImmatureSignature => TokenRefusal::TooEarly,
        ErrorKind::MissingRequiredClaim(claim) | ErrorKind::InvalidClaimFormat(claim) => {
            TokenRefusal::Claim { claim: claim.clone() }
        }
        ErrorKind::Json(_) => TokenRefusal::Claim { claim: "payload".to_owned() },
        _ => TokenRefusal::Malformed,
    }
}

fn actor(claims: Claims) -> Result<ActorId, TokenRefusal> {
    let missing = || TokenRefusal::Claim { claim: "sub".to_owned() };
    let actor: ActorId = claims.sub.and_then(|sub| sub.parse().ok()).ok_or_else(missing)?;
    // INVARIANT: `system:` actors are the platform itself, `citizen:` ones hold a query code; no token may speak for either.
    if actor.is_platform() || actor.is_citizen() { Err(missing()) } else { Ok(actor) }
}
