//! Who acts.

use domain::{ActorId, DepartmentCode, SiteLabel};
use serde::{Deserialize, Serialize};

/// What a member of staff is trusted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 编辑: drafts, revises, submits.
    Editor,
    /// 审核: approves or returns.
    Reviewer,
    /// 发布: publishes, corrects, moves, withdraws.
    Publisher,
    /// 登记: departments, sites, columns.
    Registrar,
    /// 审计: reads everything.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Editor, Self::Reviewer, Self::Publisher, Self::Registrar, Self::Auditor];

    /// As tokens and policies spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Reviewer => "reviewer",
            Self::Publisher => "publisher",
            Self::Registrar => "registrar",
            Self::Auditor => "auditor",
        }
    }

    /// The role that a token spells so; none if it belongs to another capability.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// A member of staff, as a verified token tells of him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Who acts, in every commit.
    pub actor: ActorId,
    /// For people; never in an event or a log.
    pub name: String,
    /// What he is trusted with.
    pub roles: Vec<Role>,
    /// Where he works.
    pub department: DepartmentCode,
    /// The sites the token is good for; none where it names none.
    pub sites: Option<Vec<SiteLabel>>,
    /// Whether a registrar's word counts for the whole city.
    pub reach: Reach,
}

/// How far a registrar's word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Within his department.
    Department,
    /// Everywhere (claim `scope: "city"`).
    City,
}
