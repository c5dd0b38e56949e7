//! What seals the texts, files and identity of one case.

use std::fmt;

use data_encoding::HEXLOWER;
use domain::{FieldName, IdentityId, Sealed, StreamId};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::{
    identity::Identity,
    key::{Key, OVERHEAD, Unopened},
    padded::{pad, unpad},
    secret::Secret,
};

/// How ciphertexts are made, in their first byte: another way is another number, and this one is read for good.
const FORM: u8 = 1;

/// Most bytes of one sealed text; in Chinese, some 21,000 characters.
pub const TEXT_LIMIT: usize = 63 * 1024 - 4;

/// What the length before a padded file can tell.
const FILE_LIMIT: usize = u32::MAX as usize;

/// A text that is longer than an event carries; it belongs into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the text has {bytes} bytes, at most {limit} are sealed in an event")]
pub struct TooLong {
    /// Its size.
    pub bytes: usize,
    /// The limit.
    pub limit: usize,
}

/// The key of one case, in hand: it seals. What is sealed is opened by [`Vault::open`](crate::Vault::open) only, which records who reads.
#[derive(Clone)]
pub struct CaseKey {
    case: StreamId,
    seal: Key,
    fingerprint: Key,
}

impl CaseKey {
    pub(crate) fn new(case: StreamId, data: &Key) -> Self {
        Self { case, seal: data.derive("seal"), fingerprint: data.derive("fingerprint") }
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> &StreamId {
        &self.case
    }

    /// A text as it may stand in an event of the case, under this name only. Short texts of different lengths seal to the same length.
    ///
    /// # Errors
    /// The text has more than [`TEXT_LIMIT`] bytes.
    pub fn seal(&self, field: &FieldName, text: &str) -> Result<Sealed, TooLong> {
        let too_long = TooLong { bytes: text.len(), limit: TEXT_LIMIT };
        if text.len() > TEXT_LIMIT {
            return Err(too_long);
        }
        Sealed::new(self.sealed(&self.place("text", field.as_str()), text.as_bytes())?).map_err(|_| too_long)
    }

    /// A file as it may lie in the bucket of bodies, under this name only: one byte that says how, nonce, ciphertext and tag.
    ///
    /// # Errors
    /// The file is beyond what the cipher takes, 4 GiB.
    pub fn seal_file(&self, field: &FieldName, bytes: &[u8]) -> Result<Vec<u8>, TooLong> {
        self.sealed(&self.place("file", field.as_str()), bytes)
    }

    /// What a request with a personal body is recognised by: keyed, so that nobody tries bodies on it, and meaningless once the case is erased.
    #[must_use]
    pub fn fingerprint(&self, body: &[u8]) -> String {
        HEXLOWER.encode(&self.fingerprint.mark("body", &[self.case.as_str().as_bytes(), body]))
    }

    pub(crate) fn seal_identity(&self, id: &IdentityId, identity: &Identity) -> Result<Vec<u8>, TooLong> {
        self.sealed(&self.place("identity", id.as_str()), &identity.to_json())
    }

    pub(crate) fn open_text(&self, field: &FieldName, sealed: &Sealed) -> Result<Secret<String>, Unopened> {
        let text = self.opened(&self.place("text", field.as_str()), sealed.as_bytes())?;
        std::str::from_utf8(&text).map(|text| Secret::new(text.to_owned())).map_err(|_| Unopened)
    }

    pub(crate) fn open_file(&self, field: &FieldName, sealed: &[u8]) -> Result<Secret<Vec<u8>>, Unopened> {
        self.opened(&self.place("file", field.as_str()), sealed).map(|bytes| Secret::new(bytes.to_vec()))
    }

    pub(crate) fn open_identity(&self, id: &IdentityId, sealed: &[u8]) -> Result<Secret<Identity>, Unopened> {
        let json = self.opened(&self.place("identity", id.as_str()), sealed)?;
        Identity::from_json(&json).map(Secret::new).ok_or(Unopened)
    }

    /// INVARIANT: what, of which case, under which name: a ciphertext that is moved does not open.
    fn place<'a>(&'a self, what: &'a str, name: &'a str) -> [&'a [u8]; 3] {
        [what.as_bytes(), self.case.as_str().as_bytes(), name.as_bytes()]
    }

