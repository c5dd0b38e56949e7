//! Words of a dictionary.

use std::sync::OnceLock;

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::{
    normal::{Normal, is_written},
    synonyms,
};

/// Loaded at first use: it takes 140 ms and 33 MB.
static DICTIONARY: OnceLock<Jieba> = OnceLock::new();

/// Words longer than this are no words.
const LONGEST: usize = 64;

/// The dictionary of jieba, and the words of our own synonyms.
fn dictionary() -> &'static Jieba {
    DICTIONARY.get_or_init(|| {
        let mut jieba = Jieba::new();
        for word in synonyms::words() {
            jieba.add_word(word, None, None);
        }
        jieba
    })
}

/// The words of a normalised text, one after the other.
pub(crate) fn cut(text: &str) -> Vec<&str> {
    #[cfg(test)]
    tests::USES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    dictionary().cut(text, true).into_iter().map(|token| token.word).filter(|word| is_word(word)).collect()
}

fn is_word(word: &str) -> bool {
    word.len() <= LONGEST && word.chars().any(is_written)
}

/// Cuts a text into words, and long words into the words they are made of as well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words;

/// Words as tantivy wants them.
pub(crate) struct Found {
    words: std::vec::IntoIter<String>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Found;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Found {
        let normal = Normal::of(text).text();
        let cut = dictionary().cut_for_search(&normal, true);
        let words: Vec<String> =
            cut.into_iter().map(|token| token.word).filter(|word| is_word(word)).map(str::to_owned).collect();
        Found { words: words.into_iter(), token: Token::default() }
    }
}

impl TokenStream for Found {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.text = word;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    /// How often a text was cut for a query.
    pub(crate) static USES: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn long_words_are_found_by_the_words_they_are_made_of() {
        let mut found = Vec::new();
        Words.clone().token_stream("住房公积金，提取！").process(&mut |token| found.push(token.text.clone()));
        assert!(["公积金", "住房公积金", "提取"].iter().all(|word| found.contains(&(*word).to_owned())), "{found:?}");
        assert!(!found.contains(&"，".to_owned()));
    }
}
