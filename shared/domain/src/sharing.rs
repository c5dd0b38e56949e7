//! Sharing (信息共享): a public document is listed in another column, of its own site or another, under its source.
//!
//! A shared document is an entry and not a copy: it leads to the one page of the document, and is corrected and withdrawn with it (docs/adr/024).

mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use decide::{Source, end, share};
pub use event::SharingEvent;
pub use refusal::SharingRefusal;
pub use state::{Shared, Sharing};

use crate::id::{DocumentId, StreamId};

/// The document that a stream of sharing is about.
#[must_use]
pub fn document_of(stream: &StreamId) -> Option<DocumentId> {
    stream.key().rsplit_once('.').and_then(|(_, document)| document.parse().ok())
}
