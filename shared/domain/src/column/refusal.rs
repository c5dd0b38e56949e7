//! Why a column's command was refused.

use thiserror::Error;

use crate::id::ColumnId;

/// Why a column's command was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ColumnRefusal {
    /// The path is taken.
    #[error("the column `{column}` is open already")]
    AlreadyOpen {
        /// The column.
        column: ColumnId,
    },
    /// Nobody opened it.
    #[error("this column is not open")]
    NotOpen,
    /// The path begins with a segment that the platform itself uses.
    #[error("the path segment `{segment}` is reserved")]
    Reserved {
        /// The segment.
        segment: String,
    },
    /// The profile is the one in force.
    #[error("nothing would change")]
    Unchanged,
}
