//! Content codings: which one a request gets, and how it is made.

use std::io::Write;

use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::HeaderMap;

/// Below this many bytes a compressed answer is no smaller on the wire.
const WORTHWHILE: usize = 860;

/// Above this many bytes the compressing itself would be what a reader waits for.
const BEARABLE: usize = 2 << 20;

/// A content coding this CDN can send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
    /// As stored.
    Identity,
}

impl Coding {
    /// The coding for a request: brotli, else gzip, else none (RFC 9110 §12.5.3).
    #[must_use]
    pub fn accepted(headers: &HeaderMap) -> Self {
        let mut best = Self::Identity;
        for value in headers.get_all(http::header::ACCEPT_ENCODING) {
            for part in value.to_str().unwrap_or_default().split(',') {
                let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
                let refused = parameters
                    .trim()
                    .strip_prefix("q=")
                    .is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0));
                match name.trim() {
                    name if refused || name.is_empty() => {}
                    name if name.eq_ignore_ascii_case("br") => best = Self::Brotli,
                    name if name.eq_ignore_ascii_case("gzip") && best == Self::Identity => best = Self::Gzip,
                    _ => {}
                }
            }
        }
        best
    }

    /// The `Content-Encoding` value, if any is sent.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// Whether compressing this content type at this size pays.
#[must_use]
pub fn pays(content_type: &str, length: usize) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let textual = essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+json")
        || matches!(essence, "application/json" | "application/xml" | "application/javascript");
    textual && (WORTHWHILE..=BEARABLE).contains(&length)
}

/// Brotli at quality 5: about as small as gzip 9, several times as fast; none if it saves nothing.
#[must_use]
pub fn brotli(bytes: &[u8]) -> Option<Bytes> {
    let parameters = BrotliEncoderParams { quality: 5, ..BrotliEncoderParams::default() };
    let mut out = Vec::with_capacity(bytes.len() / 3);
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).ok()?;
    smaller(out, bytes)
}

/// Gzip at level 6; none if it saves nothing.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    encoder.write_all(bytes).ok()?;
    smaller(encoder.finish().ok()?, bytes)
}

fn smaller(out: Vec<u8>, bytes: &[u8]) -> Option<Bytes> {
    (out.len() < bytes.len()).then(|| Bytes::from(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::ACCEPT_ENCODING, value.parse().unwrap());
        Coding::accepted(&headers)
    }

    #[test]
    fn prefers_brotli_and_honours_a_refusal() {
        assert_eq!(accepting("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(accepting("br;q=0, gzip;q=0.5"), Coding::Gzip);
        assert_eq!(accepting("gzip;q=0.0"), Coding::Identity);
        assert_eq!(accepting("identity"), Coding::Identity);
        assert_eq!(Coding::accepted(&HeaderMap::new()), Coding::Identity);
    }

    #[test]
    fn leaves_small_and_packed_bodies_alone() {
        assert!(pays("text/html; charset=utf-8", 2000));
        assert!(pays("image/svg+xml", 2000));
        assert!(!pays("image/png", 200_000));
        assert!(!pays("text/html", 100));
    }

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let text = "澄湖市人民政府办公室 ".repeat(200);
        let packed = brotli(text.as_bytes()).unwrap();
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &*packed, &mut plain).unwrap();
        assert_eq!(plain, text.as_bytes());
        let packed = gzip(text.as_bytes()).unwrap();
        let mut plain = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*packed), &mut plain).unwrap();
        assert_eq!(plain, text);
    }

    #[test]
    fn a_body_that_would_grow_is_sent_as_stored() {
        assert!(gzip(b"x").is_none());
    }
}
