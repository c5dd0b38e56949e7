//! A member of staff as the API shows him.

use domain::staff::{Assignment, Former, Held, Scope, Staff};
use serde::Serialize;
use utoipa::ToSchema;

use crate::assignment::Role;

/// A member of staff: the roles he holds and held, who granted them, and when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffView {
    /// His id.
    id: String,
    /// Version of his stream: what the next `If-Match` names.
    version: u64,
    /// The subject that tokens name him by.
    #[schema(example = "zhang.wei")]
    subject: String,
    /// Whether nothing he asks for is done, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled: Option<ActView>,
    /// The roles he holds.
    roles: Vec<HeldView>,
    /// The roles he held.
    former: Vec<FormerView>,
}

/// Who did something, when and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActView {
    /// Subject of who did it.
    by: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// Why.
    reason: String,
}

/// A role he holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldView {
    /// The role.
    role: Role,
    /// Code of the only department; all if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "jyj")]
    department: Option<String>,
    /// Label of the only site; all if absent, and what stands on no site.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "www")]
    site: Option<String>,
    /// Who granted it.
    granted: ActView,
}

/// A role he held.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormerView {
    #[serde(flatten)]
    held: HeldView,
    /// Who revoked it.
    revoked: ActView,
}

impl StaffView {
    /// None if nobody enrolled him.
    pub(super) fn of(staff: Staff, version: u64) -> Option<Self> {
        let enrolled = staff.enrolled?;
        Some(Self {
            id: enrolled.staff.into(),
            version,
            subject: enrolled.subject.into(),
            disabled: staff.disabled.map(|disabled| ActView {
                by: disabled.by.into(),
                at: disabled.at.to_string(),
                reason: disabled.reason.into(),
            }),
            roles: staff.held.into_iter().map(HeldView::of).collect(),
            former: staff.former.into_iter().map(FormerView::of).collect(),
        })
    }
}

impl HeldView {
    fn of(held: Held) -> Self {
        let granted = ActView { by: held.by.into(), at: held.at.to_string(), reason: held.reason.into() };
        let Assignment { role, scope: Scope { department, site } } = held.assignment;
        Self { role: role.into(), department: department.map(Into::into), site: site.map(Into::into), granted }
    }
}

impl FormerView {
    fn of(former: Former) -> Self {
        let revoked = ActView { by: former.by.into(), at: former.at.to_string(), reason: former.reason.into() };
        Self { held: HeldView::of(former.held), revoked }
    }
}
