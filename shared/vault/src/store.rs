//! The handle on tables, root and ledger.

use std::{collections::HashMap, sync::Arc};

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    primitives::Blob,
    types::AttributeValue,
};
use ledger::Ledger;

use crate::{ring::Rings, root::Root};

/// One DynamoDB item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// Names of what the vault lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultConfig {
    /// Table of keys: `pk` S.
    pub keys_table: String,
    /// Table of identities and of who is found where: `pk` S, `sk` S.
    pub vault_table: String,
}

/// Personal data of the city's cases. Clones are cheap and share everything.
#[derive(Debug, Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    ledger: Ledger,
    dynamo: Client,
    config: VaultConfig,
    root: Root,
    rings: Rings,
}

impl Vault {
    /// A vault on tables that exist; nothing is sent. Readings are recorded in `ledger`.
    #[must_use]
    pub fn new(ledger: Ledger, dynamo: Client, config: VaultConfig, root: Root) -> Self {
        Self { inner: Arc::new(Inner { ledger, dynamo, config, root, rings: Rings::default() }) }
    }

    /// Where readings are recorded.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.inner.ledger
    }

    pub(crate) fn dynamo(&self) -> &Client {
        &self.inner.dynamo
    }

    pub(crate) fn config(&self) -> &VaultConfig {
        &self.inner.config
    }

    pub(crate) fn root(&self) -> &Root {
        &self.inner.root
    }

    pub(crate) fn rings(&self) -> &Rings {
        &self.inner.rings
    }
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub(crate) fn binary(value: &[u8]) -> AttributeValue {
    AttributeValue::B(Blob::new(value))
}

/// The number under `name`.
pub(crate) fn number_in<T: std::str::FromStr>(item: &Item, name: &str) -> Option<T> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

/// The text under `name`.
pub(crate) fn text_in<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

/// The bytes under `name`.
pub(crate) fn binary_in<'a>(item: &'a Item, name: &str) -> Option<&'a [u8]> {
    item.get(name)?.as_b().ok().map(AsRef::as_ref)
}

/// The map under `name`.
pub(crate) fn map_in<'a>(item: &'a Item, name: &str) -> Option<&'a Item> {
    item.get(name)?.as_m().ok()
}

/// Whether the store refused a write because its condition did not hold.
pub(crate) fn is_refused<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.code() == Some("ConditionalCheckFailedException")
}
