//! From bytes to pixels, within limits that are set before anything is decoded.

use std::io::Cursor;

use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageResult, Limits as Bounds,
    codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};

use super::{Source, whole};
use crate::{limits::Limits, refusal::Refusal};

/// What a PNG decoder may allocate besides the pixels, in bytes: for a profile, for rows.
const BESIDES: u64 = 16 << 20;

/// Pixels of eight bits a channel, and how they must be turned.
pub(super) struct Decoded {
    pub(super) image: DynamicImage,
    pub(super) orientation: Orientation,
}

/// Decodes a picture that stands still.
pub(super) fn decode(source: Source, bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let damaged = |_| Refusal::Damaged { found: source.extension() };
    let moving = Refusal::Moving { found: source.extension() };
    let input = Cursor::new(bytes);
    let (image, orientation) = match source {
        Source::Jpeg => {
            let decoder = JpegDecoder::new(input).map_err(damaged)?;
            check_size(decoder.dimensions(), limits)?;
            // The decoder fills up what is missing with grey.
            if !whole::has_end_of_jpeg(bytes) {
                return Err(Refusal::Damaged { found: source.extension() });
            }
            draw(decoder, limits)
        }
        Source::Png => {
            // The decoder sets up rows when it is made, so the size is read before.
            check_size(whole::png_size(bytes).ok_or(Refusal::Damaged { found: source.extension() })?, limits)?;
            let mut bounds = Bounds::default();
            bounds.max_alloc = Some(BESIDES);
            let decoder = PngDecoder::with_limits(input, bounds).map_err(damaged)?;
            if decoder.is_apng().map_err(damaged)? {
                return Err(moving);
            }
            draw(decoder, limits)
        }
        Source::WebP => {
            let decoder = WebPDecoder::new(input).map_err(damaged)?;
            check_size(decoder.dimensions(), limits)?;
            if decoder.has_animation() {
                return Err(moving);
            }
            draw(decoder, limits)
        }
        Source::Gif => {
            let mut decoder = GifDecoder::new(input).map_err(damaged)?;
            let size = decoder.dimensions();
            check_size(size, limits)?;
            decoder.set_limits(bounds(size, limits)).map_err(damaged)?;
            let mut frames = decoder.into_frames();
            let first = frames.next().ok_or(Refusal::Damaged { found: source.extension() })?;
            if frames.next().transpose().map_err(damaged)?.is_some() {
                return Err(moving);
            }
            first.map(|frame| (frame.into_buffer().into(), Orientation::NoTransforms))
        }
    }
    .map_err(damaged)?;
    Ok(Decoded { image: plain(image), orientation })
}

fn check_size((width, height): (u32, u32), limits: &Limits) -> Result<(), Refusal> {
    let (side, pixels) = (limits.picture_side, limits.picture_pixels);
    if width > side || height > side || u64::from(width) * u64::from(height) > pixels {
        return Err(Refusal::PictureTooLarge { width, height, side, pixels });
    }
    Ok(())
}

/// Sixteen bytes a pixel hold the widest one, and a second picture to compose it with.
fn bounds((width, height): (u32, u32), limits: &Limits) -> Bounds {
    let mut bounds = Bounds::default();
    bounds.max_image_width = Some(limits.picture_side);
    bounds.max_image_height = Some(limits.picture_side);
    bounds.max_alloc = Some(u64::from(width) * u64::from(height) * 16 + BESIDES);
    bounds
}

fn draw(mut decoder: impl ImageDecoder, limits: &Limits) -> ImageResult<(DynamicImage, Orientation)> {
    let size = decoder.dimensions();
    decoder.set_limits(bounds(size, limits))?;
    let orientation = decoder.orientation()?;
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

/// Eight bits a channel, for screens show no more, and no channel for what is transparent if nothing is.
fn plain(image: DynamicImage) -> DynamicImage {
    let image = match image {
        DynamicImage::ImageLuma16(_) => image.into_luma8().into(),
        DynamicImage::ImageLumaA16(_) => image.into_luma_alpha8().into(),
        DynamicImage::ImageRgb16(_) | DynamicImage::ImageRgb32F(_) => image.into_rgb8().into(),
        DynamicImage::ImageRgba16(_) | DynamicImage::ImageRgba32F(_) => image.into_rgba8().into(),
        eight_bits => eight_bits,
    };
    match &image {
        DynamicImage::ImageRgba8(pixels) if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) => {
            image.into_rgb8().into()
        }
        DynamicImage::ImageLumaA8(pixels) if pixels.pixels().all(|pixel| pixel.0[1] == u8::MAX) => {
            image.into_luma8().into()
        }
        _ => image,
    }
}
