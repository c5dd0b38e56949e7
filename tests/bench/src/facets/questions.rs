//! What is asked: twenty questions of each class, from words that a tenth of the records have to words that few have.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use search::{Facet, Filters, Query};
use serde_json::{Value, json};

use super::texts::Texts;

/// Questions of a class.
const EACH: usize = 20;

/// A class of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A word of three or four characters.
    Word,
    /// A word of two characters.
    Pair,
    /// Words in quotes.
    Phrase,
    /// A word on one site in one year.
    Filtered,
}

impl Class {
    pub(super) const ALL: [Self; 4] = [Self::Word, Self::Pair, Self::Phrase, Self::Filtered];

    /// Its name, in the table and to the peers.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Pair => "two-character word",
            Self::Phrase => "phrase",
            Self::Filtered => "word, site and year",
        }
    }
}

/// A question.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) class: Class,
    /// Without quotes.
    pub(super) text: String,
    /// Site and year.
    pub(super) filter: Option<(String, String)>,
}

impl Question {
    /// Twenty of each class.
    ///
    /// # Errors
    /// The texts have too few words.
    pub(super) fn all(texts: &Texts) -> Result<Vec<Self>> {
        let han = |word: &str| word.chars().all(|shown| ('\u{4E00}'..='\u{9FFF}').contains(&shown));
        let of_length = |lengths: std::ops::RangeInclusive<usize>| {
            let words = texts.words.iter().enumerate();
            let words = words.filter(|(_, word)| han(word) && lengths.contains(&word.chars().count()));
            words.map(|(at, word)| (word.clone(), texts.share(at))).collect::<BTreeMap<String, f64>>()
        };
        let word = |at: usize| texts.words.get(at).map(String::as_str).unwrap_or_default();
        let rows = texts
            .rows()
            .into_iter()
            .map(|((first, second), share)| (format!("{}{}", word(first), word(second)), share));
        let rows = rows.filter(|(row, _)| han(row) && (4..=8).contains(&row.chars().count())).collect();
        let (words, pairs, rows) = (spread(&of_length(3..=4))?, spread(&of_length(2..=2))?, spread(&rows)?);
        let question = |class| move |text: &String| Self { class, text: text.clone(), filter: None };
        let filtered = words.iter().enumerate().map(|(at, text)| Self {
            class: Class::Filtered,
            text: text.clone(),
            filter: Some((format!("site{:03}", at % 7), (2026 - at % 5).to_string())),
        });
        let plain = words.iter().map(question(Class::Word)).chain(pairs.iter().map(question(Class::Pair)));
        Ok(plain.chain(rows.iter().map(question(Class::Phrase))).chain(filtered).collect())
    }

    /// As our own index is asked: the first twenty by relevance.
    pub(super) fn query(&self) -> Query {
        let text = if self.class == Class::Phrase { format!("“{}”", self.text) } else { self.text.clone() };
        let filters = self.filter.iter().flat_map(|(site, year)| [(Facet::Site, site), (Facet::Year, year)]);
        Query { filters: filters.map(|(facet, value)| (facet, value.clone())).collect::<Filters>(), ..Query::of(text) }
    }

    /// As processes are asked, a line.
    pub(super) fn line(&self) -> Value {
        let (site, year) = self.filter.clone().unzip();
        json!({ "class": self.class.name(), "text": self.text, "pairs": search::indexed_pairs(&self.text), "site": site, "year": year })
    }

    /// As another process of this program was asked.
    pub(super) fn read(line: &Value) -> Option<Self> {
        let text = |name| line.get(name).and_then(Value::as_str).map(str::to_owned);
        let class = Class::ALL.into_iter().find(|class| Some(class.name()) == text("class").as_deref())?;
        Some(Self { class, text: text("text")?, filter: text("site").zip(text("year")) })
    }

    /// The pairs that stand in every text that has it: without the last character alone.
    pub(super) fn pairs(&self) -> Vec<String> {
        let mut pairs = search::indexed_pairs(&self.text);
        pairs.retain(|pair| pair.chars().count() == 2);
        pairs
    }
}

/// Some of `words`: from one that is often said to one that seldom is, each about three quarters as often as the one before.
fn spread(words: &BTreeMap<String, f64>) -> Result<Vec<String>> {
    const OFTEN: f64 = 60.0;
    const LESS: f64 = 0.75;
    let mut chosen: Vec<String> = Vec::new();
    let mut wanted = OFTEN;
    while chosen.len() < EACH {
        let others = words.iter().filter(|(word, _)| !chosen.contains(word));
        let nearest = others.min_by(|(_, one), (_, other)| (*one - wanted).abs().total_cmp(&(*other - wanted).abs()));
        ensure!(nearest.is_some(), "too few words");
        chosen.extend(nearest.map(|(word, _)| word.clone()));
        wanted *= LESS;
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_go_from_often_to_seldom() {
        let words = (1..200).map(|at| (format!("{at:03}"), f64::from(at))).collect();
        let chosen = spread(&words).unwrap();
        assert_eq!((chosen.len(), chosen[0].as_str(), chosen[1].as_str()), (20, "060", "045"));
    }

    #[test]
    fn a_question_is_the_same_on_the_other_side_of_a_pipe() {
        let asked = Question {
            class: Class::Filtered,
            text: "公积金".to_owned(),
            filter: Some(("a".to_owned(), "2024".to_owned())),
        };
        let read = Question::read(&asked.line()).unwrap();
        assert_eq!((read.class, &read.text, &read.filter), (asked.class, &asked.text, &asked.filter));
        assert_eq!(asked.pairs(), ["公积", "积金"]);
        assert_eq!(asked.query().filters.iter().count(), 2);
    }
}
