//! Pages in S3: heads, bytes and conditional writes.

use aws_sdk_s3::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::{head_object::HeadObjectError, put_object::PutObjectError},
    primitives::ByteStream,
};

use crate::{
    page::{ETag, PageHead, PageKey, PageObject, Put, Status},
    store::ViewError,
};

/// How long the edge may keep a page; CloudFront takes the two stale rules from the object alone.
pub const CACHE_CONTROL: &str = "max-age=0, s-maxage=10, stale-while-revalidate=20, stale-if-error=86400";

/// The pages bucket.
#[derive(Debug, Clone)]
pub struct PageObjects {
    client: Client,
    bucket: String,
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
    /// The pages in `bucket`.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    /// The page's head, if it exists.
    ///
    /// # Errors
    /// The store failed.
    pub async fn head(&self, page: &PageKey) -> Result<Option<PageHead>, ViewError> {
        let sent = self.client.head_object().bucket(&self.bucket).key(page.object_key()).send().await;
        match sent {
            Ok(found) => {
                let metadata = found.metadata();
                let of = |name: &str| metadata.and_then(|m| m.get(name)).cloned().unwrap_or_default();
                Ok(Some(PageHead {
                    etag: ETag(found.e_tag().unwrap_or_default().to_owned()),
                    digest: of("digest"),
                    generation: of("generation").parse().unwrap_or(0),
                    status: of("status").parse().unwrap_or_else(|_| Status::Ok.code()),
                }))
            }
            Err(SdkError::ServiceError(error)) if matches!(error.err(), HeadObjectError::NotFound(_)) => Ok(None),
            Err(error) => Err(ViewError::of(&error)),
        }
    }

    /// Writes the page if nobody wrote it since; tells whether it did.
    ///
    /// # Errors
    /// The store failed.
    pub async fn put(&self, page: &PageKey, put: Put) -> Result<bool, ViewError> {
        let Put { object, expected } = put;
        let mut request = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(page.object_key())
            .content_type(object.content_type)
            .set_content_disposition(object.disposition)
            .cache_control(CACHE_CONTROL)
            .metadata("status", object.status.code().to_string())
            .metadata("digest", object.digest)
            .metadata("generation", object.generation.to_string())
            .body(ByteStream::from(object.bytes));
        if let Status::Moved(location) = object.status {
            request = request.metadata("location", location);
        }
        let over_another = expected.is_some();
        request = match expected {
            Some(ETag(etag)) => request.if_match(etag),
            None => request.if_none_match("*"),
        };
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_other_version(&error, over_another) => Ok(false),
            Err(error) => Err(ViewError::of(&error)),
        }
    }

    /// The whole page, if it exists.
    ///
    /// # Errors
    /// The store failed.
    pub async fn get(&self, object_key: &str) -> Result<Option<StoredPage>, ViewError> {
        let sent = self.client.get_object().bucket(&self.bucket).key(object_key).send().await;
        let found = match sent {
            Ok(found) => found,
            Err(SdkError::ServiceError(error)) if error.err().is_no_such_key() => return Ok(None),
            Err(error) => return Err(ViewError::of(&error)),
        };
        let of = |name: &str| found.metadata().and_then(|m| m.get(name)).cloned().unwrap_or_default();
        let status = match of("status").as_str() {
            "301" => Status::Moved(of("location")),
            "404" => Status::NotFound,
            "410" => Status::Gone,
            _ => Status::Ok,
        };
        let (digest, generation) = (of("digest"), of("generation").parse().unwrap_or(0));
        let etag = ETag(found.e_tag().unwrap_or_default().to_owned());
        let content_type = found.content_type().unwrap_or_default().to_owned();
        let disposition = found.content_disposition().map(str::to_owned);
        let bytes = found.body.collect().await.map_err(|error| ViewError::Unavailable(error.to_string()))?.to_vec();
        Ok(Some(StoredPage {
            etag,
            object: PageObject { status, content_type, disposition, bytes, digest, generation },
        }))
    }

    /// Keys and entity tags of every object of one site (or of all), except static files.
    ///
    /// # Errors
    /// The store failed.
    pub async fn list(&self, prefix: &str) -> Result<Vec<(String, ETag)>, ViewError> {
        let mut found = Vec::new();
        let mut pages = self.client.list_objects_v2().bucket(&self.bucket).prefix(prefix).into_paginator().send();
        while let Some(page) = pages.next().await {
            for object in page.map_err(|error| ViewError::of(&error))?.contents() {
                let key = object.key().unwrap_or_default();
                if !key.starts_with("_assets/") {
                    found.push((key.to_owned(), ETag(object.e_tag().unwrap_or_default().to_owned())));
                }
            }
        }
        Ok(found)
    }
}

/// Whether a conditional put met another version: 412, 409 (a racing put), or, where it was to go over another object, 404: there is none any more.
///
/// To a first put 404 says that there is no such bucket; starting over would not find one.
fn is_other_version(error: &SdkError<PutObjectError>, over_another: bool) -> bool {
    let SdkError::ServiceError(service) = error else { return false };
    let status = service.raw().status().as_u16();
    status == 412
        || (status == 404 && over_another)
        || (status == 409 && service.err().code() != Some("OperationAborted"))
        || matches!(service.err().code(), Some("PreconditionFailed" | "ConditionalRequestConflict"))
}
