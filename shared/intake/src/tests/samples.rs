//! Files of every kind, made here.

use std::io::{Cursor, Write};

use domain::file::FileKind;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Every ending that a name is tried with.
pub(super) const EXTENSIONS: [&str; 20] = [
    "pdf", "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "txt", "zip", "jpg", "jpeg", "png", "gif",
    "webp", "mp3", "mp4", "exe", "html",
];

/// A good file.
pub(super) struct Sample {
    pub(super) kind: FileKind,
    pub(super) extension: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Sample {
    pub(super) fn all() -> Vec<Self> {
        let picture = DynamicImage::from(noise(24, 16));
        let made = [
            (FileKind::Pdf, "pdf", pdf("")),
            (FileKind::Ofd, "ofd", zip(&[("OFD.xml", b"<ofd:OFD/>"), ("Doc_0/Document.xml", b"<ofd:Document/>")])),
            (FileKind::Doc, "doc", compound(&["WordDocument", "1Table"], &["Contents"])),
            (FileKind::Docx, "docx", office("word", "", &[])),
            (FileKind::Xls, "xls", compound(&["Workbook"], &[])),
            (FileKind::Xlsx, "xlsx", office("xl", "", &[])),
            (FileKind::Ppt, "ppt", compound(&["PowerPoint Document", "Current User"], &[])),
            (FileKind::Pptx, "pptx", office("ppt", "", &[])),
            (FileKind::Csv, "csv", "街道,数量\n城东,-12\n".as_bytes().to_vec()),
            (FileKind::Text, "txt", "停水通知\n".as_bytes().to_vec()),
            (FileKind::Zip, "zip", zip(&[("说明.txt", "停水".as_bytes()), ("a/b.csv", b"a,b")])),
            (FileKind::Jpeg, "jpg", with_segment(&encoded(&picture, ImageFormat::Jpeg), 0xe1, &exif(6, b"N 31"))),
            (FileKind::Png, "png", encoded(&picture, ImageFormat::Png)),
            (FileKind::Png, "gif", encoded(&picture, ImageFormat::Gif)),
            (FileKind::Png, "webp", encoded(&picture, ImageFormat::WebP)),
            (FileKind::Mp3, "mp3", [&b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0"[..], &[0; 413]].concat()),
            (FileKind::Mp4, "mp4", b"\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\x08moov".to_vec()),
        ];
        made.into_iter().map(|(kind, extension, bytes)| Self { kind, extension, bytes }).collect()
    }
}

pub(super) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(super) fn zip_with_link() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link", "/etc", SimpleFileOptions::default()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// Office Open XML with its main part in a folder, and a content type besides the usual ones.
pub(super) fn office(folder: &str, kind: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = format!(
        "<Types><Override PartName=\"/{folder}/main.xml\" ContentType=\"application/xml\"/><Default ContentType=\"{kind}\"/></Types>"
    );
    let main = format!("{folder}/main.xml");
    let mut entries: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", types.as_bytes()), ("_rels/.rels", b"<Relationships/>"), (&main, b"<a/>")];
    entries.extend(more);
    zip(&entries)
}

/// The bytes with every occurrence of some replaced by as many others.
pub(super) fn patch(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut patched = bytes.to_vec();
    for place in 0..bytes.len() {
        if bytes[place..].starts_with(old) {
            patched[place..place + old.len()].copy_from_slice(new);
        }
    }
    patched
}

pub(super) fn pdf(words: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R {words}>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

/// A compound file with some streams at the top and others in a storage.
pub(super) fn compound(top: &[&str], embedded: &[&str]) -> Vec<u8> {
    const NONE: u32 = u32::MAX;
    let entry = |name: &str, kind: u8, next: u32, child: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend(u16::try_from(name.len() * 2 + 2).unwrap().to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([NONE, next, child].into_iter().flat_map(u32::to_le_bytes));
        entry.resize(128, 0);
        entry
    };
    let place = |place: usize| u32::try_from(place).unwrap();
    // The root, the storage, what lies at the top, what is embedded: each leads to the next of its own.
    let first_embedded = if embedded.is_empty() { NONE } else { place(2 + top.len()) };
    let mut entries = vec![
        entry("Root Entry", 5, NONE, 1),
        entry("ObjectPool", 1, if top.is_empty() { NONE } else { 2 }, first_embedded),
    ];
    for (begins, names) in [(2, top), (2 + top.len(), embedded)] {
        for (number, name) in names.iter().enumerate() {
            let next = if number + 1 < names.len() { place(begins + number + 1) } else { NONE };
            entries.push(entry(name, 2, next, NONE));
        }
    }
    let directory = entries.concat();
    let sectors = directory.len().div_ceil(512);

    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(24, 0);
    file.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    file.resize(44, 0);
    file.extend([1, 1, 0, 4_096, NONE - 1, 0, NONE - 1, 0].into_iter().flat_map(u32::to_le_bytes));
    file.extend(0_u32.to_le_bytes());
    file.resize(512, 0xff);
    // The table: itself, then the sectors of the directory.
    file.extend((NONE - 2).to_le_bytes());
    (1..=sectors)
        .for_each(|sector| file.extend(if sector < sectors { place(sector + 1) } else { NONE - 1 }.to_le_bytes()));
    file.resize(1_024, 0xff);
    file.extend(directory);
    file.resize(1_024 + sectors * 512, 0);
    file
}

pub(super) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = if format == ImageFormat::Jpeg { picture.to_rgb8().into() } else { picture.clone() };
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Pixels that nothing compresses, always the same.
pub(super) fn noise(width: u32, height: u32) -> RgbImage {
    let mut state: u32 = 1;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, red, green, blue] = state.to_le_bytes();
        Rgb([red, green, blue])
    })
}

fn slope(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 90])).into()
}

