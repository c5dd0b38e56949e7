//! What a document says of others: that it interprets, amends, repeals or rests on them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    id::{DocumentId, SiteLabel},
    path::PagePath,
    text::Line,
};

/// What a document is to another.
///
/// Stored in events: a further one is a new version of the events that carry contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// It explains it (政策解读, RULES.md A5).
    Interprets,
    /// It changes part of it, or is a later version of it (修订).
    Amends,
    /// It ends its force (废止).
    Repeals,
    /// It rests on it (依据): an answer, a notice.
    BasedOn,
}

impl RelationKind {
    /// The name, as stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Interprets => "interprets",
            Self::Amends => "amends",
            Self::Repeals => "repeals",
            Self::BasedOn => "based-on",
        }
    }
}

/// What an editor says: this document is so to that one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// What it is to it.
    pub kind: RelationKind,
    /// The other document.
    pub document: DocumentId,
}

/// A relation as it became public: the other document as it stood then.
///
/// Its path belongs to it for good and leads to it wherever it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// What this document is to it.
    pub kind: RelationKind,
    /// The other document.
    pub document: DocumentId,
    /// The site it stood on.
    pub site: SiteLabel,
    /// Where it stood there.
    pub path: PagePath,
    /// Its title.
    pub title: Line<200>,
    /// The day it goes by, of the city's calendar; absent where nobody knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
}
