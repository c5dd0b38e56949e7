//! Where files wait from being added to a form until the form is sent: as ciphertext, each under a key of its own that is only in the form.

use async_trait::async_trait;
use jiff::Timestamp;
use thiserror::Error;

use crate::submission::Personal;

/// Keeps files that no case has taken yet.
#[async_trait]
pub trait Quarantine: Send + Sync {
    /// Lays a file away under a new key, which is kept nowhere; what nobody sends goes after two days.
    ///
    /// # Errors
    /// It is not kept now.
    async fn keep(&self, bytes: &[u8], now: Timestamp) -> Result<Kept, Unkept>;
}

/// A file that was laid away.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it lies: small letters, digits, hyphens and low lines, and no place of another file.
    pub place: String,
    /// What opens it: letters and digits, hyphens and low lines.
    pub key: Personal,
}

/// The file was not laid away.
#[derive(Debug, Clone, Error)]
#[error("a file cannot be kept now: {0}")]
pub struct Unkept(pub String);
