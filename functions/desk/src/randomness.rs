//! Values that nobody can guess, as texts.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
pub use gateway::{Randomness, SystemRandomness};

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
