//! Pages as objects in a bucket: heads, bytes and conditional writes.

mod lawful;
mod s3;

use std::{collections::BTreeMap, fmt, sync::Arc};

use async_trait::async_trait;
use aws_sdk_s3::Client;

use self::s3::S3Bucket;
use crate::{
    page::{ETag, PageHead, PageKey, PageObject, Put, Status},
    store::ViewError,
};

/// How long the edge may keep a page; CloudFront takes the two stale rules from the object alone.
pub const CACHE_CONTROL: &str = "max-age=0, s-maxage=10, stale-while-revalidate=20, stale-if-error=86400";

/// A bucket as pages use it: S3, or whoever keeps the objects in this process and is spared the wire (ADR 046). One suite holds all to the same.
#[async_trait]
pub trait Bucket: fmt::Debug + Send + Sync {
    /// Entity tag and metadata of an object, if it exists.
    ///
    /// # Errors
    /// As of every call here: the store failed.
    async fn head(&self, key: &str) -> Result<Option<(ETag, Metadata)>, ViewError>;

    /// Writes an object if the one that is there has the tag `expected`, or, without one, if there is none; tells whether it did. Acknowledged is durable.
    async fn put(&self, key: &str, object: BucketObject, expected: Option<ETag>) -> Result<bool, ViewError>;

    /// A whole object with its entity tag, if it exists.
    async fn get(&self, key: &str) -> Result<Option<(ETag, BucketObject)>, ViewError>;

    /// Keys, and entity tags, of every object whose key begins with `prefix`.
    async fn list(&self, prefix: &str) -> Result<Vec<(String, ETag)>, ViewError>;
}

/// What is told beside an object's bytes: names without `x-amz-meta-`.
pub type Metadata = BTreeMap<String, String>;

/// An object as it lies in a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketObject {
    /// `Content-Type`.
    pub content_type: String,
    /// `Content-Disposition`.
    pub disposition: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// What is told beside the bytes.
    pub metadata: Metadata,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The pages of a city; clones share the way to them.
#[derive(Debug, Clone)]
pub struct PageObjects {
    bucket: Arc<dyn Bucket>,
}

/// A page as it lies in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPage {
    /// Entity tag.
    pub etag: ETag,
    /// What the page is.
    pub object: PageObject,
}

impl PageObjects {
    /// The pages in a bucket of S3.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self::of(Arc::new(S3Bucket::new(client, bucket.into())))
    }

    /// The pages in any bucket.
    #[must_use]
    pub fn of(bucket: Arc<dyn Bucket>) -> Self {
        Self { bucket }
    }

    /// The page's head, if it exists.
    ///
    /// # Errors
    /// The store failed, or no bucket has such a key.
    pub async fn head(&self, page: &PageKey) -> Result<Option<PageHead>, ViewError> {
        let key = page.object_key();
        lawful::key(&key)?;
        let found = self.bucket.head(&key).await?;
        Ok(found.map(|(etag, metadata)| PageHead {
            etag,
            digest: told(&metadata, "digest").to_owned(),
            generation: told(&metadata, "generation").parse().unwrap_or(0),
            status: told(&metadata, "status").parse().unwrap_or_else(|_| Status::Ok.code()),
        }))
    }

    /// Writes the page if nobody wrote it since; tells whether it did.
    ///
    /// # Errors
    /// The store failed; or S3 takes no such key, no such metadata, or no such value of a header: whatever the bucket, it is refused alike.
    pub async fn put(&self, page: &PageKey, put: Put) -> Result<bool, ViewError> {
        let Put { object, expected } = put;
        let PageObject { status, content_type, disposition, bytes, digest, generation } = object;
        let mut metadata = Metadata::from([
            ("status".to_owned(), status.code().to_string()),
            ("digest".to_owned(), digest),
            ("generation".to_owned(), generation.to_string()),
        ]);
        if let Status::Moved(location) = status {
            metadata.insert("location".to_owned(), location);
        }
        let cache_control = Some(CACHE_CONTROL.to_owned());
        let object = BucketObject { content_type, disposition, cache_control, metadata, bytes };
        let key = page.object_key();
        lawful::key(&key)?;
        lawful::object(&object)?;
        self.bucket.put(&key, object, expected).await
    }

    /// The whole page, if it exists.
    ///
    /// # Errors
    /// The store failed, or no bucket has such a key.
    pub async fn get(&self, object_key: &str) -> Result<Option<StoredPage>, ViewError> {
        lawful::key(object_key)?;
        let found = self.bucket.get(object_key).await?;
        Ok(found.map(|(etag, found)| {
            let BucketObject { content_type, disposition, metadata, bytes, .. } = found;
            let status = match told(&metadata, "status") {
                "301" => Status::Moved(told(&metadata, "location").to_owned()),
                "404" => Status::NotFound,
                "410" => Status::Gone,
                _ => Status::Ok,
            };
            let digest = told(&metadata, "digest").to_owned();
            let generation = told(&metadata, "generation").parse().unwrap_or(0);
            StoredPage { etag, object: PageObject { status, content_type, disposition, bytes, digest, generation } }
        }))
    }

    /// Keys and entity tags of every object of one site (or of all), except static files.
    ///
    /// # Errors
    /// The store failed.
    pub async fn list(&self, prefix: &str) -> Result<Vec<(String, ETag)>, ViewError> {
        let mut found = self.bucket.list(prefix).await?;
        found.retain(|(key, _)| !key.starts_with("_assets/"));
        Ok(found)
    }
}

fn told<'a>(metadata: &'a Metadata, name: &str) -> &'a str {
    metadata.get(name).map_or("", String::as_str)
}
