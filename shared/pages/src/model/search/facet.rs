//! Facets: by what hits may be narrowed, and how many are left then.

use serde::Serialize;

/// A facet with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Which.
    pub kind: FacetKind,
    /// Its values, the most frequent first; the page shows the first eight and all chosen ones, the others are folded.
    pub options: Vec<FacetOption>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetOption {
    /// Its name in words, not its code.
    pub name: String,
    /// How many hits there are with it, all other filters kept.
    pub count: u64,
    /// The address with it; without it where it is chosen.
    pub url: String,
    /// Whether hits are narrowed by it.
    pub chosen: bool,
    /// Values below it: the second level of subjects. Other facets have none.
    pub narrower: Vec<FacetOption>,
}

/// By what hits may be narrowed; the order is that of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetKind {
    /// Site 站点.
    Site,
    /// Department 部门.
    Department,
    /// Subject 主题, two levels.
    Subject,
    /// Genre 体裁.
    Genre,
    /// Class 组配分类.
    Class,
    /// Term 分类词.
    Term,
    /// Year 年份.
    Year,
    /// Validity 有效性.
    Validity,
    /// Form of content 内容形式.
    Form,
}

impl FacetKind {
    /// All, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Site,
        Self::Department,
        Self::Subject,
        Self::Genre,
        Self::Class,
        Self::Term,
        Self::Year,
        Self::Validity,
        Self::Form,
    ];

    /// Its heading, also on chips.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Site => "站点",
            Self::Department => "部门",
            Self::Subject => "主题",
            Self::Genre => "体裁",
            Self::Class => "组配分类",
            Self::Term => "分类词",
            Self::Year => "年份",
            Self::Validity => "有效性",
            Self::Form => "内容形式",
        }
    }

    /// The parameter of addresses that holds a wanted value; more values repeat it.
    #[must_use]
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Department => "department",
            Self::Subject => "subject",
            Self::Genre => "genre",
            Self::Class => "class",
            Self::Term => "term",
            Self::Year => "year",
            Self::Validity => "validity",
            Self::Form => "form",
        }
    }
}
