//! What is to become of a document in the index.

use crate::entry::Entry;

/// What is to become of a document in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is searched like this from now on.
    Upsert(Box<Entry>),
    /// It is found no more.
    Remove {
        /// Its stream without `document:`.
        id: String,
        /// Row version: the commit that hid it.
        version: u64,
    },
}

impl Change {
    /// The document.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Upsert(entry) => &entry.id,
            Self::Remove { id, .. } => id,
        }
    }

    /// The version of its row.
    #[must_use]
    pub fn version(&self) -> u64 {
        match self {
            Self::Upsert(entry) => entry.version,
            Self::Remove { version, .. } => *version,
        }
    }
}

impl From<Entry> for Change {
    fn from(entry: Entry) -> Self {
        Self::Upsert(Box::new(entry))
    }
}
