//! Why a command on an appearance was refused.

use thiserror::Error;

/// Why a command on an appearance was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AppearanceRefusal {
    /// Pages look so already.
    #[error("nothing would change")]
    Unchanged,
}
