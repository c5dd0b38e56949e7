//! Text that people typed, checked once at the edge.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextRefusal {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Longer than the field allows.
    #[error("the text has {length} characters, at most {limit} are allowed")]
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// A control, bidirectional-override or unassigned noncharacter code point.
    #[error("the text holds the forbidden character `U+{code:04X}`")]
    Forbidden {
        /// The code point.
        code: u32,
    },
}

/// One line of plain text of at most `LIMIT` characters, trimmed, with something to see in it.
///
/// Refused at the edge: every character that [`is_forbidden`]. What was stored once is read for ever, so reading it back asks less.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const LIMIT: usize>(String);

/// Several lines of plain text of at most `LIMIT` characters; may be empty. Characters as in [`Line`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose<const LIMIT: usize>(String);

impl<const LIMIT: usize> Line<LIMIT> {
    /// Checks and trims `text`.
    ///
    /// # Errors
    /// The first rule that `text` breaks.
    pub fn new(text: &str) -> Result<Self, TextRefusal> {
        let line = Self::checked(text.to_owned(), is_forbidden)?;
        if line.0.chars().any(is_visible) { Ok(line) } else { Err(TextRefusal::Empty) }
    }

    fn checked(text: String, forbidden: fn(char) -> bool) -> Result<Self, TextRefusal> {
        let text = trimmed(text);
        if text.is_empty() {
            return Err(TextRefusal::Empty);
        }
        check(&text, LIMIT, forbidden)?;
        Ok(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const LIMIT: usize> Prose<LIMIT> {
    /// Checks and trims `text`; line feeds stay.
    ///
    /// # Errors
    /// The first rule that `text` breaks.
    pub fn new(text: &str) -> Result<Self, TextRefusal> {
        Self::checked(text.to_owned(), is_forbidden)
    }

    fn checked(text: String, forbidden: fn(char) -> bool) -> Result<Self, TextRefusal> {
        let text = if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text };
        let text = trimmed(text);
        check(&text, LIMIT, |c| c != '\n' && forbidden(c))?;
        Ok(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text without white space around it; nothing is copied where there is none.
fn trimmed(text: String) -> String {
    let inner = text.trim();
    if inner.len() == text.len() { text } else { inner.to_owned() }
}

fn check(text: &str, limit: usize, forbidden: impl Fn(char) -> bool) -> Result<(), TextRefusal> {
    let (mut length, mut found) = (0, None);
    for c in text.chars() {
        length += 1;
        if !is_everyday(c) && found.is_none() && forbidden(c) {
            found = Some(c);
        }
    }
    match found {
        _ if length > limit => Err(TextRefusal::TooLong { length, limit }),
        Some(c) => Err(TextRefusal::Forbidden { code: u32::from(c) }),
        None => Ok(()),
    }
}

/// Whether a character is one that nearly every text is made of, none of which is forbidden: every stored text is checked at every reading.
fn is_everyday(c: char) -> bool {
    matches!(c, ' '..='~' | '、'..='〟' | '一'..='\u{9FFF}' | '！'..='～')
}

/// Whether a character can hide or reorder what a reader sees, or looks like nothing: the one list of the house.
///
/// Control characters (tab and line feed are two of them: who takes them for white space lets them pass first), bidirectional marks, format marks and fillers
/// that show nothing, tags, noncharacters. Variation selectors pass: names are written with them.
#[must_use]
pub fn is_forbidden(c: char) -> bool {
    was_never_stored(c)
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
}

/// The part of the list that held from the first event on, and that the catalogue's patterns tell.
///
/// INVARIANT: it never grows: a stored text must be readable for ever. What is forbidden later goes into [`is_forbidden`].
fn was_never_stored(c: char) -> bool {
    let noncharacter = u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    c.is_control()
        || noncharacter
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Whether a permitted character shows something by itself: no white space, no variation selector, no mark that needs a letter to stand on.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c,
            '\u{300}'..='\u{36F}' | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{E0100}'..='\u{E01EF}')
}

/// What was stored: accepted under the rules of its time.
impl<const LIMIT: usize> TryFrom<String> for Line<LIMIT> {
    type Error = TextRefusal;

    fn try_from(text: String) -> Result<Self, TextRefusal> {
        Self::checked(text, was_never_stored)
    }
}

/// What was stored: accepted under the rules of its time.
impl<const LIMIT: usize> TryFrom<String> for Prose<LIMIT> {
    type Error = TextRefusal;

    fn try_from(text: String) -> Result<Self, TextRefusal> {
        Self::checked(text, was_never_stored)
    }
}

impl<const LIMIT: usize> From<Line<LIMIT>> for String {
    fn from(line: Line<LIMIT>) -> Self {
        line.0
    }
}

impl<const LIMIT: usize> From<Prose<LIMIT>> for String {
    fn from(prose: Prose<LIMIT>) -> Self {
        prose.0
    }
}

impl<const LIMIT: usize> fmt::Display for Line<LIMIT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const LIMIT: usize> fmt::Display for Prose<LIMIT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_everyday_character_is_forbidden() {
        let forbidden = ('\0'..=char::MAX).find(|c| is_everyday(*c) && is_forbidden(*c));
        assert_eq!(forbidden, None);
    }

    #[test]
    fn trims_a_line_and_keeps_chinese_punctuation() {
        assert_eq!(Line::<10>::new("  关于停水的通知。 ").unwrap().as_str(), "关于停水的通知。");
    }

    #[test]
    fn refuses_a_million_characters_with_both_numbers() {
        let long = "标".repeat(1_000_000);
        assert_eq!(Line::<200>::new(&long), Err(TextRefusal::TooLong { length: 1_000_000, limit: 200 }));
    }

    #[test]
    fn refuses_nul_bidi_and_invisible_characters() {
        for hostile in ["a\0b", "a\u{202E}b", "a\u{2066}b", "a\u{200B}b", "a\u{FEFF}b", "a\u{FFFE}b", "a\nb"] {
            assert!(matches!(Line::<10>::new(hostile), Err(TextRefusal::Forbidden { .. })), "{hostile:?}");
        }
    }

    #[test]
    fn refuses_what_looks_like_nothing() {
        for hidden in [
            "\u{3164}",
            "\u{2800}",
            "\u{AD}",
            "\u{115F}",
            "\u{FFA0}",
            "\u{E0020}",
            "\u{E007F}",
            "\u{E0001}",
            "\u{180E}",
        ] {
            for text in [hidden.to_owned(), format!("停{hidden}水")] {
                assert!(matches!(Line::<10>::new(&text), Err(TextRefusal::Forbidden { .. })), "{text:?}");
                assert!(matches!(Prose::<10>::new(&text), Err(TextRefusal::Forbidden { .. })), "{text:?}");
            }
        }
    }

    #[test]
    fn a_line_has_something_to_see() {
        for hollow in ["\u{FE0F}", "\u{E0100}", " \u{3000}\u{A0}", "\u{301}\u{20DD}"] {
            assert_eq!(Line::<10>::new(hollow), Err(TextRefusal::Empty), "{hollow:?}");
        }
        for full in ["——", "葛\u{E0100}", "☎\u{FE0F}", "e\u{301}"] {
            assert!(Line::<10>::new(full).is_ok(), "{full:?}");
        }
    }

    #[test]
    fn what_was_stored_under_earlier_rules_is_still_read() {
        for text in ["停\u{AD}水", "\u{3164}"] {
            assert_eq!(Line::<10>::try_from(text.to_owned()).unwrap().as_str(), text);
            assert_eq!(Prose::<10>::try_from(text.to_owned()).unwrap().as_str(), text);
        }
        assert!(Line::<10>::try_from("停\u{200B}水".to_owned()).is_err());
    }

    #[test]
    fn prose_keeps_line_feeds_and_nothing_else_of_control() {
        assert_eq!(Prose::<10>::new("甲\r\n乙").unwrap().as_str(), "甲\n乙");
        assert!(Prose::<10>::new("甲\u{7}乙").is_err());
        assert_eq!(Prose::<10>::new(" ").unwrap().as_str(), "");
    }
}
