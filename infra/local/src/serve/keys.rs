//! The local issuer: the key that signs staff tokens on one machine.
//!
//! In production a city's identity provider signs them; the functions see the same claims and the same kind of JWKS either way.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Who issues tokens on one machine.
pub const ISSUER: &str = "https://issuer.taihu.local";
/// Whom the tokens are for.
pub const AUDIENCE: &str = "taihu";

/// The key could not be made, read or used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The folder or file cannot be used.
    #[error("cannot use the key file `{}`: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file holds no key.
    #[error("the file `{}` is not a signing key; move it away and start again to get a new one", file.display())]
    NotAKey {
        /// The file.
        file: PathBuf,
    },
    /// Others may read the key.
    #[error("the key file `{}` can be read by others; run: chmod 600 {}", file.display(), file.display())]
    Exposed {
        /// The file.
        file: PathBuf,
    },
    /// The token could not be signed.
    #[error("the token cannot be signed: {0}")]
    Sign(String),
}

#[derive(Serialize)]
struct Registered<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    sub: &'a str,
}

/// Signs staff tokens with the key of one data folder.
pub struct LocalIssuer {
    key: SigningKey,
    kid: String,
}

impl std::fmt::Debug for LocalIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalIssuer").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl LocalIssuer {
    /// Opens the key in `<data>/keys/`, making it where there is none; only its owner may read it.
    ///
    /// # Errors
    /// The folder cannot be used, the file is no key, or others may read it.
    pub fn open(data: &Path) -> Result<Self, KeyError> {
        let folder = data.join("keys");
        let file = folder.join("issuer.key");
        let failed = |source| KeyError::File { file: file.clone(), source };
        match fs::read_to_string(&file) {
            Ok(text) => {
                keep_private(&file)?;
                let seed = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|seed| <[u8; 32]>::try_from(seed).ok());
                seed.map(Self::from_seed).ok_or(KeyError::NotAKey { file })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(&folder).map_err(failed)?;
                let seed: [u8; 32] = rand::random();
                write_private(&file, &URL_SAFE_NO_PAD.encode(seed)).map_err(failed)?;
                Ok(Self::from_seed(seed))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The issuer of a seed; for tests and for whoever keeps keys elsewhere.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(&seed);
        let digest = Sha256::digest(key.verifying_key().as_bytes());
        let kid = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { key, kid }
    }

    /// The public half as a JWKS document.
    #[must_use]
    pub fn jwks(&self) -> Value {
        json!({"keys": [{
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "EdDSA",
            "use": "sig",
            "kid": self.kid,
            "x": URL_SAFE_NO_PAD.encode(self.key.verifying_key().as_bytes()),
        }]})
    }

    /// A token of `subject`, good from `now` for `hours`. It tells who he is; what he may do is in the ledger.
    ///
    /// # Errors
    /// The key or the claims cannot be encoded.
    pub fn token(&self, subject: &str, now: Timestamp, hours: u32) -> Result<String, KeyError> {
        let failed = |error: &dyn std::fmt::Display| KeyError::Sign(error.to_string());
        let der = self.key.to_pkcs8_der().map_err(|error| failed(&error))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.kid.clone());
        let iat = now.as_second();
        let exp = iat + i64::from(hours) * 3600;
        let claims = Registered { iss: ISSUER, aud: AUDIENCE, iat, nbf: iat, exp, sub: subject };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes()))
            .map_err(|error| failed(&error))
    }
}

#[cfg(unix)]
pub(super) fn keep_private(file: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(file).map_err(|source| KeyError::File { file: file.to_owned(), source })?;
    if metadata.permissions().mode() & 0o077 == 0 { Ok(()) } else { Err(KeyError::Exposed { file: file.to_owned() }) }
}

#[cfg(not(unix))]
pub(super) fn keep_private(_: &Path) -> Result<(), KeyError> {
    Ok(())
}

pub(super) fn write_private(file: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut handle = options.open(file)?;
    handle.write_all(text.as_bytes())?;
    handle.sync_all()
}

#[cfg(test)]
mod tests;
