//! Files beside a text.

use domain::file::FileKind;
use serde::Serialize;

/// A file beside a text 附件, or a picture in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileNote {
    /// Hash of its bytes: the body names it by that.
    pub hash: String,
    /// What readers know it by.
    pub title: String,
    /// Where it is, absolute.
    pub url: String,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its sizes, if it is a picture.
    pub picture: Option<PictureNote>,
}

/// The sizes of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureNote {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The same picture smaller, widest first.
    pub smaller: Vec<SmallerPicture>,
}

/// A picture once more, smaller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SmallerPicture {
    /// Where it is, absolute.
    pub url: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}
