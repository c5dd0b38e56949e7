//! Values that nobody can guess.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};

/// Where values come from that nobody can guess; tests pass their own.
pub trait Randomness: Send + Sync {
    /// 256 bits, other ones each time.
    fn bytes(&self) -> [u8; 32];
}

/// The machine's own.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn bytes(&self) -> [u8; 32] {
        rand::random()
    }
}

/// 256 bits as a text that may stand in an address.
pub(crate) fn text(randomness: &dyn Randomness) -> String {
    BASE64URL_NOPAD.encode(&randomness.bytes())
}

/// 128 bits as a short text: what a form names its command by.
pub(crate) fn key(randomness: &dyn Randomness) -> String {
    let bytes = randomness.bytes();
    let (half, _) = bytes.split_at(16);
    BASE32_NOPAD.encode(half).to_ascii_lowercase()
}
