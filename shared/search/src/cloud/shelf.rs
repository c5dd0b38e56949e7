//! Ranges of objects, read by threads that may wait.

use std::ops::Range;

use aws_sdk_s3::{Client, error::DisplayErrorContext};
use tokio::runtime::Handle;

use super::is_missing;
use crate::{Shelf, ShelfError};

/// The bucket of the index, as segments are read from it.
///
/// Reads wait for the runtime: never call them on one of its own threads, but within `spawn_blocking`.
#[derive(Debug, Clone)]
pub struct S3Shelf {
    client: Client,
    bucket: String,
    runtime: Handle,
}

impl S3Shelf {
    pub(super) fn new(client: Client, bucket: String, runtime: Handle) -> Self {
        Self { client, bucket, runtime }
    }

    async fn get(&self, key: &str, range: Range<u64>) -> Result<Vec<u8>, ShelfError> {
        let last = range.end.saturating_sub(1);
        let asked =
            self.client.get_object().bucket(&self.bucket).key(key).range(format!("bytes={}-{last}", range.start));
        let object = asked.send().await.map_err(|error| match is_missing(&error) {
            true => ShelfError::Missing { key: key.to_owned() },
            false => failed(key, DisplayErrorContext(&error).to_string()),
        })?;
        let bytes = object.body.collect().await.map_err(|error| failed(key, error.to_string()))?;
        Ok(bytes.to_vec())
    }
}

impl Shelf for S3Shelf {
    fn read(&self, key: &str, range: Range<u64>) -> Result<Vec<u8>, ShelfError> {
        if range.is_empty() {
            return Ok(Vec::new());
        }
        self.runtime.block_on(self.get(key, range))
    }
}

fn failed(key: &str, reason: String) -> ShelfError {
    ShelfError::Failed { key: key.to_owned(), source: reason.into() }
}
