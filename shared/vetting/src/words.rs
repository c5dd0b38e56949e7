//! Word lists (词库): wrong words, words to avoid, words that must not stand.

use std::{collections::BTreeSet, fmt};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use domain::{id::ListName, text::Line, vetting::Level};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::spelling::{origin, spell};

/// Most words of a list.
pub const WORDS: usize = 20_000;

/// A word and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The word, 1–40 characters.
    pub word: Line<40>,
    /// What to write instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Line<40>>,
    /// Longer words in which it is right: 登陆艇 for 登陆.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Line<40>>,
}

/// Why words make no list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unlistable {
    /// There is none.
    #[error("a word list needs at least one word")]
    Empty,
    /// There are too many.
    #[error("the list has {given} words, at most {WORDS} are allowed")]
    TooMany {
        /// How many.
        given: usize,
    },
    /// A word stands there twice, perhaps in another width or case.
    #[error("the word `{word}` stands in the list twice")]
    Twice {
        /// Its place in the list, from 0.
        place: usize,
        /// The word.
        word: String,
    },
    /// A longer word does not hold the word that it is to excuse.
    #[error("`{longer}` does not hold the word `{word}` that it is to excuse")]
    Unrelated {
        /// Its place in the list, from 0.
        place: usize,
        /// The word.
        word: String,
        /// The longer one.
        longer: String,
    },
    /// The search refused them.
    #[error("the words cannot be searched for: {0}")]
    Unsearchable(String),
}

/// A list that texts can be searched with.
pub struct Search {
    pub(crate) name: ListName,
    pub(crate) title: String,
    pub(crate) level: Level,
    words: Vec<Word>,
    automaton: CharwiseDoubleArrayAhoCorasick<Found>,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy)]
enum Found {
    Word(u32),
    /// A longer word in which a listed one is right.
    Excused,
}

/// A listed word in a text.
pub(crate) struct Hit<'a> {
    pub(crate) word: &'a Word,
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("name", &self.name).field("words", &self.words.len()).finish_non_exhaustive()
    }
}

impl Search {
    /// Makes a list searchable.
    ///
    /// # Errors
    /// The words make no list.
    pub fn new(name: ListName, title: &str, level: Level, words: Vec<Word>) -> Result<Self, Unlistable> {
        check(&words)?;
        let mut patterns: Vec<(String, Found)> = Vec::new();
        let listed: BTreeSet<String> = words.iter().map(|word| spell(word.word.as_str())).collect();
        for (place, word) in words.iter().enumerate() {
            let number = u32::try_from(place).map_err(|_| Unlistable::TooMany { given: words.len() })?;
            patterns.push((spell(word.word.as_str()), Found::Word(number)));
        }
        let excused: BTreeSet<String> =
            words.iter().flat_map(|word| &word.unless).map(|longer| spell(longer.as_str())).collect();
        // A word that is listed itself is excused nowhere.
        patterns.extend(excused.difference(&listed).map(|longer| (longer.clone(), Found::Excused)));
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .map_err(|error| Unlistable::Unsearchable(error.to_string()))?;
        Ok(Self { name, title: title.to_owned(), level, words, automaton })
    }

    /// The listed words of `text`, whose spelling is `spelling`, in their order.
    pub(crate) fn hits<'a>(&'a self, text: &'a str, spelling: &'a str) -> impl Iterator<Item = Hit<'a>> + 'a {
        self.automaton.leftmost_find_iter(spelling).filter_map(move |found| {
            let Found::Word(number) = found.value() else { return None };
            let word = self.words.get(usize::try_from(number).ok()?)?;
            if !stands_alone(spelling, found.start(), found.end()) {
                return None;
            }
            let (start, end) = origin(text, found.start(), found.end());
            Some(Hit { word, start, end })
        })
    }
}

/// A Latin word is not looked for within another one.
fn stands_alone(spelling: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, found, after) = (spelling.get(..start), spelling.get(start..end), spelling.get(end..));
    let (Some(before), Some(found), Some(after)) = (before, found, after) else { return false };
    let within = |inner: Option<char>, outer: Option<char>| letter(inner) && letter(outer);
    !within(found.chars().next(), before.chars().next_back())
        && !within(found.chars().next_back(), after.chars().next())
}

fn check(words: &[Word]) -> Result<(), Unlistable> {
    if words.is_empty() {
        return Err(Unlistable::Empty);
    }
    if words.len() > WORDS {
        return Err(Unlistable::TooMany { given: words.len() });
    }
    let mut seen = BTreeSet::new();
    for (place, word) in words.iter().enumerate() {
        let text = word.word.as_str();
        if !seen.insert(spell(text)) {
            return Err(Unlistable::Twice { place, word: text.to_owned() });
        }
        let (short, holds) = (spell(text), |longer: &str| spell(longer));
        if let Some(longer) = word.unless.iter().find(|longer| {
            let longer = holds(longer.as_str());
            longer == short || !longer.contains(&short)
        }) {
            return Err(Unlistable::Unrelated { place, word: text.to_owned(), longer: longer.as_str().to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str, instead: Option<&str>, unless: &[&str]) -> Word {
        Word {
            word: Line::new(word).unwrap(),
            instead: instead.map(|text| Line::new(text).unwrap()),
            unless: unless.iter().map(|text| Line::new(text).unwrap()).collect(),
        }
    }

    fn search(words: Vec<Word>) -> Result<Search, Unlistable> {
        Search::new("list".parse().unwrap(), "词库", Level::Warn, words)
    }

    fn found(words: Vec<Word>, text: &str) -> Vec<String> {
        let search = search(words).unwrap();
        let spelling = spell(text);
        search.hits(text, &spelling).map(|hit| text.get(hit.start..hit.end).unwrap().to_owned()).collect()
    }

    #[test]
    fn a_word_is_found_however_it_is_spaced_and_wide() {
        let words = || vec![word("登陆", Some("登录"), &["登陆舰", "抢滩登陆"]), word("ABC", None, &[])];
        assert_eq!(found(words(), "请登陆系统，登 陆后再登陆"), ["登陆", "登 陆", "登陆"]);
        assert_eq!(found(words(), "登陆舰抢滩登陆"), Vec::<String>::new());
        assert_eq!(found(words(), "abc，ＡＢＣ，abcd，xabc，中abc中"), ["abc", "ＡＢＣ", "abc"]);
    }

    #[test]
    fn the_longest_listed_word_counts() {
        assert_eq!(found(vec![word("帐", None, &[]), word("帐户", Some("账户"), &[])], "帐户和帐"), ["帐户", "帐"]);
    }

    #[test]
    fn what_makes_no_list_is_told() {
        assert!(matches!(search(Vec::new()), Err(Unlistable::Empty)));
        let twice = search(vec![word("ab", None, &[]), word("ＡＢ", None, &[])]);
        assert!(matches!(twice, Err(Unlistable::Twice { place: 1, .. })));
        let unrelated = search(vec![word("登陆", None, &["登录舰"])]);
        assert!(matches!(unrelated, Err(Unlistable::Unrelated { place: 0, .. })));
        let itself = search(vec![word("登陆", None, &["登陆"])]);
        assert!(matches!(itself, Err(Unlistable::Unrelated { .. })));
        let many: Vec<Word> = (0..=WORDS).map(|number| word(&format!("词{number}"), None, &[])).collect();
        assert!(matches!(search(many), Err(Unlistable::TooMany { .. })));
    }
}
