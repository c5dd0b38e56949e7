//! Why there is no next index.

use std::io;

use tantivy::TantivyError;

/// The next index cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// It was built with other fields or another analysis: build a new generation.
    #[error("the index is of schema {found}, this program writes {wanted}")]
    OtherSchema {
        /// Its schema.
        found: u32,
        /// Ours.
        wanted: u32,
    },
    /// The manifest names a file of an object that it does not name.
    #[error("the manifest is not complete")]
    Incomplete,
    /// tantivy's account of the segments makes no sense.
    #[error("the account of the segments cannot be read")]
    Meta(#[from] serde_json::Error),
    /// The folder cannot be written.
    #[error("the folder cannot be written")]
    Folder(#[from] io::Error),
    /// An object is missing or not what the manifest says, or a segment cannot be written.
    #[error("the index cannot be read or written")]
    Index(#[from] TantivyError),
}
