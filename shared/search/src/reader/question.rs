//! What a text asks for, before any dictionary is opened.

use super::error::AskError;
use crate::{
    normal::{Normal, is_han, is_written},
    number::Number,
    query::Query,
};

/// Characters of a piece that is looked for as it stands.
const SHORT: usize = 4;

/// What a text asks for, before any dictionary is opened.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) text: Normal,
    /// Without doubles, in the order of the text.
    pub(crate) pieces: Vec<Asked>,
    /// The whole text, read as a number: with its single digits closed up where it has several in a row, then as it was typed.
    pub(crate) numbers: Vec<Number>,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// In quotes: exactly this.
    Exact(Vec<char>),
    /// Letters and digits without Han, or a single character: a part of a word may do.
    Plain(Vec<char>),
    /// A few characters with Han: as they stand, or by their words.
    Short(Vec<char>),
    /// More of them: by their words.
    Long(Vec<char>),
    /// Single digits with a space between each: as one number, or as they stand.
    Spaced(Vec<char>),
}

impl Question {
    /// Reads a text kindly: what is no letter, digit or quote only parts words, and a quote without its fellow is no quote.
    pub(crate) fn of(text: &str) -> Result<Self, AskError> {
        if text.chars().count() > Query::LONGEST {
            return Err(AskError::TooLong { most: Query::LONGEST });
        }
        let text = Normal::of(text);
        let mut pieces = Vec::new();
        let mut chars = text.chars();
        let mut loose = Vec::new();
        while let [first, rest @ ..] = chars {
            if loose.is_empty()
                && let Some((row, behind)) = single_digits(chars)
            {
                add(&mut pieces, Some(Asked::Spaced(row.to_vec())));
                chars = behind;
                continue;
            }
            chars = rest;
            if is_written(*first) {
                loose.push(*first);
                continue;
            }
            add(&mut pieces, Asked::loose(std::mem::take(&mut loose)));
            if let Some(end) = closing(*first).and_then(|fellow| rest.iter().position(|shown| fellow.contains(shown))) {
                let (quoted, behind) = rest.split_at(end);
                add(&mut pieces, quoted.iter().any(|shown| is_written(*shown)).then(|| Asked::Exact(quoted.to_vec())));
                chars = behind.get(1..).unwrap_or_default();
            }
        }
        add(&mut pieces, Asked::loose(loose));
        let numbers = text.closed_up().iter().chain([&text]).map(Number::of).collect();
        Ok(Self { text, pieces, numbers })
    }
}

/// The row of single digits that `chars` begins with, a space between each, and what stands behind it; none where there is one digit or none.
fn single_digits(chars: &[char]) -> Option<(&[char], &[char])> {
    let mut row = usize::from(chars.first().is_some_and(char::is_ascii_digit));
    while let Some([' ', digit, behind @ ..]) = chars.get(row..)
        && row > 0
        && digit.is_ascii_digit()
        && !behind.first().is_some_and(|shown| is_written(*shown))
    {
        row += 2;
    }
    if row > 1 { chars.split_at_checked(row) } else { None }
}

fn add(pieces: &mut Vec<Asked>, piece: Option<Asked>) {
    pieces.extend(piece.filter(|piece| !pieces.contains(piece)));
}

fn closing(quote: char) -> Option<&'static [char]> {
    match quote {
        '"' => Some(&['"']),
        '“' | '”' => Some(&['”', '“', '"']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

impl Asked {
    fn loose(chars: Vec<char>) -> Option<Self> {
        match chars.len() {
            0 => None,
            1 => Some(Self::Plain(chars)),
            _ if !chars.iter().any(|shown| is_han(*shown)) => Some(Self::Plain(chars)),
            2..=SHORT => Some(Self::Short(chars)),
            _ => Some(Self::Long(chars)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let name = |asked: &Asked| {
            let (kind, chars) = match asked {
                Asked::Exact(chars) => ("exact", chars),
                Asked::Plain(chars) => ("plain", chars),
                Asked::Short(chars) => ("short", chars),
                Asked::Long(chars) => ("long", chars),
                Asked::Spaced(chars) => ("spaced", chars),
            };
            format!("{kind}:{}", chars.iter().collect::<String>())
        };
        Question::of(text).unwrap().pieces.iter().map(name).collect()
    }

    #[test]
    fn a_text_is_read_kindly() {
        for (text, read) in [
            ("", &[][..]),
            ("，。 \u{0}\t？", &[]),
            ("公积金", &["short:公积金"]),
            ("公积金 提取", &["short:公积金", "short:提取"]),
            ("公积金　公积金", &["short:公积金"]),
            ("住房公积金提取条件", &["long:住房公积金提取条件"]),
            ("GJJ", &["plain:gjj"]),
            ("税", &["plain:税"]),
            ("“优化 营商环境”办法", &["exact:优化 营商环境", "short:办法"]),
            ("\"ab\" 「cd」", &["exact:ab", "exact:cd"]),
            ("\"没有合上", &["short:没有合上"]),
            ("\"\"公积金", &["short:公积金"]),
            ("《公积金》(提取)*?:^~[]{}", &["short:公积金", "short:提取"]),
            ("5G网络", &["short:5g网络"]),
            ("热线 1 2 3 4 5", &["short:热线", "spaced:1 2 3 4 5"]),
            ("0 5 1 0 - １　２ 3", &["spaced:0 5 1 0", "spaced:1 2 3"]),
            ("1 2 3f 第1 2号 7", &["spaced:1 2", "plain:3f", "short:第1", "short:2号", "plain:7"]),
            ("\"1 2\" 12 3", &["exact:1 2", "plain:12", "plain:3"]),
        ] {
            assert_eq!(pieces(text), read, "{text}");
        }
    }

    #[test]
    fn longer_than_anybody_means_is_refused() {
        assert!(Question::of(&"字".repeat(Query::LONGEST)).is_ok());
        assert!(matches!(Question::of(&"字".repeat(Query::LONGEST + 1)), Err(AskError::TooLong { .. })));
    }
}
