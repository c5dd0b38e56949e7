//! Ciphertexts as they stand in events: who has no key sees how long they are, and nothing else.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why some text is no ciphertext of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealedRefusal {
    /// Nothing is there.
    #[error("the sealed text is empty")]
    Empty,
    /// Longer than an event carries.
    #[error("the sealed text has {length} bytes, at most {limit} are allowed")]
    TooLong {
        /// Bytes given.
        length: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// Another alphabet, padding, or bits after the end.
    #[error("the sealed text is not base64url without padding")]
    NotBase64,
}

/// A text that only its case's key opens; opaque here, and for good once the key is erased.
///
/// 1 byte to 64 KiB, stored as base64url without padding. How it was made is the vault's affair (docs/adr/025).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Most bytes of one.
    pub const LIMIT: usize = 64 * 1024;

    /// Takes a ciphertext.
    ///
    /// # Errors
    /// It is empty or too long.
    pub fn new(ciphertext: Vec<u8>) -> Result<Self, SealedRefusal> {
        match ciphertext.len() {
            0 => Err(SealedRefusal::Empty),
            length if length > Self::LIMIT => Err(SealedRefusal::TooLong { length, limit: Self::LIMIT }),
            _ => Ok(Self(ciphertext)),
        }
    }

    /// The ciphertext.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<String> for Sealed {
    type Error = SealedRefusal;

    fn try_from(text: String) -> Result<Self, SealedRefusal> {
        Self::new(BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| SealedRefusal::NotBase64)?)
    }
}

impl From<Sealed> for String {
    fn from(sealed: Sealed) -> Self {
        BASE64URL_NOPAD.encode(&sealed.0)
    }
}

/// Its length only: a log of ciphertexts would outlive the erasure of their key.
impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_in_events_as_base64url_and_reads_back() {
        let sealed = Sealed::new(vec![0xFB, 0xEF, 0xFF, 0x00]).unwrap();
        let text = serde_json::to_string(&sealed).unwrap();
        assert_eq!(text, "\"--__AA\"");
        assert_eq!(serde_json::from_str::<Sealed>(&text).unwrap(), sealed);
    }

    #[test]
    fn shows_its_length_and_nothing_else() {
        assert_eq!(format!("{:?}", Sealed::new(b"secret".to_vec()).unwrap()), "Sealed(6 bytes)");
    }

    #[test]
    fn refuses_what_is_no_ciphertext() {
        for hostile in ["", "A", "AA==", "AB", "+/", "A A", "AAé", "\u{0}"] {
            assert!(Sealed::try_from(hostile.to_owned()).is_err(), "{hostile}");
        }
        assert!(Sealed::new(vec![0; Sealed::LIMIT]).is_ok());
        let refused = Sealed::new(vec![0; Sealed::LIMIT + 1]);
        assert_eq!(refused, Err(SealedRefusal::TooLong { length: 65_537, limit: 65_536 }));
    }
}
