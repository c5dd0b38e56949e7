//! What is looked for, as tantivy understands it.

use std::collections::BTreeSet;

use tantivy::{
    Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query,
        RegexQuery, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use super::{
    error::AskError,
    marks::Marks,
    question::{Asked, Question},
};
use crate::{
    grams::Phrase, normal::Normal, number::Number, query, reading::ReadingKind, schema::Fields, synonyms, words,
};

/// What stands for a word counts this much.
const SYNONYM: f32 = 0.4;
/// Digits that stand anywhere, where they were typed with a space between each.
const APART: f32 = 0.01;
/// What else agrees with a clause, beside its best.
const BESIDE: f32 = 0.1;
/// A document that has the number: above everything that words can add up to.
const NUMBER: f32 = 1_000.0;

/// Words of a question that say nothing about its subject.
const IDLE: [&str; 20] = [
    "怎么",
    "怎样",
    "怎么样",
    "怎么办",
    "如何",
    "什么",
    "为什么",
    "哪里",
    "哪些",
    "哪个",
    "多少",
    "请问",
    "我要",
    "我想",
    "可以",
    "能否",
    "是否",
    "关于",
    "需要",
    "有关",
];

type Boxed = Box<dyn Query>;

/// A question, worded for the index.
pub(crate) struct Wording {
    pub(crate) kind: ReadingKind,
    /// All are required.
    pub(crate) clauses: Vec<Boxed>,
    /// Each is enough.
    enough: Vec<Boxed>,
    pub(crate) synonyms: Vec<(String, Vec<String>)>,
    pub(crate) marks: Marks,
}

/// Words a question.
#[derive(Default)]
pub(crate) struct Clauses {
    clauses: Vec<Boxed>,
    synonyms: Vec<(String, Vec<String>)>,
    marks: Marks,
}

impl Wording {
    /// What has all words.
    pub(crate) fn all(&self) -> Boxed {
        if self.kind == ReadingKind::Everything {
            return Box::new(AllQuery);
        }
        let all = (!self.clauses.is_empty()).then(|| all_of(self.clauses.iter().map(|clause| clause.box_clone())));
        any_of(self.enough.iter().map(|one| one.box_clone()).chain(all))
    }

    /// What has some words: the more the better.
    pub(crate) fn some(&self) -> Boxed {
        any_of(self.enough.iter().chain(&self.clauses).map(|clause| clause.box_clone()))
    }
}

impl Clauses {
    /// Words a question, in which documents have the `numbers`.
    pub(crate) fn word(mut self, question: &Question, numbers: Vec<String>) -> Result<Wording, AskError> {
        let wholes: Vec<String> = question.numbers.iter().filter_map(Number::term).collect();
        let mut enough: Vec<Boxed> = numbers.iter().map(|number| number_query(number)).collect();
        let is_number =
            question.numbers.iter().any(Number::is_plain) || numbers.iter().any(|number| wholes.contains(number));
        let kind = match question.pieces.as_slice() {
            [] => ReadingKind::Everything,
            _ if is_number => {
                let printed = question.numbers.iter().filter_map(Number::printed);
                let printed: Vec<Normal> = printed.map(|printed| Normal::of(&printed)).collect();
                for text in printed.iter().chain([&question.text]) {
                    self.marks.needle(text.chars());
                    enough.extend(substring(text.chars())?);
                }
                ReadingKind::Number
            }
            pieces => {
                for piece in pieces {
                    self.piece(piece)?;
                }
                ReadingKind::AllWords
            }
        };
        if self.clauses.len() > query::Query::CLAUSES {
            return Err(AskError::TooManyWords { most: query::Query::CLAUSES });
        }
        let Self { clauses, synonyms, marks } = self;
        Ok(Wording { kind, clauses, enough, synonyms, marks })
    }

    fn piece(&mut self, piece: &Asked) -> Result<(), AskError> {
        match piece {
            Asked::Exact(chars) => {
                self.marks.needle(chars);
                self.clauses.extend(substring(chars)?);
            }
            Asked::Plain(chars) => {
                let mut ways = self.as_part(&String::from_iter(chars))?;
                if chars.len() >= 2 && chars.iter().all(char::is_ascii_alphabetic) {
                    self.marks.initials(chars);
                    ways.extend(phrase(Fields::get().initials, &Phrase::of(chars))?.map(|query| boost(query, 2.0)));
                }
                self.clauses.push(best_of(ways));
            }
            Asked::Short(chars) => {
                let text = String::from_iter(chars);
                let mut ways = self.as_part(&text)?;
                let words = words::cut(&text);
                if words.len() > 1 {
                    // Parts of words would do for anything that shares two characters with it.
                    let mut all = Vec::new();
                    for word in words {
                        self.marks.needle(&word.chars().collect::<Vec<_>>());
                        all.push(best_of(self.as_word(word)?));
                    }
                    ways.push(all_of(all));
                }
                self.clauses.push(best_of(ways));
            }
            Asked::Long(chars) => {
                for word in telling(words::cut(&String::from_iter(chars))) {
                    let ways = self.as_part(word)?;
                    self.clauses.push(best_of(ways));
                }
            }
            Asked::Spaced(chars) => {
                let digits: Vec<char> = chars.iter().copied().filter(|shown| *shown != ' ').collect();
                let mut ways = self.as_part(&String::from_iter(&digits))?;
                self.marks.needle(chars);
                ways.extend(substring(chars)?);
                let each: BTreeSet<char> = digits.into_iter().collect();
                let mut apart = Vec::new();
                for digit in each {
                    apart.extend(substring(&[digit])?);
                }
                ways.push(boost(all_of(apart), APART));
                self.clauses.push(best_of(ways));
            }
        }
        Ok(())
    }

    /// A word as such, or what means the same.
    fn as_word(&mut self, word: &str) -> Result<Vec<Boxed>, AskError> {
        let mut ways = word_queries(word);
        let synonyms = synonyms::of(word);
        for synonym in synonyms {
            let chars: Vec<char> = synonym.chars().collect();
            self.marks.needle(&chars);
            let mut same = word_queries(synonym);
            same.extend(substring(&chars)?);
            ways.push(boost(best_of(same), SYNONYM));
        }
        if !synonyms.is_empty() && !self.synonyms.iter().any(|(known, _)| known == word) {
            self.synonyms.push((word.to_owned(), synonyms.iter().map(|synonym| (*synonym).to_owned()).collect()));
        }
        Ok(ways)
    }

    /// A word as such, as part of another, or what means the same.
    fn as_part(&mut self, word: &str) -> Result<Vec<Boxed>, AskError> {
        let chars: Vec<char> = word.chars().collect();
        self.marks.needle(&chars);
        let mut ways = self.as_word(word)?;
        ways.extend(substring(&chars)?);
        Ok(ways)
    }
}

/// The words that say what is looked for: without idle ones and single characters, unless there are no others.
fn telling(words: Vec<&str>) -> Vec<&str> {
    let telling: Vec<&str> =
        words.iter().copied().filter(|word| word.chars().nth(1).is_some() && !IDLE.contains(word)).collect();
    if telling.is_empty() { words } else { telling }
}

/// A document that has the number.
fn number_query(number: &str) -> Boxed {
    let term = Term::from_field_text(Fields::get().number, number);
    Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), NUMBER))
}

