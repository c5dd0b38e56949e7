//! Why the object store refused or failed.

use thiserror::Error;

/// A refusal or failure of the object store.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The bucket does not exist.
    #[error("there is no bucket `{0}`")]
    NoSuchBucket(String),
    /// A condition names an `ETag`, but there is no object.
    #[error("there is no object `{0}`")]
    NoSuchKey(String),
    /// The object is not in the state the condition asks for.
    #[error("the object is not in the state the condition asks for")]
    PreconditionFailed,
    /// The bucket's rule refuses writes without a condition.
    #[error("the bucket `{0}` refuses puts without a condition")]
    Unconditional(String),
    /// SQLite failed, with its message.
    #[error("the object store failed: {0}")]
    Database(String),
    /// The store is shutting down.
    #[error("the object store is closed")]
    Closed,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}
