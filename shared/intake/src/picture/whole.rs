//! What decoders do not tell of a picture's bytes.

/// Whether a JPEG goes on to its end; a preview within it has one of its own, which does not count.
pub(super) fn has_end_of_jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(start) = rest.iter().position(|byte| *byte == 0xff) {
        rest = rest.get(start + 1..).unwrap_or_default();
        match rest {
            [0xd9, ..] => return true,
            // Filling, a byte of the picture that is 0xff, or a mark that stands alone.
            [0xff | 0x00 | 0x01 | 0xd0..=0xd8, ..] => {}
            [_, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(1 + length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    false
}

/// Width and height, as the first chunk of a PNG says.
pub(super) fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(12..24)?.strip_prefix(b"IHDR")?;
    let width = u32::from_be_bytes(*header.first_chunk()?);
    let height = u32::from_be_bytes(*header.last_chunk()?);
    Some((width, height))
}

/// Whether a WebP keeps every pixel as it was.
pub(super) fn is_lossless_webp(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let [a, b, c, d, size @ ..] = rest {
        let Some(length) = size.first_chunk().and_then(|length| usize::try_from(u32::from_le_bytes(*length)).ok())
        else {
            return false;
        };
        if [*a, *b, *c, *d] == *b"VP8L" {
            return true;
        }
        // Chunks have an even number of bytes.
        rest = size.get(4..).and_then(|rest| rest.get(length.saturating_add(length % 2)..)).unwrap_or_default();
    }
    false
}
