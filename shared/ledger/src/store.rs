//! The handle on tables and bucket.

mod trouble;

use std::{collections::HashMap, sync::Arc};

use aws_sdk_dynamodb::types::AttributeValue;

pub use trouble::store_error;
pub(crate) use trouble::{is_rejected, reason};

use crate::clock::Clock;

/// One DynamoDB item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// Names of what the ledger lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerConfig {
    /// Table of commits: `pk` S, `sk` N, GSI `by_day`.
    pub ledger_table: String,
    /// Table of claims: `pk` S scope, `sk` S claim.
    pub guards_table: String,
    /// Bucket of document bodies.
    pub bodies_bucket: String,
}

/// The event store. Clones are cheap and share everything.
///
/// The SDK's own retries may stay on (standard mode): a put that is sent twice recognises its own commit id.
#[derive(Debug, Clone)]
pub struct Ledger {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    dynamo: aws_sdk_dynamodb::Client,
    s3: aws_sdk_s3::Client,
    config: LedgerConfig,
    clock: Arc<dyn Clock>,
}

impl Ledger {
    /// A ledger on tables and a bucket that exist; nothing is sent.
    #[must_use]
    pub fn new(
        dynamo: aws_sdk_dynamodb::Client,
        s3: aws_sdk_s3::Client,
        config: LedgerConfig,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { inner: Arc::new(Inner { dynamo, s3, config, clock }) }
    }

    pub(crate) fn dynamo(&self) -> &aws_sdk_dynamodb::Client {
        &self.inner.dynamo
    }

    pub(crate) fn s3(&self) -> &aws_sdk_s3::Client {
        &self.inner.s3
    }

    pub(crate) fn config(&self) -> &LedgerConfig {
        &self.inner.config
    }

    /// What its clock shows now.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }
}
