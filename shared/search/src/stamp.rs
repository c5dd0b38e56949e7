//! What an entry was made of, in eight bytes.

use sha2::{Digest as _, Sha256};

/// The first eight bytes of the digest of a text.
///
/// A column of whole digests would weigh more than all other columns together; that two stamps of one document agree here by chance happens
/// once in 2⁶⁴ changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp(pub(crate) u64);

impl Stamp {
    pub(crate) fn of(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        Self(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}
