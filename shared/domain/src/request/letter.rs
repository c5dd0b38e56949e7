//! Letters that ask for opinions (art. 32–34), by number: several are on their way at once, and each has a term of its own.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::event::{Consulted, RequestDeadline, Stance};
use crate::{id::Malformed, sealed::Sealed, shanghai, text::Line};

/// The how-manieth letter of its case it is, 1–999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct LetterNumber(u16);

impl LetterNumber {
    /// The number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }

    /// The number of the letter after `letters` others; none after the last one there can be.
    #[must_use]
    pub fn after(letters: usize) -> Option<Self> {
        u16::try_from(letters).ok()?.checked_add(1)?.try_into().ok()
    }
}

impl TryFrom<u16> for LetterNumber {
    type Error = Malformed;

    fn try_from(number: u16) -> Result<Self, Malformed> {
        if (1..=999).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Malformed::new(&number.to_string(), "the number of a letter: 1-999", "征求意见书的号数（1–999）"))
        }
    }
}

impl From<LetterNumber> for u16 {
    fn from(number: LetterNumber) -> Self {
        number.0
    }
}

impl fmt::Display for LetterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LetterNumber {
    type Err = Malformed;

    /// As it is printed: digits, without a zero or a sign before them.
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let malformed = || Malformed::new(text, "the number of a letter: 1-999", "征求意见书的号数（1–999）");
        let number: Self = text.parse::<u16>().map_err(|_| malformed())?.try_into()?;
        if number.to_string() == text { Ok(number) } else { Err(malformed()) }
    }
}

/// A letter that asks somebody for his opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number.
    pub number: LetterNumber,
    /// Whom.
    pub of: Consulted,
    /// Who it is and what was asked, under the case's key.
    pub text: Sealed,
    /// The deadline of its opinion.
    pub deadline: RequestDeadline,
    /// When it was sent.
    pub sought_at: Timestamp,
    /// The day on which it was delivered, as far as that is known: his term is counted from it (art. 32).
    pub delivered_on: Option<Date>,
    /// Why he was asked when the round was over.
    pub further: Option<Line<300>>,
    /// When his opinion came or lapsed; none while it is awaited.
    pub end: Option<(Timestamp, LetterEnd)>,
}

/// How a letter came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterEnd {
    /// 意见: it came.
    Given(Stance),
    /// 逾期未提出意见: it did not.
    Lapsed,
}

impl Letter {
    /// Since when somebody may answer it: one that is known to have reached him before it was recorded, since then.
    pub(super) fn since(&self) -> Timestamp {
        self.delivered_on.map_or(self.sought_at, |day| shanghai::midnight(day).min(self.sought_at))
    }

    /// Whether its opinion is awaited.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether its opinion came.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        matches!(self.end, Some((_, LetterEnd::Given(_))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_from_one_and_printed_as_they_are_read() {
        assert_eq!(LetterNumber::after(0).map(LetterNumber::get), Some(1));
        assert_eq!((LetterNumber::after(998).map(LetterNumber::get), LetterNumber::after(999)), (Some(999), None));
        assert_eq!("12".parse::<LetterNumber>().unwrap().to_string(), "12");
        for none in ["0", "01", "+1", "1000", "一", ""] {
            assert!(none.parse::<LetterNumber>().is_err(), "{none}");
        }
    }
}
