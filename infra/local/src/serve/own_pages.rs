//! The pages bucket of this very process, without the wire (ADR 046).

use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;
use views::{Bucket, BucketObject, ETag, Metadata, ViewError};

use crate::cloud::{
    Cloud,
    faults::Faults,
    objects::{Condition, Headers, ListRequest, Object, ObjectStore, StoreError},
    tables,
};

/// Keys that are listed at once.
const LISTED: usize = 10_000;

/// The pages bucket of this very process. What is asked of it stands on the cloud's meter under the names that S3 has for it.
pub struct OwnPages {
    objects: ObjectStore,
    meter: Faults,
}

impl OwnPages {
    /// The pages of `cloud`.
    #[must_use]
    pub fn of(cloud: &Cloud) -> Self {
        Self { objects: cloud.objects.clone(), meter: cloud.faults.clone() }
    }
}

#[async_trait]
impl Bucket for OwnPages {
    async fn head(&self, key: &str) -> Result<Option<(ETag, Metadata)>, ViewError> {
        self.meter.record("HeadObject", 0, 0, 0.0);
        let found = self.objects.head(tables::PAGES, key).await.map_err(told)?;
        Ok(found.map(|meta| (quoted(&meta.etag), meta.headers.metadata)))
    }

    async fn put(&self, key: &str, object: BucketObject, expected: Option<ETag>) -> Result<bool, ViewError> {
        let BucketObject { content_type, disposition, cache_control, metadata, bytes } = object;
        self.meter.record("PutObject", bytes.len(), 0, 0.0);
        let headers = Headers {
            content_type: Some(content_type),
            cache_control,
            content_disposition: disposition,
            metadata,
            ..Headers::default()
        };
        let condition = match expected {
            Some(ETag(etag)) => Condition::Match(etag.trim_matches('"').to_owned()),
            None => Condition::Absent,
        };
        match self.objects.put(tables::PAGES, key, Bytes::from(bytes), headers, condition).await {
            Ok(_) => Ok(true),
            Err(StoreError::PreconditionFailed | StoreError::NoSuchKey(_)) => Ok(false),
            Err(error) => Err(told(error)),
        }
    }

    async fn get(&self, key: &str) -> Result<Option<(ETag, BucketObject)>, ViewError> {
        let found = self.objects.get(tables::PAGES, key).await.map_err(told)?;
        self.meter.record("GetObject", 0, found.as_ref().map_or(0, |found| found.bytes.len()), 0.0);
        Ok(found.map(|Object { meta, bytes }| {
            let Headers { content_type, cache_control, content_disposition, metadata, .. } = meta.headers;
            let object = BucketObject {
                content_type: content_type.unwrap_or_default(),
                disposition: content_disposition,
                cache_control,
                metadata,
                // What was read is nobody else's: its bytes are taken over.
                bytes: Vec::from(bytes),
            };
            (quoted(&meta.etag), object)
        }))
    }

    async fn list(&self, prefix: &str) -> Result<Vec<(String, ETag)>, ViewError> {
        let (mut found, mut from) = (Vec::new(), Some(Vec::new()));
        while let Some(begin) = from {
            self.meter.record("ListObjectsV2", 0, 0, 0.0);
            let request =
                ListRequest { prefix: prefix.to_owned(), delimiter: String::new(), from: begin, limit: LISTED };
            let page = self.objects.list(tables::PAGES, request).await.map_err(told)?;
            found.extend(page.keys.into_iter().map(|one| (one.key, quoted(&one.etag))));
            from = page.next;
        }
        Ok(found)
    }
}

impl fmt::Debug for OwnPages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OwnPages")
    }
}

/// An entity tag as it stands in HTTP.
fn quoted(etag: &str) -> ETag {
    ETag(format!("\"{etag}\""))
}

fn told(error: StoreError) -> ViewError {
    ViewError::Unavailable(error.to_string())
}
