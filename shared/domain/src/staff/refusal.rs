//! Why a command about staff was refused.

use thiserror::Error;

use super::event::Assignment;
use crate::id::StaffId;

/// Why a command about staff was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StaffRefusal {
    /// Nobody enrolled this person.
    #[error("this person is not enrolled")]
    NotEnrolled,
    /// The person is known already.
    #[error("this person is enrolled already, as `{staff}`")]
    AlreadyEnrolled {
        /// His id.
        staff: StaffId,
    },
    /// The subject belongs to the platform itself.
    #[error("subjects that begin with `system:` or `citizen:` are the platform's own")]
    Platform,
    /// Nobody decides about himself.
    #[error("nobody may change his own roles")]
    Own,
    /// The role is held in exactly this scope.
    #[error("the role {} for {} is held already", .0.role.as_str(), .0.scope)]
    AlreadyHeld(Assignment),
    /// The role is not held in exactly this scope.
    #[error("the role {} for {} is not held", .0.role.as_str(), .0.scope)]
    NotHeld(Assignment),
    /// A disabled person gets no further roles.
    #[error("this person is disabled")]
    Disabled,
    /// Disabled already.
    #[error("this person is disabled already")]
    AlreadyDisabled,
    /// Not disabled.
    #[error("this person is not disabled")]
    NotDisabled,
}
