//! What answers are counted and narrowed by.

use serde::{Deserialize, Serialize};

/// What answers are counted and narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// The site.
    Site,
    /// The column.
    Column,
    /// The department that answers for it.
    Department,
    /// 组配.
    Class,
    /// The first level of the subject, and `first\second`.
    Subject,
    /// 体裁.
    Genre,
    /// 分类词 and keywords.
    Term,
    /// The year it goes by: four digits.
    Year,
    /// How it stands: a [`Validity`](crate::Validity) by its name.
    Validity,
    /// `article`, `question`, `leader`, `link`, `file`, `pictures` or `film`.
    Form,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Site,
        Self::Column,
        Self::Department,
        Self::Class,
        Self::Subject,
        Self::Genre,
        Self::Term,
        Self::Year,
        Self::Validity,
        Self::Form,
    ];

    /// Its name, which is also that of its column in the index.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Column => "column",
            Self::Department => "department",
            Self::Class => "class",
            Self::Subject => "subject",
            Self::Genre => "genre",
            Self::Term => "term",
            Self::Year => "year",
            Self::Validity => "validity",
            Self::Form => "form",
        }
    }
}
