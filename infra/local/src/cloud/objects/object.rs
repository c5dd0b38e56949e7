//! An object, what is told about it, and the conditions on writing it.

use std::collections::BTreeMap;

use bytes::Bytes;
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use super::StoreError;

/// Above this size a hash is worth a thread of its own, in bytes.
const LARGE: usize = 256 * 1024;

/// An object with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// What is known without the bytes.
    pub meta: ObjectMeta,
    /// The stored bytes.
    pub bytes: Bytes,
}

/// What is known of an object without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectMeta {
    /// MD5 of the bytes in lower-case hex, without quotes.
    pub etag: String,
    /// Length in bytes.
    pub size: u64,
    /// Time of the last write in Unix milliseconds.
    pub modified: i64,
    /// Headers stored with the object.
    pub headers: Headers,
}

/// Headers an object is stored and served with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Headers {
    /// `Content-Type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// `Cache-Control`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<String>,
    /// `Content-Encoding`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<String>,
    /// `Content-Disposition`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_disposition: Option<String>,
    /// `Content-Language`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_language: Option<String>,
    /// User metadata: names in lower case, without `x-amz-meta-`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

impl Headers {
    pub(super) fn to_json(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|error| StoreError::Database(error.to_string()))
    }
}

/// What a write demands of the object that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Nothing.
    Unconditional,
    /// There is none (`If-None-Match: *`).
    Absent,
    /// It has this `ETag`, without quotes (`If-Match`).
    Match(String),
}

/// What a bucket demands of every put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BucketRule {
    /// Nothing.
    Open,
    /// A condition, as the bucket policy on AWS does: pages are compared and swapped.
    ConditionalPuts,
}

impl BucketRule {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ConditionalPuts => "conditional-puts",
        }
    }
}

/// MD5 of the bytes in lower-case hex: what S3 calls the `ETag`.
pub(super) async fn etag(bytes: Bytes) -> Result<String, StoreError> {
    let large = bytes.len() > LARGE;
    let hash = move || data_encoding::HEXLOWER.encode(&Md5::digest(&bytes));
    if large {
        return tokio::task::spawn_blocking(hash).await.map_err(|error| StoreError::Database(error.to_string()));
    }
    Ok(hash())
}
