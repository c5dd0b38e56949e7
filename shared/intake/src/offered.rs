//! A file is offered, and taken in or refused.

use crate::{found::Found, limits::Limits, refusal::Refusal, shown::shown, taken::Taken};

/// A file that somebody offers.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'a> {
    /// Its name; a path before it does not matter.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Makes of a file what may be stored and given to readers.
///
/// The same bytes under the same name give the same result.
///
/// # Errors
/// The file must not be given to readers as it is.
pub fn take_in(offered: &Offered<'_>, limits: &Limits) -> Result<Taken, Refusal> {
    let bytes = offered.bytes.len() as u64;
    if bytes == 0 {
        return Err(Refusal::Empty);
    }
    if bytes > limits.bytes {
        return Err(Refusal::TooLarge { bytes, limit: limits.bytes });
    }
    let found = Found::of(offered.bytes, limits)?;
    let extension = extension(offered.name).ok_or(Refusal::NoExtension)?;
    if !found.goes_by(&extension) {
        return Err(Refusal::KindDiffers { extension: shown(&extension), found: found.extension() });
    }
    found.take(&extension, offered.bytes, limits)
}

/// What a file's name ends in, behind its last dot; nothing of a name that is but a dot and an ending.
pub(crate) fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.trim().rsplit(['/', '\\']).next()?.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
}
