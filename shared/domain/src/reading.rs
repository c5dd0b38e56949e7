//! Readings (查阅记录): who opened what of a case, and why; one stream per case.
//!
//! Whatever is decrypted is recorded here first (PROTOCOLS, "Personal data"). A record names fields and never their content, so it stays when the case is
//! erased: that somebody read it remains true.

mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use decide::record;
pub use event::ReadingEvent;
pub use refusal::ReadingRefusal;
pub use state::{Reading, Readings};

use crate::id::StreamId;

/// Most fields of one reading.
pub const MOST_FIELDS: usize = 64;

/// The case that a stream of readings is about.
#[must_use]
pub fn case_of(stream: &StreamId) -> Option<StreamId> {
    let (category, key) = stream.key().split_once('.')?;
    format!("{category}:{key}").parse().ok()
}