    fn sealed(&self, place: &[&[u8]], bytes: &[u8]) -> Result<Vec<u8>, TooLong> {
        let too_long = TooLong { bytes: bytes.len(), limit: FILE_LIMIT };
        if bytes.len() > FILE_LIMIT {
            return Err(too_long);
        }
        let mut sealed = Vec::with_capacity(1 + OVERHEAD + bytes.len());
        sealed.push(FORM);
        sealed.extend(self.seal.seal(place, &pad(bytes)).map_err(|_| too_long)?);
        Ok(sealed)
    }

    fn opened(&self, place: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let (&FORM, sealed) = sealed.split_first().ok_or(Unopened)? else { return Err(Unopened) };
        let padded = self.seal.open(place, sealed)?;
        unpad(&padded).map(|text| Zeroizing::new(text.to_vec())).ok_or(Unopened)
    }
}

impl fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseKey({})", self.case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(case: &str, byte: u8) -> CaseKey {
        CaseKey::new(case.parse().unwrap(), &Key::from_bytes(&[byte; 32]).unwrap())
    }

    fn field(name: &str) -> FieldName {
        name.parse().unwrap()
    }

    #[test]
    fn a_text_opens_in_its_case_under_its_name_and_nowhere_else() {
        let case = key("letter:a", 1);
        let sealed = case.seal(&field("text"), "路灯坏了").unwrap();
        assert_eq!(case.open_text(&field("text"), &sealed).unwrap().expose(), "路灯坏了");
        assert!(case.open_text(&field("reply"), &sealed).is_err(), "moved to another field");
        assert!(key("letter:b", 1).open_text(&field("text"), &sealed).is_err(), "moved to another case");
        assert!(key("letter:a", 2).open_text(&field("text"), &sealed).is_err(), "another key");
        assert!(case.open_file(&field("text"), sealed.as_bytes()).is_err(), "a text is no file");
    }

    #[test]
    fn short_answers_cannot_be_told_apart_by_their_length() {
        let case = key("letter:a", 1);
        let length = |text| case.seal(&field("text"), text).unwrap().as_bytes().len();
        assert_eq!(length("是"), length("否，另有详细说明"));
    }

    #[test]
    fn the_longest_text_fits_into_an_event_and_one_byte_more_does_not() {
        let case = key("letter:a", 1);
        let longest = "x".repeat(TEXT_LIMIT);
        let sealed = case.seal(&field("text"), &longest).unwrap();
        assert_eq!(case.open_text(&field("text"), &sealed).unwrap().expose(), &longest);
        let refused = case.seal(&field("text"), &"x".repeat(TEXT_LIMIT + 1));
        assert_eq!(refused, Err(TooLong { bytes: TEXT_LIMIT + 1, limit: TEXT_LIMIT }));
    }

    #[test]
    fn a_fingerprint_is_of_one_case_and_one_body() {
        let case = key("letter:a", 1);
        assert_eq!(case.fingerprint(b"body"), case.fingerprint(b"body"));
        assert_ne!(case.fingerprint(b"body"), case.fingerprint(b"other"));
        assert_ne!(case.fingerprint(b"body"), key("letter:a", 2).fingerprint(b"body"));
    }

    #[test]
    fn hostile_ciphertexts_do_not_open() {
        let case = key("letter:a", 1);
        let mut other_form = case.seal_file(&field("file"), b"bytes").unwrap();
        other_form[0] = 2;
        for hostile in [Vec::new(), vec![1], vec![1; 29], other_form] {
            assert!(case.open_file(&field("file"), &hostile).is_err());
        }
    }

    #[test]
    fn an_identity_opens_under_its_id_only() {
        let case = key("letter:a", 1);
        let (id, other) = (IdentityId::from_bits([1; 16]), IdentityId::from_bits([2; 16]));
        let identity = Identity::new().with("name", "王小明").with("phone", "13800000000");
        let sealed = case.seal_identity(&id, &identity).unwrap();
        let opened = case.open_identity(&id, &sealed).unwrap();
        assert_eq!((opened.expose().get("name"), opened.expose().get("address")), (Some("王小明"), None));
        assert!(case.open_identity(&other, &sealed).is_err());
    }
}
