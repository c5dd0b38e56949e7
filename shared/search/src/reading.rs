//! How a text was understood.

/// How a text was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What was required.
    pub kind: ReadingKind,
    /// Words of the text, each with those that stand for it as well.
    pub synonyms: Vec<(String, Vec<String>)>,
}

impl Reading {
    /// All words that stand for words of the text.
    #[must_use]
    pub fn others(&self) -> Vec<String> {
        self.synonyms.iter().flat_map(|(_, others)| others.clone()).collect()
    }
}

/// What was required of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReadingKind {
    /// Nothing: there was no text, or no letter and no digit in it.
    #[default]
    Everything,
    /// All words.
    AllWords,
    /// Some words: nothing has all of them.
    SomeWords,
    /// The text is a document or index number.
    Number,
}
