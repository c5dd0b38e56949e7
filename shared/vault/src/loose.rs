//! Keys of what belongs to no case yet: one for each thing, kept by whoever it belongs to and by nobody else.

use std::fmt;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use zeroize::Zeroizing;

use crate::{
    case_key::TooLong,
    key::{Key, OVERHEAD},
    padded::{pad, unpad},
    secret::Secret,
};

/// How ciphertexts are made, in their first byte.
const FORM: u8 = 1;

/// What the length before a padded thing can tell.
const LIMIT: usize = u32::MAX as usize;

/// The key of one thing that was handed in and that no case has taken yet. It stands nowhere on the server: where whoever has it never comes back, the thing is lost.
#[derive(Clone)]
pub struct LooseKey(Key);

impl LooseKey {
    /// A new key.
    #[must_use]
    pub fn random() -> Self {
        Self(Key::random())
    }

    /// The key that `text` writes out; none where it is no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?);
        Key::from_bytes(&bytes).map(Self)
    }

    /// The key written out, for whoever keeps it: 43 characters of base64url.
    #[must_use]
    pub fn text(&self) -> Secret<String> {
        Secret::new(BASE64URL_NOPAD.encode(self.0.expose()))
    }

    /// The name of what it seals: 128 bits in lower-case base32, from which nobody tells the key.
    #[must_use]
    pub fn id(&self) -> String {
        let mark = self.0.mark("loose", &[]);
        BASE32_NOPAD.encode(mark.get(..16).unwrap_or_default()).to_ascii_lowercase()
    }

    /// The thing as it may lie where others read: one byte that says how, nonce, ciphertext and tag.
    ///
    /// # Errors
    /// It is beyond what the cipher takes, 4 GiB.
    pub fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>, TooLong> {
        let too_long = TooLong { bytes: bytes.len(), limit: LIMIT };
        if bytes.len() > LIMIT {
            return Err(too_long);
        }
        let mut sealed = Vec::with_capacity(1 + OVERHEAD + bytes.len());
        sealed.push(FORM);
        sealed.extend(self.0.derive("seal").seal(&[b"loose"], &pad(bytes)).map_err(|_| too_long)?);
        Ok(sealed)
    }

    /// What was sealed with this key; none where it was not.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<Secret<Vec<u8>>> {
        let (&FORM, sealed) = sealed.split_first()? else { return None };
        let padded = self.0.derive("seal").open(&[b"loose"], sealed).ok()?;
        unpad(&padded).map(|bytes| Secret::new(bytes.to_vec()))
    }
}

impl fmt::Debug for LooseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LooseKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_key_seals_it_opens_and_no_other_does() {
        let key = LooseKey::random();
        let sealed = key.seal("照片".as_bytes()).unwrap();
        let again = LooseKey::parse(key.text().expose()).unwrap();
        assert_eq!(again.open(&sealed).unwrap().expose(), "照片".as_bytes());
        assert!(LooseKey::random().open(&sealed).is_none());
        let mut changed = sealed.clone();
        if let Some(last) = changed.last_mut() {
            *last ^= 1;
        }
        assert!(key.open(&changed).is_none() && key.open(&sealed[..20]).is_none() && key.open(&[]).is_none());
    }

    #[test]
    fn its_name_tells_nothing_of_it_and_it_shows_itself_to_nobody() {
        let key = LooseKey::random();
        assert_eq!(key.id().len(), 26);
        assert_ne!(key.id(), LooseKey::random().id());
        assert!(!key.text().expose().contains(&key.id()));
        assert_eq!(format!("{key:?}"), "LooseKey(…)");
        for other in ["", "x", "AAAA", &"A".repeat(44)] {
            assert!(LooseKey::parse(other).is_none(), "{other}");
        }
    }
}
