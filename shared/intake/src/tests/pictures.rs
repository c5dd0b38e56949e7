//! Pictures are drawn anew.

use image::{
    DynamicImage, Frame, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage, codecs::gif::GifEncoder,
    metadata::Orientation,
};

use super::{
    samples::{chunk, drawing, encoded, exif, jpeg, lossy_webp, noise, png_of_size, with_segment},
    *,
};

fn drawn(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn where_a_photograph_was_taken_does_not_survive() {
    let photograph = with_segment(&jpeg(64, 48), 0xe1, &exif(1, b"N 31.5 E 120.3"));
    let photograph = with_segment(&photograph, 0xfe, b"a comment");
    let photograph = with_segment(&photograph, 0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>");
    let photograph = with_segment(&photograph, 0xe2, b"ICC_PROFILE\0\x01\x01profile");
    assert!(holds(&photograph, b"N 31.5 E 120.3"));
    let taken = offer("a.jpg", &photograph).unwrap();
    for word in [&b"N 31.5 E 120.3"[..], b"Exif", b"a comment", b"xmpmeta", b"ICC_PROFILE"] {
        assert!(!holds(&taken.bytes, word));
    }
    assert_eq!((taken.kind, drawn(&taken.bytes).dimensions()), (FileKind::Jpeg, (64, 48)));
}

#[test]
fn a_photograph_that_lies_on_its_side_is_set_upright() {
    let picture = RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([220, 0, 0]) } else { Rgb([0, 0, 220]) });
    let photograph = with_segment(&encoded(&picture.into(), ImageFormat::Jpeg), 0xe1, &exif(6, b"x"));
    let taken = offer("a.jpg", &photograph).unwrap();
    let sizes = taken.picture.unwrap();
    assert_eq!((sizes.width, sizes.height), (32, 64));
    let upright = drawn(&taken.bytes).into_rgb8();
    assert!(upright.get_pixel(16, 4)[0] > 180 && upright.get_pixel(16, 60)[2] > 180);
}

#[test]
fn a_wide_photograph_is_as_wide_as_allowed_once_it_is_upright() {
    let photograph = with_segment(&jpeg(300, 3_000), 0xe1, &exif(6, b"x"));
    let sizes = offer("a.jpg", &photograph).unwrap().picture.unwrap();
    assert_eq!((sizes.width, sizes.height), (2_560, 256));
    assert_eq!(
        sizes.smaller.iter().map(|smaller| (smaller.width, smaller.height)).collect::<Vec<_>>(),
        [(1_600, 160), (960, 96), (480, 48)]
    );
    // The same picture, whichever way it lies: every turn is applied before widths are counted.
    for turned in 1..=8_u8 {
        let photograph = with_segment(&jpeg(30, 20), 0xe1, &exif(turned, b"x"));
        let mut expected = drawn(&jpeg(30, 20));
        expected.apply_orientation(Orientation::from_exif(turned).unwrap());
        let sizes = offer("a.jpg", &photograph).unwrap().picture.unwrap();
        assert_eq!((sizes.width, sizes.height), expected.dimensions());
    }
}

#[test]
fn words_in_a_drawing_are_gone() {
    let drawing = drawing(20, 10);
    let place = 8 + 25;
    let mut written = drawing.clone();
    written
        .splice(place..place, [chunk(b"tEXt", b"Author\0Zhang San"), chunk(b"eXIf", &exif(1, b"N 31")[6..])].concat());
    assert!(holds(&written, b"Zhang San"));
    let taken = offer("a.png", &written).unwrap();
    assert_eq!(taken, offer("a.png", &drawing).unwrap());
    for word in [&b"tEXt"[..], b"eXIf", b"Zhang San", b"iCCP", b"cICP"] {
        assert!(!holds(&taken.bytes, word));
    }
}

