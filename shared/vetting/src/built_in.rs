//! The word lists that come with the house: a city keeps, replaces or drops them.

use domain::{id::ListName, vetting::Level};

use crate::words::Word;

/// A list of the house.
#[derive(Debug, Clone)]
pub struct BuiltIn {
    /// Its name.
    pub name: ListName,
    /// What it is, for editors.
    pub title: &'static str,
    /// What its findings mean.
    pub level: Level,
    /// Its words.
    pub words: Vec<Word>,
}

/// The file, name, title and level of each.
const LISTS: [(&str, &str, &str, Level); 2] = [
    ("common-mistakes", "常见错别字", include_str!("../lists/common-mistakes.json"), Level::Warn),
    ("respectful-terms", "规范称谓", include_str!("../lists/respectful-terms.json"), Level::Warn),
];

/// The lists of the house; a test holds that each can be read.
#[must_use]
pub fn built_in() -> Vec<BuiltIn> {
    LISTS
        .iter()
        .filter_map(|(name, title, file, level)| {
            let words = serde_json::from_str(file).ok()?;
            Some(BuiltIn { name: name.parse().ok()?, title, level: *level, words })
        })
        .collect()
}
