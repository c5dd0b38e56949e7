//! A bucket of S3.

use async_trait::async_trait;
use aws_sdk_s3::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::{head_object::HeadObjectError, put_object::PutObjectError},
    primitives::ByteStream,
};

use super::{Bucket, BucketObject, Metadata};
use crate::{page::ETag, store::ViewError};

/// A bucket of S3, by the SDK.
#[derive(Debug)]
pub(super) struct S3Bucket {
    client: Client,
    name: String,
}

impl S3Bucket {
    pub(super) fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }
}

#[async_trait]
impl Bucket for S3Bucket {
    async fn head(&self, key: &str) -> Result<Option<(ETag, Metadata)>, ViewError> {
        let sent = self.client.head_object().bucket(&self.name).key(key).send().await;
        match sent {
            Ok(found) => {
                let etag = ETag(found.e_tag().unwrap_or_default().to_owned());
                Ok(Some((etag, found.metadata.unwrap_or_default().into_iter().collect())))
            }
            Err(SdkError::ServiceError(error)) if matches!(error.err(), HeadObjectError::NotFound(_)) => Ok(None),
            Err(error) => Err(ViewError::of(&error)),
        }
    }

    async fn put(&self, key: &str, object: BucketObject, expected: Option<ETag>) -> Result<bool, ViewError> {
        let BucketObject { content_type, disposition, cache_control, metadata, bytes } = object;
        let request = self
            .client
            .put_object()
            .bucket(&self.name)
            .key(key)
            .content_type(content_type)
            .set_content_disposition(disposition)
            .set_cache_control(cache_control)
            .set_metadata(Some(metadata.into_iter().collect()))
            .body(ByteStream::from(bytes));
        let over_another = expected.is_some();
        let request = match expected {
            Some(ETag(etag)) => request.if_match(etag),
            None => request.if_none_match("*"),
        };
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_other_version(&error, over_another) => Ok(false),
            Err(error) => Err(ViewError::of(&error)),
        }
    }

    async fn get(&self, key: &str) -> Result<Option<(ETag, BucketObject)>, ViewError> {
        let sent = self.client.get_object().bucket(&self.name).key(key).send().await;
        let found = match sent {
            Ok(found) => found,
            Err(SdkError::ServiceError(error)) if error.err().is_no_such_key() => return Ok(None),
            Err(error) => return Err(ViewError::of(&error)),
        };
        let etag = ETag(found.e_tag.unwrap_or_default());
        let bytes = found.body.collect().await.map_err(|error| ViewError::Unavailable(error.to_string()))?.to_vec();
        let object = BucketObject {
            content_type: found.content_type.unwrap_or_default(),
            disposition: found.content_disposition,
            cache_control: found.cache_control,
            metadata: found.metadata.unwrap_or_default().into_iter().collect(),
            bytes,
        };
        Ok(Some((etag, object)))
    }

    async fn list(&self, prefix: &str) -> Result<Vec<(String, ETag)>, ViewError> {
        let mut found = Vec::new();
        let mut pages = self.client.list_objects_v2().bucket(&self.name).prefix(prefix).into_paginator().send();
        while let Some(page) = pages.next().await {
            for object in page.map_err(|error| ViewError::of(&error))?.contents() {
                let etag = ETag(object.e_tag().unwrap_or_default().to_owned());
                found.push((object.key().unwrap_or_default().to_owned(), etag));
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