#[test]
fn a_drawing_loses_nothing() {
    let picture = RgbaImage::from_fn(40, 30, |x, y| Rgba([x as u8 * 6, y as u8 * 8, 90, (x * y % 256) as u8]));
    let taken = offer("a.png", &encoded(&picture.clone().into(), ImageFormat::Png)).unwrap();
    assert_eq!((taken.kind, drawn(&taken.bytes).into_rgba8()), (FileKind::Png, picture));
    // Opaque, it needs no channel for that.
    let picture = RgbaImage::from_pixel(40, 30, Rgba([1, 2, 3, 255]));
    let taken = offer("a.png", &encoded(&picture.into(), ImageFormat::Png)).unwrap();
    assert_eq!(drawn(&taken.bytes).color(), image::ColorType::Rgb8);
}

#[test]
fn channels_of_sixteen_bits_become_eight() {
    let picture = DynamicImage::from(drawn(&drawing(20, 10)).into_rgba16());
    let taken = offer("a.png", &encoded(&picture, ImageFormat::Png)).unwrap();
    assert_eq!(drawn(&taken.bytes), drawn(&drawing(20, 10)));
}

#[test]
fn what_a_picture_becomes_depends_on_what_it_is() {
    let clear: DynamicImage = RgbaImage::from_pixel(9, 9, Rgba([9, 9, 9, 100])).into();
    let opaque: DynamicImage = RgbImage::from_pixel(9, 9, Rgb([9, 9, 9])).into();
    let becomes = |name: &str, bytes: &[u8]| offer(name, bytes).unwrap().kind;
    assert_eq!(becomes("a.webp", &encoded(&clear, ImageFormat::WebP)), FileKind::Png);
    assert_eq!(becomes("a.webp", &encoded(&opaque, ImageFormat::WebP)), FileKind::Png);
    assert_eq!(becomes("a.webp", &lossy_webp()), FileKind::Jpeg);
    assert_eq!(becomes("a.gif", &encoded(&opaque, ImageFormat::Gif)), FileKind::Png);
    assert_eq!(becomes("a.png", &encoded(&opaque, ImageFormat::Png)), FileKind::Png);
    assert_eq!(becomes("a.jpg", &encoded(&opaque, ImageFormat::Jpeg)), FileKind::Jpeg);
}

#[test]
fn smaller_ones_are_clearly_smaller() {
    let widths = |width| -> Vec<u32> {
        let sizes = offer("a.png", &drawing(width, 4)).unwrap().picture.unwrap();
        sizes.smaller.iter().map(|smaller| smaller.width).collect()
    };
    assert_eq!(widths(599), []);
    assert_eq!(widths(600), [480]);
    assert_eq!(widths(1_199), [480]);
    assert_eq!(widths(1_200), [960, 480]);
    assert_eq!(widths(2_000), [1_600, 960, 480]);
    let taken = offer("a.png", &drawing(3_000, 150)).unwrap();
    let sizes = taken.picture.unwrap();
    assert_eq!(drawn(&taken.bytes).dimensions(), (2_560, 128));
    for smaller in &sizes.smaller {
        assert_eq!(drawn(&smaller.bytes).dimensions(), (smaller.width, smaller.width / 20));
        assert_eq!(smaller.height, smaller.width / 20);
    }
}

#[test]
fn a_line_keeps_a_height() {
    let sizes = offer("a.png", &drawing(12_000, 1)).unwrap().picture.unwrap();
    assert_eq!((sizes.width, sizes.height), (2_560, 1));
    assert!(sizes.smaller.iter().all(|smaller| smaller.height == 1));
    let sizes = offer("a.png", &drawing(1, 12_000)).unwrap().picture.unwrap();
    assert_eq!((sizes.width, sizes.height, sizes.smaller), (1, 12_000, vec![]));
}

