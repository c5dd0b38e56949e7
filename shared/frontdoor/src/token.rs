//! The one-time token of a form: which form, where and when it was opened, and under which key it is sent.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use thiserror::Error;

use crate::keys::{Key, Keys};

/// How long a form may be filled in.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// First part of every token: its own version.
const SHAPE: &str = "1";

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The form; or the act, and the case that it is for.
    pub form: String,
    /// The version that was shown; of an act what its page showed ([`Standing::seen`](crate::Standing)).
    pub version: u32,
    /// Label of the site it was opened on.
    pub site: String,
    /// When it was made, to the second.
    pub at: Timestamp,
    /// 128 bits in base32, lower case: the idempotency key.
    pub id: String,
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenRefusal {
    /// It has another shape, or nobody here signed it.
    #[error("the token was not made here")]
    Foreign,
    /// It belongs to another form or another site.
    #[error("the token belongs to another form or site")]
    Elsewhere,
}

impl Token {
    /// The token as a text for a hidden field, signed with the newest of `keys`.
    #[must_use]
    pub fn signed(&self, keys: &Keys) -> String {
        let key = keys.newest();
        let text = [
            SHAPE,
            &key.id,
            &self.form,
            &self.version.to_string(),
            &self.site,
            &self.at.as_second().to_string(),
            &self.id,
        ]
        .join(".");
        let tag = mac(key, &text).map(|mac| BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()));
        format!("{text}.{}", tag.unwrap_or_default())
    }

    /// The token that `text` holds, if one of `keys` signed it for `form` on `site`; whether it is still good, [`is_over`](Self::is_over) tells.
    ///
    /// # Errors
    /// It was made elsewhere, or for something else.
    pub fn opened(text: &str, keys: &Keys, form: &str, site: &str) -> Result<Self, TokenRefusal> {
        let foreign = TokenRefusal::Foreign;
        let (signed, tag) = text.rsplit_once('.').ok_or(foreign)?;
        let parts: Vec<&str> = signed.split('.').collect();
        let [SHAPE, key, of_form, version, of_site, at, id] = parts[..] else { return Err(foreign) };
        let key = keys.find(key).ok_or(foreign)?;
        let tag = BASE64URL_NOPAD.decode(tag.as_bytes()).map_err(|_| foreign)?;
        let mac = mac(key, signed).ok_or(foreign)?;
        mac.verify_slice(&tag).map_err(|_| foreign)?;
        if of_form != form || of_site != site {
            return Err(TokenRefusal::Elsewhere);
        }
        let at = at.parse().ok().and_then(|second| Timestamp::from_second(second).ok()).ok_or(foreign)?;
        let version = version.parse().map_err(|_| foreign)?;
        Ok(Self { form: form.to_owned(), version, site: site.to_owned(), at, id: id.to_owned() })
    }

    /// Whether its time is over at `now`.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) >= LIFETIME
    }
}

/// A key of any length is taken, so there is always one; without it nothing fits.
fn mac(key: &Key, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes()).ok()?;
    mac.update(b"taihu form token\0");
    mac.update(text.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> Token {
        let at = "2026-11-30T01:00:00Z".parse().unwrap();
        Token {
            form: "correction".to_owned(),
            version: 1,
            site: "www".to_owned(),
            at,
            id: "abcdefghijklmnopqrstuvwxyz".to_owned(),
        }
    }

    fn keys(id: &str, secret: &[u8; 32]) -> Keys {
        Keys::new(Key::new(id, secret.to_vec()).unwrap(), Vec::new())
    }

    #[test]
    fn what_was_signed_here_is_read_again() {
        let keys = keys("a", &[7; 32]);
        let text = token().signed(&keys);
        assert_eq!(Token::opened(&text, &keys, "correction", "www"), Ok(token()));
    }

    #[test]
    fn a_token_of_another_form_site_or_key_is_refused() {
        let ours = keys("a", &[7; 32]);
        let text = token().signed(&ours);
        assert_eq!(Token::opened(&text, &ours, "information-request", "www"), Err(TokenRefusal::Elsewhere));
        assert_eq!(Token::opened(&text, &ours, "correction", "jyj"), Err(TokenRefusal::Elsewhere));
        for other in [keys("a", &[8; 32]), keys("b", &[7; 32])] {
            assert_eq!(Token::opened(&text, &other, "correction", "www"), Err(TokenRefusal::Foreign));
        }
    }

    #[test]
    fn no_character_of_a_token_can_be_changed() {
        let keys = keys("a", &[7; 32]);
        let text = token().signed(&keys);
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'2' { b'3' } else { b'2' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(Token::opened(&changed, &keys, "correction", "www").is_err(), "{at}: {changed}");
        }
        for other in ["", ".", "1.a.correction.1.www.0.x.", "1.a.correction.1.www.0.x", &text[..text.len() - 1]] {
            assert_eq!(Token::opened(other, &keys, "correction", "www"), Err(TokenRefusal::Foreign), "{other}");
        }
    }

    #[test]
    fn a_former_key_still_opens_what_it_signed_and_signs_nothing_new() {
        let former = keys("a", &[7; 32]);
        let text = token().signed(&former);
        let both = Keys::new(Key::new("b", vec![9; 32]).unwrap(), vec![Key::new("a", vec![7; 32]).unwrap()]);
        assert!(Token::opened(&text, &both, "correction", "www").is_ok());
        assert!(token().signed(&both).starts_with("1.b."));
    }

    #[test]
    fn a_day_is_its_time() {
        let token = token();
        assert!(!token.is_over("2026-12-01T00:59:59Z".parse().unwrap()));
        assert!(token.is_over("2026-12-01T01:00:00Z".parse().unwrap()));
    }
}