pub(super) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&slope(width, height), ImageFormat::Jpeg)
}

pub(super) fn drawing(width: u32, height: u32) -> Vec<u8> {
    encoded(&slope(width, height), ImageFormat::Png)
}

/// A frame of VP8 all of whose choices are the first: grey, 16 × 16.
pub(super) fn lossy_webp() -> Vec<u8> {
    let partition: u32 = 64;
    let tag = (partition << 5 | 1 << 4).to_le_bytes();
    let mut frame = [&tag[..3], &[0x9d, 0x01, 0x2a, 16, 0, 16, 0]].concat();
    frame.resize(frame.len() + 128, 0);
    let riff = |id: &[u8; 4], body: &[u8]| [&id[..], &u32::try_from(body.len()).unwrap().to_le_bytes(), body].concat();
    riff(b"RIFF", &[&b"WEBP"[..], &riff(b"VP8 ", &frame)].concat())
}

/// A JPEG with a segment more, right at its beginning.
pub(super) fn with_segment(jpeg: &[u8], mark: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, mark], &length, body, &jpeg[2..]].concat()
}

/// EXIF that tells how a picture is turned and, in words, where it was taken.
pub(super) fn exif(turned: u8, place: &[u8]) -> Vec<u8> {
    let number = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let (gps, words) = (8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + 2 + 12 + 4);
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend(number(0x112, 3, 1, turned.into()));
    tiff.extend(number(0x8825, 4, 1, gps));
    tiff.extend([0, 0, 0, 0, 1, 0]);
    tiff.extend(number(0x1b, 7, u32::try_from(place.len()).unwrap(), words));
    tiff.extend([0; 4]);
    tiff.extend(place);
    [&b"Exif\0\0"[..], &tiff].concat()
}

/// A chunk of a PNG.
pub(super) fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let checked = [&kind[..], body].concat();
    let check = checked.iter().fold(u32::MAX, |check, byte| {
        (0..8).fold(
            check ^ u32::from(*byte),
            |check, _| if check & 1 == 1 { check >> 1 ^ 0xedb8_8320 } else { check >> 1 },
        )
    });
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &checked, &(!check).to_be_bytes()].concat()
}

/// A PNG of a few bytes that claims to be of a size.
pub(super) fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let data = chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]);
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &data, &chunk(b"IEND", b"")].concat()
}
