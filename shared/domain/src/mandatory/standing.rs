//! How a category stands with a department.

use super::category::Category;

/// How a category stands with a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// 已公开: something of it is public.
    Covered,
    /// 缺少: nothing is, and nobody said why.
    Lacking,
    /// 不涉及: the department declared that it does not concern it.
    NotConcerned,
}

impl Standing {
    /// As people read it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Covered => "已公开",
            Self::Lacking => "缺少",
            Self::NotConcerned => "不涉及",
        }
    }

    /// As programs read it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Lacking => "lacking",
            Self::NotConcerned => "not-concerned",
        }
    }
}

/// What a department has to show for a category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Whether a document of its own is public in a column that discloses the category.
    pub has_documents: bool,
    /// Whether its profile tells all that the category asks for.
    pub is_told_by_profile: bool,
    /// Whether it declared that the category does not concern it.
    pub is_declared: bool,
}

impl Evidence {
    /// How `category` stands. A declaration is told as one whatever else there is: it is never counted as covered.
    #[must_use]
    pub fn standing(self, category: Category) -> Standing {
        let told = self.is_told_by_profile && category == Category::Organisation;
        if self.is_declared && !category.concerns_all() {
            Standing::NotConcerned
        } else if self.has_documents || told {
            Standing::Covered
        } else {
            Standing::Lacking
        }
    }
}

/// How many categories, or departments, stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// 已公开.
    pub covered: usize,
    /// 缺少.
    pub lacking: usize,
    /// 不涉及.
    pub not_concerned: usize,
}

impl FromIterator<Standing> for Tally {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        standings.into_iter().fold(Self::default(), |mut tally, standing| {
            match standing {
                Standing::Covered => tally.covered += 1,
                Standing::Lacking => tally.lacking += 1,
                Standing::NotConcerned => tally.not_concerned += 1,
            }
            tally
        })
    }
}
