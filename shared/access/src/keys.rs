//! The keys of a JWKS document that may sign tokens.

use std::collections::BTreeMap;

use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse},
};
use thiserror::Error;

/// Why a JWKS document cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// It is no JWKS document.
    #[error("the JWKS document does not parse: {reason}")]
    Unreadable {
        /// What serde said.
        reason: String,
    },
    /// A key has no `kid`.
    #[error("key {place} of the JWKS document has no `kid`")]
    Nameless {
        /// Its place, from 0.
        place: usize,
    },
    /// Two keys have one `kid`.
    #[error("the JWKS document has two keys `{kid}`")]
    Twice {
        /// The name.
        kid: String,
    },
    /// A key's `alg` is not EdDSA, ES256 or RS256.
    #[error("key `{kid}` must name EdDSA, ES256 or RS256 as its `alg`")]
    Algorithm {
        /// Its name.
        kid: String,
    },
    /// A key's material does not fit its algorithm.
    #[error("key `{kid}` does not fit its `alg`")]
    Material {
        /// Its name.
        kid: String,
    },
    /// There is no key that may sign.
    #[error("the JWKS document has no key to check signatures with")]
    None,
}

/// One key and the only algorithm it may be used with.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) algorithm: Algorithm,
    pub(crate) key: DecodingKey,
}

/// Keys by `kid`; keys for encryption are passed over.
pub(crate) fn read(jwks: &str) -> Result<BTreeMap<String, Key>, KeyError> {
    let set: JwkSet = serde_json::from_str(jwks).map_err(|error| KeyError::Unreadable { reason: error.to_string() })?;
    let mut keys = BTreeMap::new();
    for (place, jwk) in set.keys.iter().enumerate() {
        if jwk.common.public_key_use == Some(PublicKeyUse::Encryption) {
            continue;
        }
        let kid = jwk.common.key_id.clone().ok_or(KeyError::Nameless { place })?;
        let key = key(&kid, jwk)?;
        if keys.insert(kid.clone(), key).is_some() {
            return Err(KeyError::Twice { kid });
        }
    }
    if keys.is_empty() {
        return Err(KeyError::None);
    }
    Ok(keys)
}

fn key(kid: &str, jwk: &Jwk) -> Result<Key, KeyError> {
    let material = || KeyError::Material { kid: kid.to_owned() };
    let key = DecodingKey::from_jwk(jwk).map_err(|_| material())?;
    // INVARIANT: the algorithm comes from the key, never from the token.
    let (algorithm, fits) = match (jwk.common.key_algorithm, &jwk.algorithm) {
        (Some(KeyAlgorithm::EdDSA), AlgorithmParameters::OctetKeyPair(_)) => {
            (Algorithm::EdDSA, key.try_get_as_bytes().is_ok_and(|bytes| bytes.len() == 32))
        }
        (Some(KeyAlgorithm::ES256), AlgorithmParameters::EllipticCurve(_)) => {
            (Algorithm::ES256, key.try_get_as_bytes().is_ok_and(|bytes| bytes.len() == 65))
        }
        // 342 characters of base64 are the 2,048 bits below which an RSA key is too weak.
        (Some(KeyAlgorithm::RS256), AlgorithmParameters::RSA(rsa)) => (Algorithm::RS256, rsa.n.len() >= 342),
        (Some(KeyAlgorithm::EdDSA | KeyAlgorithm::ES256 | KeyAlgorithm::RS256), _) => return Err(material()),
        _ => {
            return Err(KeyError::Algorithm { kid: kid.to_owned() });
        }
    };
    if fits { Ok(Key { algorithm, key }) } else { Err(material()) }
}
