//! Why a change of the checks' rules was refused.

use thiserror::Error;

use super::required::Field;
use crate::{column::ColumnKind, id::ListName};

/// Why a change of the checks' rules was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VettingRefusal {
    /// The rules, or the list, are so already.
    #[error("nothing would change")]
    Unchanged,
    /// There is no such list, or it was dropped.
    #[error("there is no word list `{list}` in force")]
    NoSuchList {
        /// The name.
        list: ListName,
    },
    /// As many lists as a city may have.
    #[error("there are {most} word lists, which is as many as there may be")]
    TooManyLists {
        /// How many.
        most: usize,
    },
    /// A kind of column is named twice.
    #[error("what documents in columns of kind `{}` must tell is said twice", .kind.chinese())]
    KindTwice {
        /// The kind.
        kind: ColumnKind,
    },
    /// A field is named twice.
    #[error("the field `{}` is required twice of columns of kind `{}`", .field.name(), .kind.chinese())]
    FieldTwice {
        /// The kind.
        kind: ColumnKind,
        /// The field.
        field: Field,
    },
}
