//! What a person may be trusted with.

use serde::{Deserialize, Serialize};

/// What a person may be trusted with.
///
/// Stored in events: a further role is a new version of the events that name roles, so that older code does not mistake it.
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
    /// 审计: reads, changes nothing.
    Auditor,
    /// 管理: grants and revokes roles, disables and enables people.
    Administrator,
    /// 迁移: brings in documents of older systems.
    Migrator,
    /// 承办: answers cases of citizens.
    Handler,
    /// 督办: approves more time, takes back what was answered, erases.
    Supervisor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Editor,
        Self::Reviewer,
        Self::Publisher,
        Self::Registrar,
        Self::Auditor,
        Self::Administrator,
        Self::Migrator,
        Self::Handler,
        Self::Supervisor,
    ];

    /// As events and policies spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Reviewer => "reviewer",
            Self::Publisher => "publisher",
            Self::Registrar => "registrar",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::Migrator => "migrator",
            Self::Handler => "handler",
            Self::Supervisor => "supervisor",
        }
    }

    /// The role that is spelt so, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}
