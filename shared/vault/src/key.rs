//! 256-bit keys: what they seal, open, mark and derive.

use std::fmt;

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit as _, Nonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

const NONCE: usize = 12;

/// Bytes that a sealed text has more than the text: nonce and tag.
pub(crate) const OVERHEAD: usize = NONCE + 16;

/// A secret key of 256 bits; wiped from memory when it goes.
///
/// AES-256-GCM-SIV seals with it: a nonce that came twice would tell that two texts are equal and nothing else. Whatever it seals or marks is bound to a
/// list of parts (what, of which case, under which name), each with its length before it, so that no two lists are the same bytes.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

/// A ciphertext that this key does not open in this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the ciphertext does not open")]
pub(crate) struct Unopened;

impl Key {
    /// A new key.
    pub(crate) fn random() -> Self {
        Self(Zeroizing::new(rand::random()))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, for the one place that hands them to another algorithm.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// `text` sealed to its place: nonce, ciphertext and tag.
    pub(crate) fn seal(&self, place: &[&[u8]], text: &[u8]) -> Result<Vec<u8>, Unopened> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: text, aad: &joined(place) };
        let sealed = self.cipher()?.encrypt(&Nonce::from(nonce), payload).map_err(|_| Unopened)?;
        Ok([&nonce, sealed.as_slice()].concat())
    }

    /// What was sealed to this place.
    pub(crate) fn open(&self, place: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(Unopened)?;
        let payload = Payload { msg: ciphertext, aad: &joined(place) };
        self.cipher()?.decrypt(&Nonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| Unopened)
    }

    /// HMAC-SHA256 over `parts`, for one purpose: one for another is another.
    #[must_use]
    pub fn mark(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(purpose, parts).map(|mac| mac.finalize().into_bytes().into()).unwrap_or_default()
    }

    /// Whether `mark` is the beginning of that of `parts`; the time it takes tells nothing of the right one.
    #[must_use]
    pub fn fits(&self, purpose: &str, parts: &[&[u8]], mark: &[u8]) -> bool {
        self.mac(purpose, parts).is_some_and(|mac| mac.verify_truncated_left(mark).is_ok())
    }

    /// A key of one purpose that follows from this one and does not lead back.
    pub(crate) fn derive(&self, purpose: &str) -> Self {
        Self(Zeroizing::new(self.mark("key", &[purpose.as_bytes()])))
    }

    /// A key of 32 bytes is always taken, so there is always one; without it nothing fits.
    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).ok()?;
        mac.update(&joined(&[purpose.as_bytes()]));
        mac.update(&joined(parts));
        Some(mac)
    }

    fn cipher(&self) -> Result<Aes256GcmSiv, Unopened> {
        Aes256GcmSiv::new_from_slice(self.0.as_slice()).map_err(|_| Unopened)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Lengths first: no two lists of parts are the same bytes.
fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().flat_map(|part| (part.len() as u64).to_be_bytes().into_iter().chain(part.iter().copied())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_in_its_place_and_nowhere_else() {
        let key = Key::random();
        let sealed = key.seal(&[b"field", b"letter:a", b"text"], "王小明".as_bytes()).unwrap();
        assert_eq!(sealed.len(), "王小明".len() + OVERHEAD);
        let opens = |key: &Key, place: &[&[u8]], sealed: &[u8]| key.open(place, sealed).map(|text| text.to_vec());
        assert_eq!(opens(&key, &[b"field", b"letter:a", b"text"], &sealed).unwrap(), "王小明".as_bytes());
        for place in [
            &[b"field".as_slice(), b"letter:b", b"text"],
            &[b"field", b"letter:a", b"reply"],
            &[b"field", b"letter:at", b"ext"],
        ] {
            assert_eq!(opens(&key, place, &sealed), Err(Unopened));
        }
        assert_eq!(opens(&Key::random(), &[b"field", b"letter:a", b"text"], &sealed), Err(Unopened));
    }

    #[test]
    fn a_changed_or_cut_ciphertext_does_not_open() {
        let key = Key::random();
        let sealed = key.seal(&[b"x"], b"text").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(&[b"x"], &changed).is_err(), "byte {at}");
            assert!(key.open(&[b"x"], &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn equal_texts_have_different_ciphertexts() {
        let key = Key::random();
        assert_ne!(key.seal(&[b"x"], b"text").unwrap(), key.seal(&[b"x"], b"text").unwrap());
    }

    #[test]
    fn marks_and_derived_keys_are_of_one_purpose() {
        let key = Key::from_bytes(&[7; 32]).unwrap();
        let mark = key.mark("phone", &[b"13800000000"]);
        assert!(key.fits("phone", &[b"13800000000"], &mark[..10]));
        assert!(!key.fits("id", &[b"13800000000"], &mark[..10]));
        assert!(!key.fits("phone", &[b"13800000000"], b""), "nothing fits nothing");
        assert_ne!(key.derive("seal").expose(), key.derive("fingerprint").expose());
        assert_eq!(format!("{key:?}"), "Key(…)");
    }
}
