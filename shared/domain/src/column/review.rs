//! Who approves and who publishes in a column.

use serde::{Deserialize, Serialize};

use crate::id::{DepartmentCode, Malformed};

/// Whose reviewers or publishers have to act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The department; none for the document's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentCode>,
}

impl Post {
    /// The department that acts on a document of `own`.
    #[must_use]
    pub fn of<'a>(&'a self, own: &'a DepartmentCode) -> &'a DepartmentCode {
        self.department.as_ref().unwrap_or(own)
    }
}

/// The levels of review, in order: one to three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Post>", into = "Vec<Post>")]
pub struct Levels(Vec<Post>);

impl Levels {
    /// Whose reviewers approve, first to last.
    #[must_use]
    pub fn as_slice(&self) -> &[Post] {
        &self.0
    }

    /// How many approvals a text needs.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The department whose reviewers decide after `approvals` levels, on a document of `own`; the last level's where all have approved.
    #[must_use]
    pub fn turn<'a>(&'a self, approvals: usize, own: &'a DepartmentCode) -> &'a DepartmentCode {
        self.0.get(approvals).or_else(|| self.0.last()).map_or(own, |post| post.of(own))
    }
}

impl Default for Levels {
    /// One level, by the document's own department.
    fn default() -> Self {
        Self(vec![Post::default()])
    }
}

impl TryFrom<Vec<Post>> for Levels {
    type Error = Malformed;

    fn try_from(posts: Vec<Post>) -> Result<Self, Malformed> {
        if (1..=3).contains(&posts.len()) {
            Ok(Self(posts))
        } else {
            Err(Malformed::new(&posts.len().to_string(), "a number of review levels: 1-3", "审核级数（1–3）"))
        }
    }
}

impl From<Levels> for Vec<Post> {
    fn from(levels: Levels) -> Self {
        levels.0
    }
}

/// What a document needs to become public in a column (审核层级).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Whose reviewers approve, first to last.
    pub levels: Levels,
    /// Whose publisher publishes and corrects.
    pub publisher: Post,
}

impl Review {
    /// The departments that are named.
    pub fn departments(&self) -> impl Iterator<Item = &DepartmentCode> {
        self.levels.as_slice().iter().chain([&self.publisher]).filter_map(|post| post.department.as_ref())
    }
}
