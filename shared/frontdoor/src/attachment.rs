//! A file that was added to a form: what travels along in the form for it, from the page it was added on to the case that takes it.

use data_encoding::BASE64URL_NOPAD;
use domain::file::FileKind;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{
    keys::{Key, Keys},
    submission::Personal,
    token::Token,
};

/// First part of every text: its own version.
const SHAPE: &str = "1";

/// A file in quarantine: where it lies, under which key, and what it is. The key is nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where it lies.
    pub place: String,
    /// What opens it there.
    pub key: Personal,
    /// What its sender calls it.
    pub name: Personal,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Attachment {
    /// It as the value of a hidden field, for this question of the form that `token` was made for and for no other.
    pub(crate) fn signed(&self, question: &str, token: &Token, keys: &Keys) -> String {
        let key = keys.newest();
        let name = BASE64URL_NOPAD.encode(self.name.expose().as_bytes());
        let bytes = self.bytes.to_string();
        let text = [SHAPE, &key.id, &self.place, self.key.expose(), self.kind.name(), &bytes, &name].join(".");
        let tag = mac(key, question, token, &text).map(|mac| BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()));
        format!("{text}.{}", tag.unwrap_or_default())
    }

    /// The file that `text` tells of, if it was added to this question of the form that `token` was made for.
    pub(crate) fn opened(text: &str, question: &str, token: &Token, keys: &Keys) -> Option<Self> {
        let (signed, tag) = text.rsplit_once('.')?;
        let key = keys.find(signed.split('.').nth(1)?)?;
        let tag = BASE64URL_NOPAD.decode(tag.as_bytes()).ok()?;
        mac(key, question, token, signed)?.verify_slice(&tag).ok()?;
        Self::read(text)
    }

    /// The same of a text that was opened before.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let [SHAPE, _, place, key, kind, bytes, name, _] = parts[..] else { return None };
        let name = String::from_utf8(BASE64URL_NOPAD.decode(name.as_bytes()).ok()?).ok()?;
        Some(Self {
            place: place.to_owned(),
            key: Personal::new(key),
            name: Personal::new(name),
            kind: FileKind::all().find(|known| known.name() == kind)?,
            bytes: bytes.parse().ok()?,
        })
    }

    /// What it is and how large, for whoever added it: `图片，471 KB`.
    pub(crate) fn about(&self) -> String {
        about(self.kind, self.bytes)
    }
}

/// What a file is and how large, for people: `图片，471 KB`.
#[must_use]
pub fn about(kind: FileKind, bytes: u64) -> String {
    let size = match bytes {
        bytes if bytes < 1_048_576 => format!("{} KB", bytes.div_ceil(1_024).max(1)),
        bytes => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    };
    format!("{}，{size}", kind.chinese())
}

/// INVARIANT: bound to the one token and to the question: what was added to one form, or to one question, is nothing in another.
fn mac(key: &Key, question: &str, token: &Token, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes()).ok()?;
    for part in ["taihu form file", &token.id, &token.form, question, text] {
        mac.update(part.as_bytes());
        mac.update(b"\0");
    }
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(form: &str, id: &str) -> Token {
        let at = "2026-11-30T01:00:00Z".parse().unwrap();
        Token { form: form.to_owned(), version: 3, site: "www".to_owned(), at, id: id.to_owned() }
    }

    fn keys(id: &str, byte: u8) -> Keys {
        Keys::new(Key::new(id, vec![byte; 32]).unwrap(), Vec::new())
    }

    fn photo() -> Attachment {
        Attachment {
            place: "2026-11-30_abcdefghijklmnopqrstuvwxyz".to_owned(),
            key: Personal::new("c2VjcmV0"),
            name: Personal::new("路灯 1.jpg"),
            kind: FileKind::Jpeg,
            bytes: 482_131,
        }
    }

    #[test]
    fn what_was_added_to_a_question_of_a_form_is_read_there_and_nowhere_else() {
        let (ours, here) = (keys("a", 7), token("correction", "one"));
        let text = photo().signed("pictures", &here, &ours);
        assert!(Attachment::opened(&text, "pictures", &here, &ours) == Some(photo()));
        assert!(Attachment::opened(&text, "enclosures", &here, &ours).is_none(), "another question");
        for other in [token("correction", "two"), token("information-request", "one")] {
            assert!(Attachment::opened(&text, "pictures", &other, &ours).is_none(), "another form");
        }
        for other in [keys("a", 8), keys("b", 7)] {
            assert!(Attachment::opened(&text, "pictures", &here, &other).is_none(), "another key");
        }
    }

    #[test]
    fn no_character_of_it_can_be_changed() {
        let (ours, here) = (keys("a", 7), token("correction", "one"));
        let text = photo().signed("pictures", &here, &ours);
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'2' { b'3' } else { b'2' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(Attachment::opened(&changed, "pictures", &here, &ours).is_none(), "{at}: {changed}");
        }
        for other in ["", ".", "1.a", &text[..text.len() - 1]] {
            assert!(Attachment::opened(other, "pictures", &here, &ours).is_none(), "{other}");
        }
    }

    #[test]
    fn it_is_told_as_people_say_it() {
        let sized = |bytes| Attachment { bytes, ..photo() }.about();
        assert_eq!([sized(1), sized(482_131), sized(4_194_304)], ["图片，1 KB", "图片，471 KB", "图片，4.0 MB"]);
    }
}
