//! What a build made.

use std::path::PathBuf;

use crate::manifest::Manifest;

/// What became of the changes.
#[derive(Debug)]
pub struct Outcome {
    /// What was done with each.
    pub report: Report,
    /// The next index; none where nothing changes.
    pub built: Option<Built>,
}

/// The next index.
#[derive(Debug)]
pub struct Built {
    /// Its manifest, to be swapped once all objects lie on the shelf.
    pub manifest: Manifest,
    /// New objects: key and file. No key ever lay on the shelf before.
    pub objects: Vec<(String, PathBuf)>,
    /// Keys that the manifest names no more: removed when no reader can be at the one before.
    pub unreferenced: Vec<String>,
}

/// What was done with the changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents that are searched as they are now.
    pub upserted: usize,
    /// Documents that are found no more.
    pub removed: usize,
    /// Changes that change nothing: the document is indexed under the same stamp, or was to be removed and is not there, or another
    /// change of the same build is of a higher version.
    pub skipped: usize,
    /// Documents of which the index has a higher version.
    pub refused: Vec<String>,
    /// Segments that became one.
    pub merged: usize,
}