/// A word in any field: title before terms before summary before body. Without norms a word of terms and summary counts half as much again
/// already, whatever stands beside it.
fn word_queries(word: &str) -> Vec<Boxed> {
    let fields = Fields::get();
    [(fields.title_words, 6.0), (fields.term_words, 2.5), (fields.summary_words, 1.6), (fields.body_words, 1.0)]
        .map(|(field, weight)| {
            let term = Term::from_field_text(field, word);
            boost(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight)
        })
        .into()
}

/// Characters one after the other, whatever words they belong to. None where there is neither letter nor digit among them.
fn substring(chars: &[char]) -> Result<Option<Boxed>, AskError> {
    let fields = Fields::get();
    let wanted = Phrase::of(chars);
    let title = phrase(fields.title_pairs, &wanted)?.map(|query| boost(query, 2.0));
    let text = phrase(fields.text_pairs, &wanted)?.map(|query| boost(query, 0.6));
    Ok(match (title, text) {
        (Some(title), Some(text)) => Some(best_of(vec![title, text])),
        (title, text) => title.or(text),
    })
}

fn phrase(field: Field, wanted: &Phrase) -> Result<Option<Boxed>, AskError> {
    let term = |text: &String| Term::from_field_text(field, text);
    Ok(match wanted {
        Phrase::Nothing => None,
        Phrase::One(first) => Some(Box::new(RegexQuery::from_pattern(&format!("{first}.?"), field)?)),
        Phrase::Row(row) => match row.as_slice() {
            [(_, only)] => Some(Box::new(TermQuery::new(term(only), IndexRecordOption::WithFreqs))),
            row => {
                Some(Box::new(PhraseQuery::new_with_offset(row.iter().map(|(at, text)| (*at, term(text))).collect())))
            }
        },
    })
}

fn boost(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}

/// As good as the best of them.
fn best_of(ways: Vec<Boxed>) -> Boxed {
    Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, BESIDE))
}

fn all_of(clauses: impl IntoIterator<Item = Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Must, clause)).collect()))
}

fn any_of(clauses: impl IntoIterator<Item = Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Should, clause)).collect()))
}
