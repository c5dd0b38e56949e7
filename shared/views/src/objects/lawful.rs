//! What S3 takes, asked before any bucket is: so none takes what another refuses.

use super::BucketObject;
use crate::store::ViewError;

/// Bytes of a key.
const KEY: usize = 1_024;
/// Bytes of all names and values of metadata.
const METADATA: usize = 2_048;
/// What stands before each name of metadata on the wire, and counts.
const PREFIX: &str = "x-amz-meta-";

/// Refuses a key that is too long: S3 says so to whoever asks for the object, and nothing that can be understood to whoever asks for its head.
pub(super) fn key(key: &str) -> Result<(), ViewError> {
    let size = key.len();
    if size > KEY { Err(ViewError::Refused(format!("a key of {size} bytes; {KEY} are taken"))) } else { Ok(()) }
}

/// Refuses an object of which more is told beside its bytes than S3 keeps, or what fits no header.
pub(super) fn object(object: &BucketObject) -> Result<(), ViewError> {
    let BucketObject { content_type, disposition, cache_control, metadata, .. } = object;
    let size: usize = metadata.iter().map(|(name, value)| PREFIX.len() + name.len() + value.len()).sum();
    if size > METADATA {
        return Err(ViewError::Refused(format!("metadata of {size} bytes; {METADATA} are taken")));
    }
    let mut values = [Some(content_type), disposition.as_ref(), cache_control.as_ref()]
        .into_iter()
        .flatten()
        .chain(metadata.values());
    match values.find(|value| !fits_header(value)) {
        Some(value) => Err(ViewError::Refused(format!("`{}` fits no header", value.escape_debug()))),
        None => Ok(()),
    }
}

/// Other bytes than those of ASCII that can be seen mean something else on the wire, or break it.
fn fits_header(value: &str) -> bool {
    value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}
