//! Files beside a text: what was taken in, under the hash of its bytes.
//!
//! Stored in events: a further kind is a new version of the events that carry files.

use serde::{Deserialize, Serialize};

use crate::document::BodyHash;

/// The kinds of file that readers may be given.
///
/// None of them runs anything in a browser: no HTML, no SVG, no programs, no documents with macros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// Portable Document Format.
    Pdf,
    /// Open Fixed-layout Document (GB/T 33190), the form of official papers.
    Ofd,
    /// Word up to 2003, and what WPS writes as such.
    Doc,
    /// Word, Office Open XML.
    Docx,
    /// Excel up to 2003.
    Xls,
    /// Excel, Office Open XML.
    Xlsx,
    /// PowerPoint up to 2003.
    Ppt,
    /// PowerPoint, Office Open XML.
    Pptx,
    /// A table as text, UTF-8.
    Csv,
    /// Plain text, UTF-8.
    Text,
    /// An archive of other files.
    Zip,
    /// A photograph.
    Jpeg,
    /// A drawing, or a picture with transparent parts.
    Png,
    /// Sound.
    Mp3,
    /// A film.
    Mp4,
}

/// Everything that is told of a kind, a line each.
const KINDS: [(FileKind, &str, &str, &str, &str); 15] = [
    (FileKind::Pdf, "pdf", "pdf", "application/pdf", "PDF 文档"),
    (FileKind::Ofd, "ofd", "ofd", "application/ofd", "OFD 版式文档"),
    (FileKind::Doc, "doc", "doc", "application/msword", "Word 文档"),
    (
        FileKind::Docx,
        "docx",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word 文档",
    ),
    (FileKind::Xls, "xls", "xls", "application/vnd.ms-excel", "Excel 表格"),
    (FileKind::Xlsx, "xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格"),
    (FileKind::Ppt, "ppt", "ppt", "application/vnd.ms-powerpoint", "PowerPoint 演示文稿"),
    (
        FileKind::Pptx,
        "pptx",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "PowerPoint 演示文稿",
    ),
    (FileKind::Csv, "csv", "csv", "text/csv; charset=utf-8", "CSV 表格"),
    (FileKind::Text, "text", "txt", "text/plain; charset=utf-8", "文本"),
    (FileKind::Zip, "zip", "zip", "application/zip", "ZIP 压缩包"),
    (FileKind::Jpeg, "jpeg", "jpg", "image/jpeg", "图片"),
    (FileKind::Png, "png", "png", "image/png", "图片"),
    (FileKind::Mp3, "mp3", "mp3", "audio/mpeg", "音频"),
    (FileKind::Mp4, "mp4", "mp4", "video/mp4", "视频"),
];

impl FileKind {
    fn line(self) -> &'static (Self, &'static str, &'static str, &'static str, &'static str) {
        // INVARIANT: the table has a line for every kind; a test holds it to that. PDF stands for what cannot be.
        KINDS.iter().find(|(kind, ..)| *kind == self).unwrap_or(&KINDS[0])
    }

    /// All kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// The kind in events and in the API: `docx`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.line().1
    }

    /// What its files' names end in, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.line().2
    }

    /// The media type that its files are served with.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.line().3
    }

    /// The kind as readers are told it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        self.line().4
    }

    /// Whether a page can show it as a picture.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    /// Whether a page can play it.
    #[must_use]
    pub fn plays(self) -> bool {
        matches!(self, Self::Mp3 | Self::Mp4)
    }
}

/// A file as it was taken in: its bytes lie in the store under their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Names the bytes.
    pub hash: BodyHash,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its sizes, if it is a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
}

impl StoredFile {
    /// Every stored body it consists of: the file, then its picture smaller.
    pub fn bodies(&self) -> impl Iterator<Item = &BodyHash> {
        let smaller = self.picture.iter().flat_map(|picture| &picture.smaller);
        std::iter::once(&self.hash).chain(smaller.map(|smaller| &smaller.hash))
    }
}

/// The sizes of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The same picture smaller, of the same kind, widest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub smaller: Vec<Rendition>,
}

/// A picture once more, smaller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// Names the bytes.
    pub hash: BodyHash,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_line_and_its_own_name_in_events() {
        for kind in FileKind::all() {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(kind.line().0, kind);
        }
        let mut extensions: Vec<&str> = FileKind::all().map(FileKind::extension).collect();
        extensions.sort_unstable();
        extensions.dedup();
        assert_eq!(extensions.len(), KINDS.len());
    }
}
