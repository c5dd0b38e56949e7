//! Document bodies, kept outside the ledger under the hash of what is stored.
//!
//! A body goes in first and the commit that names it after, so a commit never names what is not there. A body published by mistake can be erased: an
//! event says so, the object goes, the hash stays.

use std::time::Duration;

use aws_sdk_s3::{error::ProvideErrorMetadata, primitives::ByteStream};
use domain::document::BodyHash;

use crate::{
    error::StoreError,
    store::{Ledger, store_error},
};

/// How often a body is asked for when its bytes break off, or put when another put of it is under way.
const TRIES: u64 = 3;

const PAUSE: Duration = Duration::from_millis(50);

impl Ledger {
    /// Stores a body under its hash; one that is there already is fine.
    ///
    /// # Errors
    /// The store failed.
    pub async fn put_body(&self, bytes: &[u8], content_type: &str) -> Result<BodyHash, StoreError> {
        let hash = BodyHash::of(bytes);
        for attempt in 1..=TRIES {
            let put = self
                .s3()
                .put_object()
                .bucket(&self.config().bodies_bucket)
                .key(key(&hash))
                .content_type(content_type)
                .if_none_match("*")
                .body(ByteStream::from(bytes.to_vec()))
                .send()
                .await;
            match put {
                Ok(_) => return Ok(hash),
                Err(error) => match error.code() {
                    Some("PreconditionFailed") => return Ok(hash),
                    Some("ConditionalRequestConflict") if attempt < TRIES => backoff(attempt).await,
                    _ => return Err(store_error(&error)),
                },
            }
        }
        Err(StoreError::Throttled)
    }

    /// Whether the body of this hash is (still) there.
    ///
    /// # Errors
    /// The store failed.
    pub async fn has_body(&self, hash: &BodyHash) -> Result<bool, StoreError> {
        let head = self.s3().head_object().bucket(&self.config().bodies_bucket).key(key(hash)).send().await;
        match head {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_not_found()) => Ok(false),
            Err(error) => Err(store_error(&error)),
        }
    }

    /// The body of this hash, if it is (still) there; what comes back has the hash.
    ///
    /// # Errors
    /// The store failed, or holds other bytes under this hash.
    pub async fn body(&self, hash: &BodyHash) -> Result<Option<Vec<u8>>, StoreError> {
        let mut trouble = StoreError::Throttled;
        for attempt in 1..=TRIES {
            let got = self.s3().get_object().bucket(&self.config().bodies_bucket).key(key(hash)).send().await;
            let object = match got {
                Ok(object) => object,
                Err(error) if error.code() == Some("NoSuchKey") => return Ok(None),
                Err(error) => return Err(store_error(&error)),
            };
            match object.body.collect().await {
                Ok(body) => {
                    let bytes = body.to_vec();
                    if BodyHash::of(&bytes) == *hash {
                        return Ok(Some(bytes));
                    }
                    let reason = format!("the body `{hash}` has other bytes than its name says");
                    trouble = StoreError::Damaged { reason };
                }
                Err(error) => {
                    trouble = StoreError::Unavailable { reason: format!("the body `{hash}` broke off: {error}") };
                }
            }
            backoff(attempt).await;
        }
        Err(trouble)
    }
}

pub(crate) fn key(hash: &BodyHash) -> String {
    format!("body/{hash}")
}

async fn backoff(attempt: u64) {
    let most = PAUSE.saturating_mul(u32::try_from(attempt).unwrap_or(u32::MAX));
    tokio::time::sleep(rand::random_range(Duration::ZERO..most)).await;
}
