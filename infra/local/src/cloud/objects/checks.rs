//! What is refused before the store is asked: broken bodies, unsupported wishes.

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use http::HeaderMap;
use md5::{Digest, Md5};
use s3s::{
    S3Request, S3Result,
    checksum::ChecksumHasher,
    crypto::Checksum as _,
    dto::{Checksum, ETag, ETagCondition, PutObjectInput, StreamingBlob},
    s3_error,
};

use super::Condition;

/// Largest object taken, in bytes; S3 itself takes 5 GB in one put.
const LARGEST: usize = 256 * 1024 * 1024;

/// Refuses the first named wish that is present.
pub(super) fn unsupported(wishes: &[(&str, bool)]) -> S3Result<()> {
    match wishes.iter().find(|(_, present)| *present) {
        Some((name, _)) => Err(s3_error!(NotImplemented, "`{name}` is not supported here")),
        None => Ok(()),
    }
}

/// The write condition of the `If-Match` and `If-None-Match` headers.
pub(super) fn condition(if_match: Option<ETagCondition>, if_none_match: Option<ETagCondition>) -> S3Result<Condition> {
    match (if_match, if_none_match) {
        (None, None) => Ok(Condition::Unconditional),
        (None, Some(ETagCondition::Any)) => Ok(Condition::Absent),
        (Some(ETagCondition::ETag(ETag::Strong(etag))), None) => Ok(Condition::Match(etag)),
        _ => Err(s3_error!(NotImplemented, "a write takes either `If-Match` with an ETag or `If-None-Match: *`")),
    }
}

/// Reads a body to its end.
pub(super) async fn collect(body: Option<StreamingBlob>) -> S3Result<Bytes> {
    let Some(mut body) = body else {
        return Ok(Bytes::new());
    };
    let expected = s3s::stream::ByteStream::remaining_length(&body).exact().unwrap_or(0).min(LARGEST);
    let mut whole = BytesMut::with_capacity(expected);
    while let Some(part) = body.next().await {
        let part = part.map_err(|error| s3_error!(IncompleteBody, "{error}"))?;
        if whole.len() + part.len() > LARGEST {
            return Err(s3_error!(EntityTooLarge));
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole.freeze())
}

/// The checksums a put declares, in its headers or behind its body.
pub(super) fn declared(request: &mut S3Request<PutObjectInput>) -> Checksum {
    let input = &mut request.input;
    let mut declared = Checksum {
        checksum_crc32: input.checksum_crc32.take(),
        checksum_crc32c: input.checksum_crc32c.take(),
        checksum_crc64nvme: input.checksum_crc64nvme.take(),
        checksum_sha1: input.checksum_sha1.take(),
        checksum_sha256: input.checksum_sha256.take(),
        checksum_type: None,
    };
    if let Some(trailers) = request.trailing_headers.as_ref().and_then(|them| them.take()) {
        let from = |slot: &mut Option<String>, name| {
            if slot.is_none() {
                *slot = text(&trailers, name);
            }
        };
        from(&mut declared.checksum_crc32, "x-amz-checksum-crc32");
        from(&mut declared.checksum_crc32c, "x-amz-checksum-crc32c");
        from(&mut declared.checksum_crc64nvme, "x-amz-checksum-crc64nvme");
        from(&mut declared.checksum_sha1, "x-amz-checksum-sha1");
        from(&mut declared.checksum_sha256, "x-amz-checksum-sha256");
    }
    declared
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// Compares a body with every checksum declared for it.
pub(super) fn verify(bytes: &[u8], declared: &Checksum, md5: Option<&str>) -> S3Result<()> {
    if md5.is_some_and(|md5| BASE64_STANDARD.encode(Md5::digest(bytes)) != md5) {
        return Err(s3_error!(BadDigest));
    }
    let mut hasher = ChecksumHasher {
        crc32: declared.checksum_crc32.as_ref().map(|_| s3s::crypto::Crc32::new()),
        crc32c: declared.checksum_crc32c.as_ref().map(|_| s3s::crypto::Crc32c::new()),
        sha1: declared.checksum_sha1.as_ref().map(|_| s3s::crypto::Sha1::new()),
        sha256: declared.checksum_sha256.as_ref().map(|_| s3s::crypto::Sha256::new()),
        crc64nvme: declared.checksum_crc64nvme.as_ref().map(|_| s3s::crypto::Crc64Nvme::new()),
    };
    hasher.update(bytes);
    if hasher.finalize() == *declared { Ok(()) } else { Err(s3_error!(BadDigest)) }
}
