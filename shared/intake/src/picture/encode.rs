//! From pixels to fewer pixels, and to bytes.
//!
//! Scaled with `fast_image_resize`: it works on the channels as they are, in integers, with the same result whether or not the processor helps, and takes what is
//! transparent into account; the scaling that `image` brings is slower by far and holds a copy of the picture in floating point.

use domain::file::FileKind;
use fast_image_resize::{PixelType, Resizer, images};
use image::{
    DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

/// Of 100: losses are not seen, bytes are.
const QUALITY: u8 = 85;

/// The picture with other sides; nothing if it has other than eight bits a channel.
pub(super) fn scale(image: &DynamicImage, width: u32, height: u32) -> Option<DynamicImage> {
    let pixels = match image {
        DynamicImage::ImageLuma8(_) => PixelType::U8,
        DynamicImage::ImageLumaA8(_) => PixelType::U8x2,
        DynamicImage::ImageRgb8(_) => PixelType::U8x3,
        DynamicImage::ImageRgba8(_) => PixelType::U8x4,
        _ => return None,
    };
    let source = images::ImageRef::new(image.width(), image.height(), image.as_bytes(), pixels).ok()?;
    let mut target = images::Image::new(width, height, pixels);
    Resizer::new().resize(&source, &mut target, None).ok()?;
    let target = target.into_vec();
    match pixels {
        PixelType::U8 => GrayImage::from_raw(width, height, target).map(Into::into),
        PixelType::U8x2 => GrayAlphaImage::from_raw(width, height, target).map(Into::into),
        PixelType::U8x3 => RgbImage::from_raw(width, height, target).map(Into::into),
        _ => RgbaImage::from_raw(width, height, target).map(Into::into),
    }
}

/// The bytes of a picture, JPEG or PNG.
pub(super) fn encode(kind: FileKind, image: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let written = if kind == FileKind::Jpeg {
        image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
    } else {
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        image.write_with_encoder(encoder)
    };
    written.ok().map(|()| bytes)
}
