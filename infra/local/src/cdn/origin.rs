//! Where the CDN gets its objects from.

use std::collections::HashMap;

use async_trait::async_trait;
use bytes::Bytes;
use thiserror::Error;

/// One object of the pages bucket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    /// Its bytes.
    pub bytes: Bytes,
    /// Its ETag with quotes, as S3 gives it.
    pub etag: String,
    /// `text/html; charset=utf-8` and the like.
    pub content_type: String,
    /// Its own `Cache-Control`, where it has one.
    pub cache_control: Option<String>,
    /// What it is saved as (`Content-Disposition`), where it is not shown.
    pub disposition: Option<String>,
    /// User metadata: `status`, `location`, `digest`, `generation`.
    pub metadata: HashMap<String, String>,
}

/// The bucket could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the pages bucket cannot be read: {reason}")]
pub struct OriginError {
    /// What the store said.
    pub reason: String,
}

/// The pages bucket, as far as the CDN sees it.
#[async_trait]
pub trait Origin: Send + Sync + 'static {
    /// The object at `key`, or none.
    ///
    /// # Errors
    /// The store failed.
    async fn object(&self, key: &str) -> Result<Option<Object>, OriginError>;
}
