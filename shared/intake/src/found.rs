//! What a file is, by its bytes alone.

use std::borrow::Cow;

use domain::file::FileKind;

use crate::{
    archive::Archive,
    compound, csv,
    limits::Limits,
    pdf,
    picture::{self, Source},
    plain,
    refusal::Refusal,
    taken::Taken,
};

/// What the bytes are.
pub(crate) enum Found<'a> {
    /// A PDF.
    Pdf,
    /// A zip, or what is one inside.
    Archive(FileKind, Archive<'a>),
    /// Office up to 2003.
    Compound(FileKind),
    /// A picture.
    Picture(Source),
    /// Text; its name tells whether it is a table.
    Text(Cow<'a, str>),
    /// Sound or film.
    Media(FileKind),
}

impl<'a> Found<'a> {
    /// Looks at the bytes.
    ///
    /// # Errors
    /// They are of no kind that is taken, or of one but broken, locked or with macros: then the name does not matter.
    pub(crate) fn of(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        if bytes.starts_with(b"%PDF-") {
            return Ok(Self::Pdf);
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            let mut archive = Archive::open(bytes, limits)?;
            return Ok(Self::Archive(archive.kind()?, archive));
        }
        if bytes.starts_with(compound::MAGIC) {
            return compound::kind(bytes).map(Self::Compound);
        }
        // Text comes before the signatures: some are words ("BM", "MZ", "ID3"), and what has a signature in earnest is no text.
        let text = match plain::read(bytes) {
            Some(text) if plain::check(&text).is_ok() => {
                return match plain::markup(&text) {
                    Some(found) => Err(Refusal::UnknownKind { found: Some(found) }),
                    None => Ok(Self::Text(text)),
                };
            }
            other => other,
        };
        match (infer::get(bytes).map(|kind| kind.extension()), text) {
            (Some("jpg"), _) => Ok(Self::Picture(Source::Jpeg)),
            (Some("png"), _) => Ok(Self::Picture(Source::Png)),
            (Some("gif"), _) => Ok(Self::Picture(Source::Gif)),
            (Some("webp"), _) => Ok(Self::Picture(Source::WebP)),
            (Some("mp3"), _) => Ok(Self::Media(FileKind::Mp3)),
            (Some("mp4" | "m4v"), _) => Ok(Self::Media(FileKind::Mp4)),
            (None, Some(text)) => Ok(Self::Text(text)),
            (None, None) if plain::is_wide(bytes) => Err(Refusal::UnknownKind { found: Some("utf-16") }),
            (found, _) => Err(Refusal::UnknownKind { found }),
        }
    }

    /// What names of such files end in.
    pub(crate) fn extension(&self) -> &'static str {
        match self {
            Self::Pdf => FileKind::Pdf.extension(),
            Self::Archive(kind, _) | Self::Compound(kind) | Self::Media(kind) => kind.extension(),
            Self::Picture(source) => source.extension(),
            Self::Text(_) => FileKind::Text.extension(),
        }
    }

    /// Whether a name that ends so is one of such files.
    pub(crate) fn goes_by(&self, extension: &str) -> bool {
        let usual = match extension {
            "jpeg" | "jfif" => FileKind::Jpeg.extension(),
            "m4v" => FileKind::Mp4.extension(),
            other => other,
        };
        // Whether a text is a table its bytes do not tell.
        usual == self.extension() || (matches!(self, Self::Text(_)) && usual == FileKind::Csv.extension())
    }

    /// What is stored of it.
    ///
    /// # Errors
    /// It has something in it that readers must not be given.
    pub(crate) fn take(self, extension: &str, bytes: &[u8], limits: &Limits) -> Result<Taken, Refusal> {
        let (kind, bytes) = match self {
            Self::Picture(source) => return picture::take(source, bytes, limits),
            Self::Text(text) => {
                plain::check(&text)?;
                if extension == FileKind::Csv.extension() {
                    (FileKind::Csv, csv::take(&text)?)
                } else {
                    (FileKind::Text, text.into_owned().into_bytes())
                }
            }
            Self::Pdf => {
                pdf::check(bytes)?;
                (FileKind::Pdf, bytes.to_vec())
            }
            Self::Archive(kind, mut archive) => {
                archive.check(kind, limits)?;
                (kind, bytes.to_vec())
            }
            Self::Compound(kind) | Self::Media(kind) => (kind, bytes.to_vec()),
        };
        Ok(Taken { kind, bytes, picture: None })
    }
}
