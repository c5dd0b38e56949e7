//! What is stored of a file.

use domain::file::FileKind;

/// A file as it may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What it is.
    pub kind: FileKind,
    /// What readers are given: of pictures, texts and tables not the bytes that came in.
    pub bytes: Vec<u8>,
    /// Its sizes, if it is a picture.
    pub picture: Option<Picture>,
}

/// The sizes of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels, at most 2,560.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The same picture smaller, of the same kind, widest first.
    pub smaller: Vec<Smaller>,
}

/// A picture once more, smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smaller {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Of the same kind as the full picture.
    pub bytes: Vec<u8>,
}
