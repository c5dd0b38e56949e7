//! What wraps the departments' and the server's keys: KMS, or a key file on one machine.

mod file;
mod kms;

use std::{fmt, path::Path, path::PathBuf, sync::Arc};

use aws_types::SdkConfig;
use ledger::StoreError;
use thiserror::Error;

pub use file::KeyFile;

use crate::key::Key;
use file::Kept;
use kms::Kms;

/// What wraps keys that are stored; whoever has it and the tables can open everything that was not erased.
#[derive(Clone)]
pub struct Root(Arc<Inner>);

enum Inner {
    Kms(Kms),
    File(Kept),
}

/// A key as it is stored, and by what it was wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    /// `kms`, or `file:` and the id of a key of the file.
    pub(crate) by: String,
    pub(crate) bytes: Vec<u8>,
}

/// The root did not wrap or unwrap.
#[derive(Debug, Error)]
pub enum RootError {
    /// The key file cannot be used.
    #[error("cannot use the key file `{}`: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Others may read the key file.
    #[error("the key file `{}` can be read by others; run: chmod 600 {}", file.display(), file.display())]
    Exposed {
        /// The file.
        file: PathBuf,
    },
    /// The file holds no keys.
    #[error("the file `{}` is no key file: {reason}", file.display())]
    NotAKeyFile {
        /// The file.
        file: PathBuf,
        /// What is wrong; never what it holds.
        reason: &'static str,
    },
    /// A key was wrapped by another root, or by a key that the file has no more.
    #[error("`{name}` was wrapped by `{by}`, which is not at hand")]
    Unknown {
        /// Whose key.
        name: String,
        /// By what.
        by: String,
    },
    /// The wrapped key does not open: it belongs to another name, or is damaged.
    #[error("the wrapped key of `{name}` does not open")]
    Unopened {
        /// Whose key.
        name: String,
    },
    /// KMS will not: the key is disabled, pending deletion or not this function's to use.
    #[error("KMS refuses: {reason}")]
    Refused {
        /// What KMS said.
        reason: String,
    },
    /// KMS cannot be reached or asks for patience.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RootError {
    /// Whether it does not pass by itself: what wraps the departments' keys is gone, damaged or exposed.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        !matches!(self, Self::Store(_))
    }
}

impl Root {
    /// The KMS key of this id, ARN or alias.
    #[must_use]
    pub fn kms(sdk: &SdkConfig, key: impl Into<String>) -> Self {
        Self(Arc::new(Inner::Kms(Kms::new(aws_sdk_kms::Client::new(sdk), key.into()))))
    }

    /// As [`kms`](Self::kms), with a client of one's own.
    #[must_use]
    pub fn kms_by(client: aws_sdk_kms::Client, key: impl Into<String>) -> Self {
        Self(Arc::new(Inner::Kms(Kms::new(client, key.into()))))
    }

    /// The key file at `path`; only its owner may read it.
    ///
    /// # Errors
    /// It is missing, exposed or no key file.
    pub fn file(path: &Path) -> Result<Self, RootError> {
        Ok(Self(Arc::new(Inner::File(Kept::open(path)?))))
    }

    /// The key called `name` as it may be stored.
    pub(crate) async fn wrap(&self, name: &str, key: &Key) -> Result<Wrapped, RootError> {
        match &*self.0 {
            Inner::Kms(kms) => kms.wrap(name, key).await,
            Inner::File(file) => file.wrap(name, key),
        }
    }

    /// The key that was stored as that of `name`.
    pub(crate) async fn unwrap(&self, name: &str, wrapped: &Wrapped) -> Result<Key, RootError> {
        match &*self.0 {
            Inner::Kms(kms) => kms.unwrap(name, wrapped).await,
            Inner::File(file) => file.unwrap(name, wrapped),
        }
    }
}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.0 {
            Inner::Kms(_) => "Root(KMS)",
            Inner::File(_) => "Root(key file)",
        })
    }
}
