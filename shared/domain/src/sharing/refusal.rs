//! Why a command on sharing was refused.

use thiserror::Error;

use crate::id::ColumnId;

/// Why a command on sharing was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SharingRefusal {
    /// The column lists it as its own.
    #[error("the document stands in the column `{column}` itself")]
    OwnColumn {
        /// The column.
        column: ColumnId,
    },
    /// Nobody can read it.
    #[error("the document is not public")]
    NotPublic,
    /// The column lists it already.
    #[error("the column lists the document already")]
    AlreadyShared,
    /// The column does not list it.
    #[error("the column does not list the document")]
    NotShared,
}
