//! The chain of hashes that makes accidental damage visible.

use domain::StreamId;
use sha2::{Digest, Sha256};

use crate::{
    commit::Commit,
    error::LoadError,
    item::{StoredCommit, day_of, shard_of},
    store::Item,
};

/// What commit 1 has for a previous hash.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// `SHA-256(previous ‖ stream ‖ ':' ‖ number ‖ ':' ‖ bytes)`.
pub(crate) fn link(previous: &[u8; 32], stream: &StreamId, number: u64, bytes: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(previous)
        .chain_update(stream.as_str())
        .chain_update(b":")
        .chain_update(number.to_string())
        .chain_update(b":")
        .chain_update(bytes)
        .finalize()
        .into()
}

/// Takes a stream's items in order and checks each against the one before.
#[derive(Debug)]
pub(crate) struct Chain {
    stream: StreamId,
    shard: u8,
    number: u64,
    hash: [u8; 32],
}

impl Chain {
    pub(crate) fn new(stream: StreamId) -> Self {
        Self { shard: shard_of(&stream), stream, number: 0, hash: GENESIS }
    }

    pub(crate) fn stream(&self) -> &StreamId {
        &self.stream
    }

    /// The next commit, if it continues the chain.
    ///
    /// # Errors
    /// [`LoadError::Damaged`]: a gap, a foreign hash, bytes that are no commit, attributes that tell otherwise than the bytes.
    pub(crate) fn take(&mut self, item: &Item) -> Result<Commit, LoadError> {
        let number = self.number + 1;
        let damaged = |reason: String| LoadError::Damaged { stream: self.stream.clone(), number, reason };
        let stored = StoredCommit::read(item).map_err(damaged)?;
        if stored.number != number {
            return Err(damaged(format!("commit {} stands where {number} belongs", stored.number)));
        }
        let hash = link(&self.hash, &self.stream, number, stored.bytes);
        if hash.as_slice() != stored.hash {
            return Err(damaged("the hash does not continue the chain".to_owned()));
        }
        let envelope = stored.envelope().map_err(damaged)?;
        if envelope.id.as_str() != stored.id {
            return Err(damaged("the attribute `id` tells otherwise than the bytes".to_owned()));
        }
        if envelope.at.as_millisecond() != stored.at {
            return Err(damaged("the attribute `at` tells otherwise than the bytes".to_owned()));
        }
        if day_of(envelope.at, self.shard) != stored.day {
            return Err(damaged("the attribute `day` tells otherwise than the bytes".to_owned()));
        }
        self.number = number;
        self.hash = hash;
        Ok(Commit {
            stream: self.stream.clone(),
            number,
            id: envelope.id,
            at: envelope.at,
            actor: envelope.actor,
            fingerprint: envelope.fingerprint,
            events: envelope.events,
            hash,
        })
    }
}
