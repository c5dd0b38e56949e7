//! The index in S3: heads that are swapped, everything else written once.
//!
//! | key | what |
//! |---|---|
//! | `index/<generation>/head.json` | the head, replaced by If-Match alone |
//! | `index/<generation>/<counter>.json` | the manifest that a later head replaced, for cursors that name it |
//! | `index/<generation>/<attempt>-….bundle`, `….del` | segments and what was deleted of them: immutable |

mod shelf;

use aws_sdk_s3::{
    Client,
    error::{DisplayErrorContext, ProvideErrorMetadata, SdkError},
    operation::get_object::{GetObjectError, GetObjectOutput},
    primitives::ByteStream,
};
use serde::de::DeserializeOwned;
use thiserror::Error;
use tokio::runtime::Handle;

use crate::{Head, Manifest};

pub use shelf::S3Shelf;

/// The index cannot be read or written now.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The store failed.
    #[error("the store of the index failed: {0}")]
    Store(String),
    /// An object is not what this code writes.
    #[error("`{key}` of the index cannot be read: {reason}")]
    Shape {
        /// The object.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl IndexError {
    fn of<E, R>(error: &SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug,
    {
        Self::Store(DisplayErrorContext(error).to_string())
    }
}

/// What stands at a generation's head.
#[derive(Debug)]
pub enum Found {
    /// Nothing was written yet.
    Nothing,
    /// What was known already.
    Same,
    /// This, under this entity tag.
    Head(String, Box<Head>),
}

/// The bucket of the index.
#[derive(Debug, Clone)]
pub struct IndexObjects {
    client: Client,
    bucket: String,
}

fn kept_key(generation: &str, counter: u64) -> String {
    format!("index/{generation}/{counter}.json")
}

impl IndexObjects {
    /// Where a generation's head stands.
    #[must_use]
    pub fn head_key(generation: u64) -> String {
        format!("index/{generation}/head.json")
    }

    /// Where the manifest is kept once it was replaced.
    #[must_use]
    pub fn manifest_key(manifest: &Manifest) -> String {
        kept_key(&manifest.generation, manifest.counter)
    }

    /// The index in `bucket`.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    /// What segments are read through; to be called within the runtime that the requests run on.
    #[must_use]
    pub fn shelf(&self) -> S3Shelf {
        S3Shelf::new(self.client.clone(), self.bucket.clone(), Handle::current())
    }

    /// The head of a generation, if it is not the one with the tag `known`.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn head(&self, generation: u64, known: Option<&str>) -> Result<Found, IndexError> {
        let key = Self::head_key(generation);
        let request = self.client.get_object().bucket(&self.bucket).key(&key);
        let sent = request.set_if_none_match(known.map(str::to_owned)).send().await;
        let object = match sent {
            Ok(object) => object,
            Err(error) if is_status(&error, 304) => return Ok(Found::Same),
            Err(error) if is_missing(&error) => return Ok(Found::Nothing),
            Err(error) => return Err(IndexError::of(&error)),
        };
        let tag = object.e_tag().unwrap_or_default().to_owned();
        Ok(Found::Head(tag, Box::new(read(&key, object).await?)))
    }

    /// The manifest that had this counter; none if it is gone.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn manifest(&self, generation: &str, counter: u64) -> Result<Option<Manifest>, IndexError> {
        let key = kept_key(generation, counter);
        let object = match self.client.get_object().bucket(&self.bucket).key(&key).send().await {
            Ok(object) => object,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(IndexError::of(&error)),
        };
        read(&key, object).await.map(Some)
    }

    /// Writes an object under a name that nobody else gives.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn put(&self, key: &str, body: ByteStream) -> Result<(), IndexError> {
        let put = self.client.put_object().bucket(&self.bucket).key(key).body(body);
        match put.if_none_match("*").send().await {
            Ok(_) => Ok(()),
            // One's own earlier try, whose answer was lost: the name carries the attempt, or the content follows from the name.
            Err(error) if is_status(&error, 412) => Ok(()),
            Err(error) => Err(IndexError::of(&error)),
        }
    }

    /// Keeps the manifest of `head`, which is about to be replaced.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn keep(&self, head: &Head) -> Result<(), IndexError> {
        let key = Self::manifest_key(&head.manifest);
        let bytes = serde_json::to_vec(&head.manifest).map_err(|error| shape(&key, &error))?;
        self.put(&key, ByteStream::from(bytes)).await
    }

    /// Replaces the head that has the tag `expected` (none: there is none yet); tells whether it did.
    ///
    /// One whose answer was lost may have been done: whoever is told that it was lost reads the head again.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn swap(&self, generation: u64, head: &Head, expected: Option<&str>) -> Result<bool, IndexError> {
        let key = Self::head_key(generation);
        let bytes = serde_json::to_vec(head).map_err(|error| shape(&key, &error))?;
        let put = self.client.put_object().bucket(&self.bucket).key(&key).body(ByteStream::from(bytes));
        let put = match expected {
            Some(tag) => put.if_match(tag),
            None => put.if_none_match("*"),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_status(&error, 412) || is_status(&error, 409) || is_status(&error, 404) => Ok(false),
            Err(error) => Err(IndexError::of(&error)),
        }
    }

    /// Every object of the index, and when it was written, Unix milliseconds.
    ///
    /// # Errors
    /// They cannot be listed.
    pub async fn list(&self) -> Result<Vec<(String, i64)>, IndexError> {
        let mut found = Vec::new();
        let mut pages = self.client.list_objects_v2().bucket(&self.bucket).prefix("index/").into_paginator().send();
        while let Some(page) = pages.next().await {
            for object in page.map_err(|error| IndexError::of(&error))?.contents() {
                let written = object.last_modified().and_then(|at| at.to_millis().ok());
                found.extend(object.key().map(str::to_owned).zip(written));
            }
        }
        Ok(found)
    }

    /// Deletes objects that nothing names.
    ///
    /// # Errors
    /// One of them cannot be deleted; what was deleted stays so.
    pub async fn delete(&self, keys: &[String]) -> Result<(), IndexError> {
        for key in keys {
            let deleted = self.client.delete_object().bucket(&self.bucket).key(key).send().await;
            deleted.map_err(|error| IndexError::of(&error))?;
        }
        Ok(())
    }
}

/// What an object says.
async fn read<T: DeserializeOwned>(key: &str, object: GetObjectOutput) -> Result<T, IndexError> {
    let bytes = object.body.collect().await.map_err(|error| IndexError::Store(error.to_string()))?.into_bytes();
    serde_json::from_slice(&bytes).map_err(|error| shape(key, &error))
}

fn shape(key: &str, error: &serde_json::Error) -> IndexError {
    IndexError::Shape { key: key.to_owned(), reason: error.to_string() }
}

/// Whether the service answered with this status.
fn is_status<E>(error: &SdkError<E>, status: u16) -> bool {
    matches!(error, SdkError::ServiceError(service) if service.raw().status().as_u16() == status)
}

/// Whether an object is not there.
fn is_missing(error: &SdkError<GetObjectError>) -> bool {
    matches!(error, SdkError::ServiceError(service) if service.err().is_no_such_key())
}
