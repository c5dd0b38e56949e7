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

/// One line of plain text of at most `LIMIT` characters, trimmed, not empty.
///
/// Refused: control characters, bidirectional overrides and isolates, invisible format marks, noncharacters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const LIMIT: usize>(String);

/// Several lines of plain text of at most `LIMIT` characters; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose<const LIMIT: usize>(String);

impl<const LIMIT: usize> Line<LIMIT> {
    /// Checks and trims `text`.
    ///
    /// # Errors
    /// The first rule that `text` breaks.
    pub fn new(text: &str) -> Result<Self, TextRefusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextRefusal::Empty);
        }
        check(text, LIMIT, is_forbidden)?;
        Ok(Self(text.to_owned()))
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
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        check(text, LIMIT, |c| c != '\n' && is_forbidden(c))?;
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, limit: usize, forbidden: impl Fn(char) -> bool) -> Result<(), TextRefusal> {
    let length = text.chars().count();
    if length > limit {
        return Err(TextRefusal::TooLong { length, limit });
    }
    match text.chars().find(|c| forbidden(*c)) {
        Some(c) => Err(TextRefusal::Forbidden { code: u32::from(c) }),
        None => Ok(()),
    }
}

/// Whether a character can hide or reorder what a reader sees.
fn is_forbidden(c: char) -> bool {
    let noncharacter = u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    c.is_control()
        || noncharacter
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

impl<const LIMIT: usize> TryFrom<String> for Line<LIMIT> {
    type Error = TextRefusal;

    fn try_from(text: String) -> Result<Self, TextRefusal> {
        Self::new(&text)
    }
}

impl<const LIMIT: usize> TryFrom<String> for Prose<LIMIT> {
    type Error = TextRefusal;

    fn try_from(text: String) -> Result<Self, TextRefusal> {
        Self::new(&text)
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
    fn prose_keeps_line_feeds_and_nothing_else_of_control() {
        assert_eq!(Prose::<10>::new("甲\r\n乙").unwrap().as_str(), "甲\n乙");
        assert!(Prose::<10>::new("甲\u{7}乙").is_err());
        assert_eq!(Prose::<10>::new(" ").unwrap().as_str(), "");
    }
}
