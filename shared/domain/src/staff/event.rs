//! The storage format of staff: change a shape only as a new version.

use serde::{Deserialize, Serialize};

use super::{role::Role, scope::Scope};
use crate::{
    aggregate::Event,
    id::{ActorId, StaffId},
    text::Line,
};

/// A role and where it counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Assignment {
    /// What somebody is trusted with.
    pub role: Role,
    /// Where.
    pub scope: Scope,
}

/// What can happen to a member of staff. Who did it is in the commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum StaffEvent {
    /// The person is known from now on.
    StaffEnrolled {
        /// His id, for good.
        staff: StaffId,
        /// The subject that tokens name him by.
        subject: ActorId,
    },
    /// He was trusted with a role.
    RoleGranted {
        /// The role.
        role: Role,
        /// Where it counts.
        scope: Scope,
        /// Why.
        reason: Line<300>,
    },
    /// A role was taken from him.
    RoleRevoked {
        /// The role.
        role: Role,
        /// Where it counted.
        scope: Scope,
        /// Why.
        reason: Line<300>,
    },
    /// Nothing he asks for is done any more.
    StaffDisabled {
        /// Why.
        reason: Line<300>,
    },
    /// His roles count again.
    StaffEnabled {
        /// Why.
        reason: Line<300>,
    },
}

impl Event for StaffEvent {
    fn version(&self) -> u16 {
        match self {
            // 2: the role of migrators.
            Self::RoleGranted { .. } | Self::RoleRevoked { .. } => 3,
            Self::StaffEnrolled { .. } | Self::StaffDisabled { .. } | Self::StaffEnabled { .. } => 1,
        }
    }
}
