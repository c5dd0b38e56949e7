//! Numbers of cases (受理编号): they name a case and are not secret.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    id::{CaseId, Malformed},
    shanghai,
};

/// How many numbers a kind of case has on one day.
const A_DAY: u64 = 100_000;

/// The two letters that a kind's numbers begin with: `ZC`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix(pub [char; 2]);

/// The number of a case: `ZC-20261130-482137`.
///
/// Kind, day of receipt in the city, five digits and a check digit (ISO 7064, MOD 11,10) over all digits: a slip of the pen names no other case. The digits
/// follow from the case's id, so numbers tell nobody how many cases there are, and no counter is contended for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(String);

impl CaseNumber {
    /// The number that `case` takes if it is received at `at`; where it is taken, the next `attempt` gives another.
    #[must_use]
    pub fn derive(prefix: Prefix, case: &CaseId, at: Timestamp, attempt: u32) -> Self {
        let digest: [u8; 32] = Sha256::new()
            .chain_update(b"case number")
            .chain_update(case.as_str().as_bytes())
            .chain_update(attempt.to_be_bytes())
            .finalize()
            .into();
        let bits = digest.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let Prefix([first, second]) = prefix;
        let day = shanghai::day(at).replace('-', "");
        let serial = format!("{:05}", bits % A_DAY);
        let check = check_digit(day.chars().chain(serial.chars()));
        Self(format!("{first}{second}-{day}-{serial}{check}"))
    }

    /// The number as it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day of receipt, `20261130`.
    #[must_use]
    pub fn day(&self) -> &str {
        self.0.get(3..11).unwrap_or_default()
    }

    /// The number that somebody typed: white space, missing dashes, full-width and small letters are forgiven.
    ///
    /// # Errors
    /// It has another shape, or its check digit tells of a slip.
    pub fn typed(text: &str) -> Result<Self, Malformed> {
        let plain: String = text
            .chars()
            .map(|c| match c {
                '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
                other => other,
            })
            .filter(|c| c.is_ascii_alphanumeric())
            .collect::<String>()
            .to_ascii_uppercase();
        let dashed = plain.get(..2).zip(plain.get(2..10)).zip(plain.get(10..));
        dashed.map(|((prefix, day), serial)| format!("{prefix}-{day}-{serial}")).unwrap_or(plain).parse()
    }
}

impl FromStr for CaseNumber {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::try_from(text.to_owned())
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        if is_number(&text) {
            Ok(Self(text))
        } else {
            let (expected, zh) = ("a case number like `ZC-20261130-482137`", "受理编号，如“ZC-20261130-482137”");
            Err(Malformed::new(&text, expected, zh))
        }
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.0
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [prefix, day, serial] = parts.as_slice() else { return false };
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let shaped = prefix.len() == 2 && prefix.bytes().all(|b| b.is_ascii_uppercase()) && digits(day, 8);
    shaped && digits(serial, 6) && remainder(day.chars().chain(serial.chars())) == 1
}

/// ISO 7064 MOD 11,10 up to the check digit.
fn product(digits: impl Iterator<Item = char>) -> u32 {
    digits.filter_map(|c| c.to_digit(10)).fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    })
}

fn check_digit(digits: impl Iterator<Item = char>) -> u32 {
    (11 - product(digits)) % 10
}

/// What the whole number leaves, check digit included: 1 if nothing slipped.
fn remainder(digits: impl Iterator<Item = char>) -> u32 {
    let digits: Vec<char> = digits.collect();
    let Some((last, before)) = digits.split_last() else { return 0 };
    (product(before.iter().copied()) + last.to_digit(10).unwrap_or(0)) % 10
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::CommitId;

    const PREFIX: Prefix = Prefix(['Z', 'C']);

    fn case(key: &str) -> CaseId {
        let actor = "citizen:web".parse().unwrap();
        CaseId::derive(&CommitId::derive(&actor, "report", "new", 0, key))
    }

    fn number(key: &str) -> CaseNumber {
        CaseNumber::derive(PREFIX, &case(key), "2026-11-29T16:30:00Z".parse().unwrap(), 0)
    }

    #[test]
    fn a_number_tells_kind_and_day_of_receipt_in_the_city() {
        let number = number("a");
        assert!(number.as_str().starts_with("ZC-20261130-"), "{number}");
        assert_eq!((number.day(), number.as_str().len()), ("20261130", 18));
        assert_eq!(number.as_str().parse::<CaseNumber>().unwrap(), number);
    }

    #[test]
    fn a_resend_derives_the_same_number_and_a_further_attempt_another() {
        let at = "2026-11-30T01:00:00Z".parse().unwrap();
        let of = |attempt| CaseNumber::derive(PREFIX, &case("a"), at, attempt);
        assert_eq!(of(0), of(0));
        assert_ne!(of(0), of(1));
    }

    #[test]
    fn what_people_type_is_understood() {
        let number = number("a");
        let bare = number.as_str().replace('-', "");
        let wide: String = bare.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        let spaced = format!(" {} ", number.as_str().to_lowercase().replace('-', " - "));
        for typed in [bare, wide, spaced] {
            assert_eq!(CaseNumber::typed(&typed).unwrap(), number, "{typed}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_names_no_case() {
        for key in ["a", "b", "c", "d", "e"] {
            let text = number(key).to_string();
            for (place, digit) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                for other in ('0'..='9').filter(|other| *other != digit) {
                    let mut slipped = text.clone();
                    slipped.replace_range(place..=place, &other.to_string());
                    assert!(slipped.parse::<CaseNumber>().is_err(), "{text} {slipped}");
                }
            }
        }
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in
            ["", "ZC", "ZC--", "ZC-20261130-48213", "zc-20261130-482137", "ZC-2026113０-482137", "ZC-20261130-4821370"]
        {
            assert!(text.parse::<CaseNumber>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_number_or_refused(text in ".{0,40}") {
            if let Ok(number) = CaseNumber::typed(&text) {
                prop_assert_eq!(number.as_str().parse::<CaseNumber>().unwrap(), number);
            }
        }
    }
}
