//! What texts are indexed by, for who puts them into another index beside this one.

use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

use crate::{grams::Grams, words::Words};

/// The words that a text is indexed by, in their order.
#[must_use]
pub fn indexed_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    Words.clone().token_stream(text).process(&mut |token| words.push(token.text.clone()));
    words
}

/// The pairs of characters that a text is indexed by, in their order; the last of a run alone.
#[must_use]
pub fn indexed_pairs(text: &str) -> Vec<String> {
    let mut pairs = Vec::new();
    Grams::Text.clone().token_stream(text).process(&mut |token| pairs.push(token.text.clone()));
    pairs
}
