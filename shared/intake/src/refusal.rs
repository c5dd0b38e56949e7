//! Why a file was refused.

mod chinese;

use thiserror::Error;

/// Why a file was refused, and what to do about it.
///
/// `Display` tells it in English, [`Refusal::chinese`] in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the file is empty; choose another one")]
    Empty,
    /// It has more bytes than are taken.
    #[error("the file has {} bytes, at most {} are taken; make it smaller or split it", grouped(*.bytes), grouped(*.limit))]
    TooLarge {
        /// How many it has.
        bytes: u64,
        /// How many are taken.
        limit: u64,
    },
    /// Its name does not say what it is.
    #[error("the file's name has no ending such as .pdf; add the one that its kind has")]
    NoExtension,
    /// It is of a kind that is not taken.
    #[error("{}", unknown(*.found))]
    UnknownKind {
        /// What it looks like, if like anything: `exe`.
        found: Option<&'static str>,
    },
    /// Its name says something else than its bytes.
    #[error(
        "the name ends in `.{extension}`, but the file is of the kind `.{found}`; save it anew as what it should be, or rename it"
    )]
    KindDiffers {
        /// What the name ends in.
        extension: String,
        /// What names of such files end in.
        found: &'static str,
    },
    /// It is cut off or broken.
    #[error(
        "the file, of the kind `.{found}`, is cut off or broken; open it, save it anew and check that it was copied whole"
    )]
    Damaged {
        /// What names of such files end in.
        found: &'static str,
    },
    /// It is locked: neither checks nor screen readers can read it.
    #[error(
        "the file is protected by a password or by restrictions, so nobody can check it; remove the protection and save it anew"
    )]
    Encrypted {
        /// What names of such files end in; `office` if that is locked, too.
        found: &'static str,
    },
    /// It carries macros.
    #[error("the file carries macros; save it as a `.{found}` without macros")]
    Macros {
        /// What names of such files end in.
        found: &'static str,
    },
    /// It carries something that acts when it is opened, or other files.
    #[error(
        "the file carries `{what}`, which acts on the reader's machine or brings other files; export it anew without"
    )]
    Active {
        /// What.
        what: &'static str,
    },
    /// A picture moves.
    #[error("the picture moves; give one that stands still, or a film as mp4")]
    Moving {
        /// What names of such files end in.
        found: &'static str,
    },
    /// A picture has too many pixels.
    #[error(
        "the picture has {width} × {height} pixels, at most {} a side and {} in all are taken; scale it down",
        grouped(u64::from(*.side)), grouped(*.pixels)
    )]
    PictureTooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
        /// How many a side may have.
        side: u32,
        /// How many it may have in all.
        pixels: u64,
    },
    /// A picture would be stored with more bytes than are taken.
    #[error("the picture, as it would be stored, has {} bytes, at most {} are kept; scale it down", grouped(*.bytes), grouped(*.limit))]
    PictureSwells {
        /// How many it would have.
        bytes: u64,
        /// How many are kept.
        limit: u64,
    },
    /// An archive has too many entries.
    #[error("the archive has {} entries, at most {} are taken; split it", grouped(*.entries), grouped(*.limit))]
    TooManyEntries {
        /// How many it has.
        entries: u64,
        /// How many are taken.
        limit: u64,
    },
    /// An archive expands to too many bytes.
    #[error("the archive expands to more than {} bytes; split it", grouped(*.limit))]
    ExpandsTooFar {
        /// How many it may expand to.
        limit: u64,
    },
    /// An archive expands to too many times its size, as those do that are made to fill disks.
    #[error("the archive expands to more than {limit} times its size; take out what is nothing but repetition")]
    TooDense {
        /// How many times are taken.
        limit: u64,
    },
    /// An entry of an archive would be unpacked outside of its folder.
    #[error("the archive's entry `{entry}` leads out of the archive; pack it anew from within the folder")]
    LeadsOut {
        /// Its name.
        entry: String,
    },
    /// An entry of an archive is a program, a script or a page.
    #[error("the archive's entry `{entry}` is a program, a script, a page or a document with macros; take it out")]
    Program {
        /// Its name.
        entry: String,
    },
    /// An entry of an archive is packed in a way that is not read here.
    #[error(
        "the archive's entry `{entry}` is packed in an unusual way, so it cannot be checked; pack it anew as an ordinary zip"
    )]
    Unreadable {
        /// Its name.
        entry: String,
    },
    /// A text has characters that do not show or that turn the line around.
    #[error("line {line} has the character U+{:04X}, which does not show or turns the text around; remove it", u32::from(*.character))]
    Hidden {
        /// The line, from 1.
        line: usize,
        /// The character.
        character: char,
    },
    /// A table has a cell that spreadsheet programs would run.
    #[error(
        "line {line} has the cell `{cell}`, which spreadsheet programs run as a formula; put its value there, or a word before it"
    )]
    Formula {
        /// The line, from 1.
        line: usize,
        /// The cell.
        cell: String,
    },
}

