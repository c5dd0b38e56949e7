//! An object made ready to be sent many times.

use std::sync::OnceLock;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use super::{
    compress::{self, Coding},
    origin::Object,
};

/// One page or asset with all that its answers need; compressed variants are made at first use.
#[derive(Debug)]
pub struct Stored {
    /// The status its metadata asks for; 200 where it says nothing.
    pub status: StatusCode,
    /// Where a moved page is now.
    pub location: Option<HeaderValue>,
    /// What it is saved as, where it is not shown.
    pub disposition: Option<HeaderValue>,
    /// Its content type.
    pub content_type: HeaderValue,
    /// Its own caching, where it has one.
    pub cache_control: Option<HeaderValue>,
    /// ETag of the bytes as stored.
    pub etag: HeaderValue,
    weak_etag: HeaderValue,
    bytes: Bytes,
    brotli: OnceLock<Option<Bytes>>,
    gzip: OnceLock<Option<Bytes>>,
}

impl Stored {
    /// Reads status and location from the object's metadata, as `infra/cdn/page-response.js` does.
    ///
    /// A status the projector never writes, or a move without a place, is a fault and is served as one: 500.
    #[must_use]
    pub fn new(object: &Object) -> Self {
        let text = |value: &str| HeaderValue::from_str(value).ok();
        let location = object.metadata.get("location").and_then(|value| text(value));
        let status = match (object.metadata.get("status").map(String::as_str), &location) {
            (None | Some("200"), _) => StatusCode::OK,
            (Some("301"), Some(_)) => StatusCode::MOVED_PERMANENTLY,
            (Some("404"), _) => StatusCode::NOT_FOUND,
            (Some("410"), _) => StatusCode::GONE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let octets = HeaderValue::from_static("application/octet-stream");
        Self {
            status,
            location: location.filter(|_| status == StatusCode::MOVED_PERMANENTLY),
            disposition: object.disposition.as_deref().and_then(text),
            cache_control: object.cache_control.as_deref().and_then(text),
            content_type: text(&object.content_type).unwrap_or(octets),
            etag: text(&object.etag).unwrap_or(HeaderValue::from_static("\"\"")),
            weak_etag: text(&format!("W/{}", object.etag)).unwrap_or(HeaderValue::from_static("W/\"\"")),
            bytes: object.bytes.clone(),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// Bytes held, compressed variants included.
    #[must_use]
    pub fn size(&self) -> usize {
        let variant = |lock: &OnceLock<Option<Bytes>>| lock.get().and_then(Option::as_ref).map_or(0, Bytes::len);
        self.bytes.len() + variant(&self.brotli) + variant(&self.gzip)
    }

    /// Whether compressing it pays at all.
    #[must_use]
    pub fn is_compressible(&self) -> bool {
        compress::pays(self.content_type.to_str().unwrap_or_default(), self.bytes.len())
    }

    /// The body in `coding`, its ETag, and the coding really used.
    ///
    /// A compressed body is another representation: it carries the weak form of the ETag, as CloudFront sends it.
    #[must_use]
    pub fn body(&self, coding: Coding) -> (Bytes, HeaderValue, Coding) {
        let variant = match coding {
            Coding::Brotli => self.brotli.get_or_init(|| compress::brotli(&self.bytes)).clone(),
            Coding::Gzip => self.gzip.get_or_init(|| compress::gzip(&self.bytes)).clone(),
            Coding::Identity => None,
        };
        match variant {
            Some(bytes) => (bytes, self.weak_etag.clone(), coding),
            None => (self.bytes.clone(), self.etag.clone(), Coding::Identity),
        }
    }

    /// Whether `If-None-Match` names this object (weak comparison, RFC 9110 §13.1.2).
    #[must_use]
    pub fn is_named_by(&self, if_none_match: &HeaderValue) -> bool {
        let (Ok(given), Ok(own)) = (if_none_match.to_str(), self.etag.to_str()) else { return false };
        given.split(',').any(|tag| tag.trim().trim_start_matches("W/") == own)
    }
}
