//! The fields of the index.

use std::sync::LazyLock;

use tantivy::{
    schema::{FAST, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions},
    tokenizer::TokenizerManager,
};

use crate::{facet::Facet, grams::Grams, words::Words};

/// Raised when fields, analysis, synonyms or dictionary change: an index of another number is built anew, never mended.
pub const SCHEMA: u32 = 1;

/// The number of a generation's code: what the index makes of entries, and what entries are made of, rows of this fold generation.
#[must_use]
pub const fn code(fold: u64) -> u32 {
    SCHEMA * 1000 + fold as u32 % 1000
}

/// The fields of the index. Each column of a facet has the facet's name.
#[derive(Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    /// Looked up by the writer; a column for ties.
    pub(crate) id: Field,
    pub(crate) version: Field,
    pub(crate) stamp: Field,
    /// Canonical document and index numbers.
    pub(crate) number: Field,
    pub(crate) title_words: Field,
    pub(crate) term_words: Field,
    pub(crate) summary_words: Field,
    pub(crate) body_words: Field,
    pub(crate) title_pairs: Field,
    /// Pairs of summary and body.
    pub(crate) text_pairs: Field,
    pub(crate) initials: Field,
    pub(crate) instant: Field,
    /// First day in force, as `20240131`.
    pub(crate) from: Field,
    /// First day in force no more.
    pub(crate) until: Field,
    /// What is shown.
    pub(crate) title: Field,
    pub(crate) summary: Field,
    pub(crate) body: Field,
    pub(crate) facets: Vec<(Facet, Field)>,
}

static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::new);

impl Fields {
    pub(crate) fn get() -> &'static Self {
        &FIELDS
    }

    fn new() -> Self {
        let mut builder = Schema::builder();
        let fast = || NumericOptions::default().set_fast();
        let id = TextOptions::from(FAST).set_indexing_options(looked_up());
        let stored = || TextOptions::default().set_stored();
        Self {
            id: builder.add_text_field("id", id),
            version: builder.add_u64_field("version", fast()),
            stamp: builder.add_u64_field("stamp", fast()),
            number: builder.add_text_field("number", TextOptions::default().set_indexing_options(looked_up())),
            title_words: words(&mut builder, "title_words", Norms::Kept),
            term_words: words(&mut builder, "term_words", Norms::None),
            summary_words: words(&mut builder, "summary_words", Norms::None),
            body_words: words(&mut builder, "body_words", Norms::Kept),
            title_pairs: pairs(&mut builder, "title_pairs", "pairs"),
            text_pairs: pairs(&mut builder, "text_pairs", "pairs"),
            initials: pairs(&mut builder, "initials", "initials"),
            instant: builder.add_i64_field("instant", fast()),
            from: builder.add_i64_field("from", fast()),
            until: builder.add_i64_field("until", fast()),
            title: builder.add_text_field("title", stored()),
            summary: builder.add_text_field("summary", stored()),
            body: builder.add_text_field("body", stored()),
            facets: Facet::ALL.map(|facet| (facet, builder.add_text_field(facet.name(), FAST))).to_vec(),
            schema: builder.build(),
        }
    }
}

/// One term a value, only whether it is there.
fn looked_up() -> TextFieldIndexing {
    TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false).set_index_option(IndexRecordOption::Basic)
}

/// Whether a word counts more where fewer stand beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Norms {
    Kept,
    /// Where most documents have no text at all, any text would be a long one.
    None,
}

fn words(builder: &mut SchemaBuilder, name: &str, norms: Norms) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("words")
        .set_fieldnorms(norms == Norms::Kept)
        .set_index_option(IndexRecordOption::WithFreqs);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

fn pairs(builder: &mut SchemaBuilder, name: &str, tokenizer: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// How the fields are cut.
pub(crate) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register("words", Words);
    tokenizers.register("pairs", Grams::Text);
    tokenizers.register("initials", Grams::Initials);
    tokenizers
}
