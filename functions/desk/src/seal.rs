//! Texts that only the desk can have written: HMAC-SHA256 over a purpose and parts.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use gateway::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The desk's seal.
#[derive(Debug, Clone)]
pub(crate) struct Seal(Arc<Secret>);

impl Seal {
    pub(crate) fn new(secret: Secret) -> Self {
        Self(Arc::new(secret))
    }

    /// The tag of `parts` for one purpose; a tag for another is another.
    pub(crate) fn tag(&self, purpose: &str, parts: &[&str]) -> String {
        self.mac(purpose, parts)
            .map(|mac| BASE64URL_NOPAD.encode(mac.finalize().into_bytes().as_slice()))
            .unwrap_or_default()
    }

    /// Whether `tag` is the one of `parts`; the time it takes tells nothing of the right one.
    pub(crate) fn fits(&self, purpose: &str, parts: &[&str], tag: &str) -> bool {
        let Ok(tag) = BASE64URL_NOPAD.decode(tag.as_bytes()) else { return false };
        self.mac(purpose, parts).is_some_and(|mac| mac.verify_slice(&tag).is_ok())
    }

    /// `text` with its tag: what a cookie or an address may carry.
    pub(crate) fn sealed(&self, purpose: &str, text: &str) -> String {
        format!("{}.{}", BASE64URL_NOPAD.encode(text.as_bytes()), self.tag(purpose, &[text]))
    }

    /// The text that was sealed for this purpose.
    pub(crate) fn opened(&self, purpose: &str, sealed: &str) -> Option<String> {
        let (text, tag) = sealed.split_once('.')?;
        let text = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        self.fits(purpose, &[&text], tag).then_some(text)
    }

    /// A key of any length is taken, so there is always one; without it nothing fits.
    fn mac(&self, purpose: &str, parts: &[&str]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose().as_bytes()).ok()?;
        // Lengths first: no two lists of parts are the same bytes.
        for part in std::iter::once(&purpose).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(secret: &str) -> Seal {
        Seal::new(Secret::new(secret))
    }

    #[test]
    fn what_was_sealed_is_opened_for_its_purpose_only() {
        let sealed = seal("a").sealed("session", "甲.乙");
        assert_eq!(seal("a").opened("session", &sealed).as_deref(), Some("甲.乙"));
        assert_eq!(seal("a").opened("other", &sealed), None);
        assert_eq!(seal("b").opened("session", &sealed), None);
    }

    #[test]
    fn a_changed_text_or_tag_opens_nothing() {
        let sealed = seal("a").sealed("session", "zhangsan");
        let (text, tag) = sealed.split_once('.').unwrap();
        let forged = BASE64URL_NOPAD.encode(b"lisi");
        for wrong in
            [format!("{forged}.{tag}"), format!("{text}."), text.to_owned(), format!("{text}.{tag}A"), String::new()]
        {
            assert_eq!(seal("a").opened("session", &wrong), None, "{wrong}");
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(seal("a").tag("p", &["ab", "c"]), seal("a").tag("p", &["a", "bc"]));
        assert_ne!(seal("a").tag("pa", &["b"]), seal("a").tag("p", &["ab"]));
    }
}
