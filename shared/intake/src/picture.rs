//! Pictures: drawn anew from their pixels, so that nothing else of them is left.

mod decode;
mod encode;
mod whole;

use domain::file::FileKind;
use image::{DynamicImage, metadata::Orientation};

use self::encode::{encode, scale};
use crate::{
    limits::Limits,
    refusal::Refusal,
    taken::{Picture, Smaller, Taken},
};

/// Width that a picture is scaled down to, in pixels: no screen that it is read on shows more of a page's column.
const WIDEST: u32 = 2_560;

/// Widths that a picture is given in besides, widest first.
const WIDTHS: [u32; 3] = [1_600, 960, 480];

/// What a picture comes as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Jpeg,
    Png,
    Gif,
    WebP,
}

impl Source {
    /// What names of such files end in.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => FileKind::Jpeg.extension(),
            Self::Png => FileKind::Png.extension(),
            Self::Gif => "gif",
            Self::WebP => "webp",
        }
    }
}

/// The picture as it is stored, and smaller.
///
/// # Errors
/// It is too large, broken, or moves.
pub(crate) fn take(source: Source, bytes: &[u8], limits: &Limits) -> Result<Taken, Refusal> {
    let decode::Decoded { image, orientation } = decode::decode(source, bytes, limits)?;
    let kind = kind(source, bytes, &image);
    let damaged = || Refusal::Damaged { found: source.extension() };

    // Scaled before it is turned: turning copies it, and the less the better.
    let mut full = narrowed(image, orientation).ok_or_else(damaged)?;
    full.apply_orientation(orientation);
    let stored = |image: &DynamicImage| {
        let bytes = encode(kind, image).ok_or_else(damaged)?;
        let size = bytes.len() as u64;
        if size > limits.bytes { Err(Refusal::PictureSwells { bytes: size, limit: limits.bytes }) } else { Ok(bytes) }
    };
    let bytes = stored(&full)?;
    let (width, height) = (full.width(), full.height());
    let mut smaller = Vec::new();
    // One that is hardly narrower saves nobody anything.
    for width in WIDTHS.into_iter().filter(|narrow| u64::from(*narrow) * 5 <= u64::from(width) * 4) {
        let image = scale(&full, width, fitting(full.width(), full.height(), width)).ok_or_else(damaged)?;
        smaller.push(Smaller { width, height: image.height(), bytes: stored(&image)? });
    }
    Ok(Taken { kind, bytes, picture: Some(Picture { width, height, smaller }) })
}

/// Photographs stay JPEG; what is drawn, or has something transparent, becomes PNG, which loses nothing.
fn kind(source: Source, bytes: &[u8], image: &DynamicImage) -> FileKind {
    match source {
        Source::Jpeg => FileKind::Jpeg,
        Source::WebP if !image.color().has_alpha() && !whole::is_lossless_webp(bytes) => FileKind::Jpeg,
        Source::Png | Source::Gif | Source::WebP => FileKind::Png,
    }
}

/// The picture at most [`WIDEST`] wide once it is turned.
fn narrowed(image: DynamicImage, orientation: Orientation) -> Option<DynamicImage> {
    let (width, height) = (image.width(), image.height());
    if lies(orientation) {
        if height <= WIDEST { Some(image) } else { scale(&image, fitting(height, width, WIDEST), WIDEST) }
    } else if width <= WIDEST {
        Some(image)
    } else {
        scale(&image, WIDEST, fitting(width, height, WIDEST))
    }
}

/// Whether turning makes the height the width.
fn lies(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// The height that goes with a narrower width, at least 1.
fn fitting(width: u32, height: u32, narrow: u32) -> u32 {
    let (width, height, narrow) = (u64::from(width), u64::from(height), u64::from(narrow));
    let fitting = (height * narrow + width / 2).checked_div(width).unwrap_or_default().max(1);
    u32::try_from(fitting).unwrap_or(u32::MAX)
}
