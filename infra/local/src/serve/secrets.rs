//! Secrets between the CDN and the functions, kept in the data folder for functions that run elsewhere.

use std::{fs, io, path::Path};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::keys::{KeyError, keep_private, write_private};

/// What the CDN and the functions tell each other by.
#[derive(Clone, Serialize, Deserialize)]
pub struct EdgeSecrets {
    /// Sent by the CDN to the functions.
    pub origin: String,
    /// Sent by the projector to the CDN's purge door.
    pub purge: String,
}

impl std::fmt::Debug for EdgeSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EdgeSecrets(…)")
    }
}

impl EdgeSecrets {
    /// New random secrets of 192 bits each.
    #[must_use]
    pub fn random() -> Self {
        let secret = || URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
        Self { origin: secret(), purge: secret() }
    }

    /// What the desk seals its cookies and forms with: it follows from the others, so that an older folder has one, too.
    #[must_use]
    pub fn desk(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(format!("desk {} {}", self.origin, self.purge)))
    }

    /// Opens the secrets in `<data>/keys/`, making them where there are none.
    ///
    /// # Errors
    /// The folder cannot be used, the file holds none, or others may read it.
    pub fn open(data: &Path) -> Result<Self, KeyError> {
        let file = data.join("keys/edge.json");
        let failed = |source| KeyError::File { file: file.clone(), source };
        match fs::read_to_string(&file) {
            Ok(text) => {
                keep_private(&file)?;
                serde_json::from_str(&text).map_err(|_| KeyError::NotAKey { file })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(data.join("keys")).map_err(failed)?;
                let secrets = Self::random();
                let text = serde_json::to_string(&secrets).map_err(|error| KeyError::Sign(error.to_string()))?;
                write_private(&file, &text).map_err(failed)?;
                Ok(secrets)
            }
            Err(error) => Err(failed(error)),
        }
    }
}
