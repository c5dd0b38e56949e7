//! What a GET or HEAD may ask: conditions and a part of the bytes.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use s3s::{
    S3Error, S3Result,
    dto::{ETag, ETagCondition, Range, Timestamp},
    s3_error,
};

use super::{ObjectMeta, protocol::time};

/// The conditions of a read, in the order of RFC 9110 section 13.2.2.
pub(super) struct Asked {
    pub(super) if_match: Option<ETagCondition>,
    pub(super) if_none_match: Option<ETagCondition>,
    pub(super) if_modified_since: Option<Timestamp>,
    pub(super) if_unmodified_since: Option<Timestamp>,
}

impl Asked {
    pub(super) fn check(self, meta: &ObjectMeta) -> S3Result<()> {
        let present = ETag::Strong(meta.etag.clone());
        // HTTP dates have whole seconds.
        let modified = time(meta.modified - meta.modified.rem_euclid(1000));
        match (self.if_match, self.if_unmodified_since) {
            (Some(ETagCondition::ETag(etag)), _) if !etag.strong_cmp(&present) => {
                return Err(s3_error!(PreconditionFailed));
            }
            (None, Some(since)) if modified > since => return Err(s3_error!(PreconditionFailed)),
            _ => {}
        }
        match (self.if_none_match, self.if_modified_since) {
            (Some(ETagCondition::Any), _) => Err(not_modified(meta)),
            (Some(ETagCondition::ETag(etag)), _) if etag.weak_cmp(&present) => Err(not_modified(meta)),
            (None, Some(since)) if modified <= since => Err(not_modified(meta)),
            _ => Ok(()),
        }
    }
}

fn not_modified(meta: &ObjectMeta) -> S3Error {
    let mut headers = HeaderMap::new();
    let mut tell = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    tell(header::ETAG, &format!("\"{}\"", meta.etag));
    if let Some(cache_control) = &meta.headers.cache_control {
        tell(header::CACHE_CONTROL, cache_control);
    }
    let mut error = s3_error!(NotModified);
    error.set_headers(headers);
    error
}

pub(super) fn cut(range: Option<Range>, size: u64) -> S3Result<Option<std::ops::Range<u64>>> {
    match range {
        None => Ok(None),
        Some(_) if size == 0 => Err(s3_error!(InvalidRange)),
        Some(range) => Ok(Some(range.check(size)?)),
    }
}

pub(super) fn slice(bytes: &Bytes, cut: &std::ops::Range<u64>) -> S3Result<Bytes> {
    let bounds = (usize::try_from(cut.start), usize::try_from(cut.end));
    match bounds {
        (Ok(start), Ok(end)) if start <= end && end <= bytes.len() => Ok(bytes.slice(start..end)),
        _ => Err(s3_error!(InvalidRange)),
    }
}

pub(super) fn content_range(cut: &std::ops::Range<u64>, size: u64) -> String {
    format!("bytes {}-{}/{size}", cut.start, cut.end.saturating_sub(1))
}
