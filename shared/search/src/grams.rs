//! Pairs of characters: every substring can be found.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::{
    initials::initials,
    normal::{Normal, is_written},
};

/// Cuts a text into its pairs of neighbouring letters and digits, Han or not. The position of a pair is that of its first character in the
/// normalised text, so a break takes a position too; the last character of a run stands alone.
///
/// Any part of the text is then a row of pairs at known distances, whatever a dictionary thinks of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Grams {
    /// Of the text as it is compared.
    Text,
    /// Of the first letters of its pinyin.
    Initials,
}

/// Pairs as tantivy wants them.
pub(crate) struct Pairs {
    chars: Vec<char>,
    next: usize,
    token: Token,
}

/// What a phrase looks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// Pairs, and lone characters that end a run, each at its distance from the first.
    Row(Vec<(usize, String)>),
    /// One character: alone, or the first of any pair.
    One(char),
    /// Neither a letter nor a digit.
    Nothing,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = Pairs;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Pairs {
        let normal = Normal::of(text);
        let chars = match self {
            Self::Text => normal.chars().to_vec(),
            Self::Initials => initials(normal.chars()),
        };
        Pairs { chars, next: 0, token: Token::default() }
    }
}

impl TokenStream for Pairs {
    fn advance(&mut self) -> bool {
        while let Some(&first) = self.chars.get(self.next) {
            let at = self.next;
            self.next += 1;
            if is_written(first) {
                self.token.text.clear();
                self.token.text.push(first);
                self.token.text.extend(self.chars.get(self.next).filter(|second| is_written(**second)));
                (self.token.position, self.token.offset_from, self.token.offset_to) = (at, at, self.next);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl Phrase {
    /// What is certain about any text in which `chars` stand.
    ///
    /// Of the last character only its pair with the one before is known: what follows it in a text, nobody can tell.
    pub(crate) fn of(chars: &[char]) -> Self {
        let chars = chars.trimmed();
        let mut row = Vec::new();
        for (at, &first) in chars.iter().enumerate().filter(|(_, first)| is_written(**first)) {
            match chars.get(at + 1) {
                Some(&second) if is_written(second) => row.push((at, String::from_iter([first, second]))),
                Some(_) => row.push((at, first.to_string())),
                None => {}
            }
        }
        match (row.is_empty(), chars.first()) {
            (false, _) => Self::Row(row),
            (true, Some(&only)) => Self::One(only),
            (true, None) => Self::Nothing,
        }
    }
}

trait Trim {
    /// Without what is neither letter nor digit at both ends.
    fn trimmed(&self) -> &Self;
}

impl Trim for [char] {
    fn trimmed(mut self: &Self) -> &Self {
        while let [first, rest @ ..] = self
            && !is_written(*first)
        {
            self = rest;
        }
        while let [rest @ .., last] = self
            && !is_written(*last)
        {
            self = rest;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        Grams::Text.clone().token_stream(text).process(&mut |token| found.push((token.position, token.text.clone())));
        found
    }

    fn row(tokens: &[(usize, &str)]) -> Vec<(usize, String)> {
        tokens.iter().map(|(at, text)| (*at, (*text).to_owned())).collect()
    }

    #[test]
    fn a_break_takes_a_place_and_a_run_ends_alone() {
        assert_eq!(pairs("公积金，Ａ1"), row(&[(0, "公积"), (1, "积金"), (2, "金"), (4, "a1"), (5, "1")]));
    }

    #[test]
    fn a_phrase_says_only_what_is_certain() {
        let phrase = |text: &str| Phrase::of(&text.chars().collect::<Vec<_>>());
        assert_eq!(phrase("公积金"), Phrase::Row(row(&[(0, "公积"), (1, "积金")])));
        assert_eq!(phrase("，金，管，"), Phrase::Row(row(&[(0, "金")])));
        assert_eq!(phrase("，积"), Phrase::One('积'));
        assert_eq!(phrase("、。"), Phrase::Nothing);
    }
}