impl Refusal {
    /// Stable code: `kind-differs`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::NoExtension => "no-extension",
            Self::UnknownKind { .. } => "unknown-kind",
            Self::KindDiffers { .. } => "kind-differs",
            Self::Damaged { .. } => "damaged",
            Self::Encrypted { .. } => "encrypted",
            Self::Macros { .. } => "macros",
            Self::Active { .. } => "active",
            Self::Moving { .. } => "moving",
            Self::PictureTooLarge { .. } => "picture-too-large",
            Self::PictureSwells { .. } => "picture-swells",
            Self::TooManyEntries { .. } => "too-many-entries",
            Self::ExpandsTooFar { .. } => "expands-too-far",
            Self::TooDense { .. } => "too-dense",
            Self::LeadsOut { .. } => "leads-out",
            Self::Program { .. } => "program",
            Self::Unreadable { .. } => "unreadable",
            Self::Hidden { .. } => "hidden",
            Self::Formula { .. } => "formula",
        }
    }
}

/// Endings of what is taken: those of the kinds, and of pictures that become one of them.
const TAKEN: &str = "pdf, ofd, doc, docx, xls, xlsx, ppt, pptx, csv, txt, zip, jpg, png, gif, webp, mp3, mp4";

fn unknown(found: Option<&str>) -> String {
    let what = found.map_or_else(
        || "the file is of a kind that is not taken".to_owned(),
        |found| format!("files of the kind `{found}` are not taken"),
    );
    let advice = match Remedy::of(found) {
        Remedy::Pack => "pack it as zip instead; ",
        Remedy::Picture => "save it as jpg or png instead; ",
        Remedy::Film => "save it as mp4 instead; ",
        Remedy::Sound => "save it as mp3 instead; ",
        Remedy::Encode => "save it as UTF-8 instead; ",
        Remedy::None => "",
    };
    format!("{what}; {advice}taken are {TAKEN}")
}

/// What to save a file as whose kind is not taken.
enum Remedy {
    Pack,
    Picture,
    Film,
    Sound,
    Encode,
    None,
}

impl Remedy {
    fn of(found: Option<&str>) -> Self {
        match found {
            Some("rar" | "7z" | "gz" | "tar" | "bz2" | "xz" | "zst" | "lz" | "Z" | "cab") => Self::Pack,
            Some("heif" | "avif" | "bmp" | "tif" | "jp2" | "jxl" | "jxr" | "psd" | "ico" | "cr2") => Self::Picture,
            Some("mov" | "avi" | "mkv" | "webm" | "wmv" | "flv" | "mpg") => Self::Film,
            Some("wav" | "m4a" | "ogg" | "opus" | "flac" | "aac" | "amr" | "aiff" | "ape") => Self::Sound,
            Some("utf-16") => Self::Encode,
            _ => Self::None,
        }
    }
}

/// A number in groups of three digits: 33,554,432.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
