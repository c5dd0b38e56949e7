//! Raw items for loaders of benches and tests. **No function may use this.**
//!
//! A loader that writes a corpus through `BatchWriteItem` needs the very items that [`Ledger::execute`](crate::Ledger::execute) would have written. Nothing here
//! checks a condition, so a loader only ever writes to fresh tables. The feature `bulk-load` is off by default.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::aggregate::Event;

use crate::{
    chain::{GENESIS, link},
    codec,
    commit::{Commit, Recorded},
    guards::HeldGuard,
    item::NewCommit,
};

/// The previous hash of commit 1.
pub const FIRST: [u8; 32] = GENESIS;

/// An event that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("an event cannot be written: {0}")]
pub struct Unwritable(String);

/// An event as a commit carries it.
///
/// # Errors
/// The event does not serialise as an object with a `type`.
pub fn record<E: Event>(event: &E) -> Result<Recorded, Unwritable> {
    codec::record(event).map_err(|error| Unwritable(error.to_string()))
}

/// The ledger table's item of `commit` and its hash, the next commit's previous one; `commit.hash` is not looked at.
///
/// # Errors
/// The events do not serialise.
pub fn item(commit: &Commit, previous: &[u8; 32]) -> Result<(HashMap<String, AttributeValue>, [u8; 32]), Unwritable> {
    let Commit { stream, number, id, at, actor, fingerprint, events, .. } = commit;
    let content = codec::Content { id, at: *at, actor, fingerprint: fingerprint.as_deref(), events };
    let bytes = codec::encode(&content).map_err(|error| Unwritable(error.to_string()))?;
    let hash = link(previous, stream, *number, &bytes);
    Ok((NewCommit { stream, number: *number, id, at: *at, bytes: &bytes, hash: &hash }.item(), hash))
}

/// The guards table's item of a claim.
#[must_use]
pub fn guard_item(held: &HeldGuard) -> HashMap<String, AttributeValue> {
    held.item()
}
