//! Keys that are handed in: bytes that show themselves to nobody, with a name.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

/// A key with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// Its name, which stands in what it signs: letters, digits and hyphens.
    pub id: String,
    bytes: Vec<u8>,
}

/// A key that protects nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a key has at least 32 bytes and a name of letters, digits and hyphens")]
pub struct WeakKey;

impl Key {
    /// A key of at least 256 bits.
    ///
    /// # Errors
    /// It is shorter, or its name could not stand in a token.
    pub fn new(id: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<Self, WeakKey> {
        let (id, bytes) = (id.into(), bytes.into());
        let named = (1..=40).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if named && bytes.len() >= 32 { Ok(Self { id, bytes }) } else { Err(WeakKey) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A key for one purpose, from which neither this one nor that of another purpose can be told.
    pub(crate) fn derived(&self, purpose: &str) -> [u8; 32] {
        let mut derived = [0; 32];
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.bytes) {
            mac.update(purpose.as_bytes());
            derived.copy_from_slice(&mac.finalize().into_bytes());
        }
        derived
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

/// The key that signs, and those whose signatures still count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    newest: Key,
    former: Vec<Key>,
}

impl Keys {
    /// `newest` signs; what `former` signed is still believed.
    #[must_use]
    pub fn new(newest: Key, former: Vec<Key>) -> Self {
        Self { newest, former }
    }

    /// The key that signs.
    #[must_use]
    pub fn newest(&self) -> &Key {
        &self.newest
    }

    /// Those whose signatures still count.
    pub(crate) fn former(&self) -> &[Key] {
        &self.former
    }

    /// The key of that name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Key> {
        std::iter::once(&self.newest).chain(&self.former).find(|key| key.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_name_that_fits_a_token_and_shows_nothing_else() {
        assert_eq!(Key::new("a.b", vec![0; 32]), Err(WeakKey));
        assert_eq!(Key::new("a", vec![0; 31]), Err(WeakKey));
        assert_eq!(format!("{:?}", Key::new("a-1", vec![65; 32]).unwrap()), "Key(a-1)");
    }

    #[test]
    fn keys_of_two_purposes_differ() {
        let key = Key::new("a", vec![7; 32]).unwrap();
        assert_ne!(key.derived("proof"), key.derived("address"));
        assert_ne!(key.derived("proof"), [0; 32]);
    }
}
