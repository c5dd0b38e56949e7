//! Files that were taken in: their bytes lie among the bodies, and beside them what was found out about each.
//!
//! The bytes go in first, then what is told of them, then, perhaps weeks later, the commit that names both: whoever makes that looks for the bytes once more, for a sweep may have taken them, so
//! a text never names a file that is not there. What is told is kept for
//! each member of staff who took the file in: the hash of somebody else's file, which readers may know, opens nothing.

use std::time::Duration;

use aws_sdk_s3::{error::ProvideErrorMetadata, presigning::PresigningConfig, primitives::ByteStream};
use domain::{StaffId, document::BodyHash, file::StoredFile};

use crate::{
    body,
    error::StoreError,
    store::{Ledger, store_error},
};

/// Media type of what is told of a file.
const JSON: &str = "application/json";

impl Ledger {
    /// Stores what was found out about a file that `staff` took in, all of whose bodies are there; what he was told before stands.
    ///
    /// # Errors
    /// The store failed.
    pub async fn put_file(&self, file: StoredFile, staff: &StaffId) -> Result<StoredFile, StoreError> {
        let told = serde_json::to_vec(&file).map_err(|error| StoreError::Damaged { reason: error.to_string() })?;
        let put = self.s3().put_object().bucket(&self.config().bodies_bucket).key(key(&file.hash, staff));
        let put = put.content_type(JSON).if_none_match("*").body(ByteStream::from(told));
        match put.send().await {
            Ok(_) => Ok(file),
            // The same file again: a program that makes other renditions does not change what a text says.
            Err(error) if error.code() == Some("PreconditionFailed") => {
                Ok(self.file(&file.hash, staff).await?.unwrap_or(file))
            }
            Err(error) => Err(store_error(&error)),
        }
    }

    /// What was found out about the file whose bytes have this hash; none if `staff` never took it in. It says nothing of whether the bytes are there still: a sweep takes each away by itself.
    ///
    /// # Errors
    /// The store failed, or holds something else there.
    pub async fn file(&self, hash: &BodyHash, staff: &StaffId) -> Result<Option<StoredFile>, StoreError> {
        let got = self.s3().get_object().bucket(&self.config().bodies_bucket).key(key(hash, staff)).send().await;
        let object = match got {
            Ok(object) => object,
            Err(error) if error.code() == Some("NoSuchKey") => return Ok(None),
            Err(error) => return Err(store_error(&error)),
        };
        let told = object.body.collect().await.map_err(|error| StoreError::Unavailable {
            reason: format!("what is told of the file `{hash}` broke off: {error}"),
        })?;
        let file: StoredFile = serde_json::from_slice(&told.into_bytes())
            .map_err(|error| StoreError::Damaged { reason: format!("what is told of the file `{hash}`: {error}") })?;
        if file.hash != *hash {
            let reason = format!("what is told of the file `{hash}` is told of `{}`", file.hash);
            return Err(StoreError::Damaged { reason });
        }
        Ok(Some(file))
    }

    /// An address at which a body can be read for `lasts`, by whoever has it.
    ///
    /// # Errors
    /// The address cannot be signed.
    pub async fn body_address(&self, hash: &BodyHash, lasts: Duration) -> Result<String, StoreError> {
        let expires = PresigningConfig::expires_in(lasts).map_err(|error| unsigned(&error))?;
        let got = self.s3().get_object().bucket(&self.config().bodies_bucket).key(body::key(hash));
        let signed = got.presigned(expires).await.map_err(|error| unsigned(&error))?;
        Ok(signed.uri().to_owned())
    }
}

fn unsigned(error: &dyn std::error::Error) -> StoreError {
    StoreError::Unavailable { reason: format!("no address can be signed: {error}") }
}

fn key(hash: &BodyHash, staff: &StaffId) -> String {
    format!("file/{hash}/{staff}")
}
