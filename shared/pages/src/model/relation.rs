//! What documents are to each other.

use serde::Serialize;

use super::Dated;

/// Another document, and where it is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentLink {
    /// Its title.
    pub title: String,
    /// Address of its page.
    pub url: String,
    /// When it became public.
    pub dated: Dated,
}

/// What a document is to others, and others to it; each in an order that is always the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Relations {
    /// What it explains 政策原文.
    pub interprets: Vec<DocumentLink>,
    /// What explains it 政策解读.
    pub interpreted_by: Vec<DocumentLink>,
    /// What it amends 修订前.
    pub amends: Vec<DocumentLink>,
    /// What amends it 修订后; the newest version has none.
    pub amended_by: Vec<DocumentLink>,
    /// What it repeals 废止的文件.
    pub repeals: Vec<DocumentLink>,
    /// What repeals it; one is enough to end its force.
    pub repealed_by: Vec<DocumentLink>,
    /// What it rests on 依据.
    pub based_on: Vec<DocumentLink>,
    /// What rests on it 相关问答与通知.
    pub basis_of: Vec<DocumentLink>,
}

impl Relations {
    /// Whether there are other versions of the text.
    #[must_use]
    pub fn has_versions(&self) -> bool {
        !self.amends.is_empty() || !self.amended_by.is_empty()
    }
}
