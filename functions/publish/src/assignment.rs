//! Roles and where they count, as the API spells them.

use command::{Checks, mirrored};
use domain::staff::{self, Assignment as Known, Scope};
use serde::Deserialize;
use utoipa::ToSchema;

mirrored! {
    staff:
    /// What somebody is trusted with.
    Role:
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

/// A role and where it counts: in one department or all, on one site or all.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assignment {
    /// The role.
    role: Role,
    /// Code of the only department; all if absent.
    #[serde(default)]
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: Option<String>,
    /// Label of the only site; all if absent, and what stands on no site.
    #[serde(default)]
    #[schema(example = "www", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    site: Option<String>,
}

impl Assignment {
    /// Checks the names in it; `pointer` leads to it.
    pub(crate) fn checked(&self, checks: &mut Checks, pointer: &str) -> Option<Known> {
        let department = self.department.as_deref().map(|code| checks.name(&format!("{pointer}/department"), code));
        let site = self.site.as_deref().map(|label| checks.name(&format!("{pointer}/site"), label));
        // A name that does not parse must never count as none: that would be all of them.
        let scope = Scope {
            department: match department {
                None => None,
                Some(parsed) => Some(parsed?),
            },
            site: match site {
                None => None,
                Some(parsed) => Some(parsed?),
            },
        };
        Some(Known { role: self.role.into(), scope })
    }
}