#[test]
fn a_picture_that_claims_too_many_pixels_is_refused_before_it_is_drawn() {
    let (side, pixels) = (12_000, 50_000_000);
    for (width, height) in
        [(30_000, 30_000), (12_001, 1), (1, 12_001), (8_000, 8_000), (i32::MAX as u32, i32::MAX as u32)]
    {
        let refused = Refusal::PictureTooLarge { width, height, side, pixels };
        assert_eq!(refusal("a.png", &png_of_size(width, height)), refused);
    }
    let mut photograph = jpeg(16, 16);
    let frame = photograph.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    photograph.get_mut(frame + 5..frame + 9).unwrap().copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
    let refused = Refusal::PictureTooLarge { width: 30_000, height: 30_000, side, pixels };
    assert_eq!(refusal("a.jpg", &photograph), refused);
    let mut small = encoded(&drawn(&drawing(9, 9)), ImageFormat::Gif);
    small.get_mut(6..10).unwrap().copy_from_slice(&[0x30, 0x75, 0x30, 0x75]);
    assert_eq!(refusal("a.gif", &small), refused);
}

#[test]
fn pictures_that_are_cut_off_are_damaged() {
    let picture: DynamicImage = noise(60, 40).into();
    for (format, extension) in
        [(ImageFormat::Jpeg, "jpg"), (ImageFormat::Png, "png"), (ImageFormat::Gif, "gif"), (ImageFormat::WebP, "webp")]
    {
        let whole = encoded(&picture, format);
        for length in [64, whole.len() / 3, whole.len() / 2, whole.len() - 24, whole.len() - 13] {
            let refused = refusal(&format!("a.{extension}"), whole.get(..length).unwrap());
            assert_eq!(refused, Refusal::Damaged { found: extension }, "{length} of {}", whole.len());
        }
    }
}

#[test]
fn a_preview_within_a_photograph_does_not_end_it() {
    let photograph = with_segment(&jpeg(64, 48), 0xe1, &exif(1, b"\xff\xd9"));
    assert!(offer("a.jpg", &photograph).is_ok());
    let refused = refusal("a.jpg", photograph.get(..photograph.len() - 2).unwrap());
    assert_eq!(refused, Refusal::Damaged { found: "jpg" });
    // Cameras write on behind the end.
    assert!(offer("a.jpg", &[&photograph[..], b"trailer"].concat()).is_ok());
}

#[test]
fn pictures_that_move_are_refused() {
    let mut film = Vec::new();
    let frame = || Frame::new(RgbaImage::from_pixel(9, 9, Rgba([1, 2, 3, 255])));
    GifEncoder::new(&mut film).encode_frames([frame(), frame()]).unwrap();
    assert_eq!(refusal("a.gif", &film), Refusal::Moving { found: "gif" });

    let mut film = drawing(9, 9);
    film.splice(33..33, chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]));
    assert_eq!(refusal("a.png", &film), Refusal::Moving { found: "png" });

    // The extended header of a WebP, with the bit for animation, a canvas of 9 × 9 and one frame.
    let still = encoded(&drawn(&drawing(9, 9)), ImageFormat::WebP);
    let riff = |id: &[u8; 4], body: &[u8]| [&id[..], &u32::try_from(body.len()).unwrap().to_le_bytes(), body].concat();
    let frame = [&[0, 0, 0, 0, 0, 0, 8, 0, 0, 8, 0, 0, 100, 0, 0, 0], &still[12..]].concat();
    let header = riff(b"VP8X", &[2, 0, 0, 0, 8, 0, 0, 8, 0, 0]);
    let chunks = [b"WEBP".to_vec(), header, riff(b"ANIM", &[0; 6]), riff(b"ANMF", &frame)].concat();
    assert_eq!(refusal("a.webp", &riff(b"RIFF", &chunks)), Refusal::Moving { found: "webp" });
}

#[test]
fn a_picture_that_would_be_stored_with_too_many_bytes_is_refused() {
    let photograph = encoded(&noise(200, 200).into(), ImageFormat::Jpeg);
    let limits = Limits { bytes: photograph.len() as u64, ..Limits::default() };
    let refused = take_in(&Offered { name: "a.jpg", bytes: &photograph }, &limits);
    assert!(matches!(refused, Err(Refusal::PictureSwells { .. })), "{refused:?}");
}
