//! A public document as it is searched.

use jiff::civil::Date;

use crate::{force::Force, stamp::Stamp};

/// A public document as it is searched.
///
/// Labels and codes are taken as they are; they come back as the values of facets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 26 characters: its stream without `document:`.
    pub id: String,
    /// Row version: the commit at which what is searched last changed.
    pub version: u64,
    /// Digest of everything this entry was made of: equal stamps mean that there is nothing to do.
    pub stamp: String,
    /// The site it stands in.
    pub site: String,
    /// The column it stands in.
    pub column: String,
    /// The department that answers for it.
    pub department: String,
    /// Its title.
    pub title: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its text, plain, blocks separated by `\n`.
    pub body: String,
    /// 发文字号, in whatever dress.
    pub document_number: Option<String>,
    /// 索引号, in whatever dress.
    pub index_number: Option<String>,
    /// 组配, a code.
    pub class: Option<String>,
    /// `综合政务`, or with its second level `综合政务\政务公开`.
    pub subject: Option<String>,
    /// 体裁, a code.
    pub genre: Option<String>,
    /// 分类词 and keywords.
    pub terms: Vec<String>,
    /// `article`, `question`, `leader`, `link`, `file`, `pictures` or `film`.
    pub form: String,
    /// The day it goes by; none where nobody knows.
    pub day: Option<Date>,
    /// Milliseconds since 1970, for the order by date; `i64::MIN` where nobody knows.
    pub instant: i64,
    /// When it was in force.
    pub force: Force,
}

impl Entry {
    /// The year it goes by.
    pub(crate) fn year(&self) -> Option<String> {
        self.day.map(|day| format!("{:04}", day.year()))
    }

    /// The levels of its subject: the first, and both.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &str> {
        let whole = self.subject.as_deref();
        let first = whole.and_then(|subject| subject.split_once('\\')).map(|(first, _)| first);
        first.into_iter().chain(whole)
    }

    pub(crate) fn stamped(&self) -> Stamp {
        Stamp::of(&self.stamp)
    }
}
