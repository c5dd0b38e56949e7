//! Where objects lie.

mod memory;

use std::ops::Range;

pub use memory::MemoryShelf;

/// Where the objects of an index lie: S3, or a map in a test. Calls block; several come at once.
pub trait Shelf: Send + Sync {
    /// The bytes `range` of the object `key`; fewer where the object ends before.
    ///
    /// # Errors
    /// There is no such object, or it cannot be read now.
    fn read(&self, key: &str, range: Range<u64>) -> Result<Vec<u8>, ShelfError>;
}

/// An object cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// There is no such object.
    #[error("there is no object `{key}`")]
    Missing {
        /// Its key.
        key: String,
    },
    /// The shelf does not answer, or refuses.
    #[error("object `{key}` cannot be read")]
    Failed {
        /// Its key.
        key: String,
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
