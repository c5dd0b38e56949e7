//! Erasing a text that must not even be kept (抹除): published by mistake, or written with what nobody may keep.
//!
//! Events hold hashes of texts and files, and the bytes lie beside the ledger (PROTOCOLS.md "Ledger"). An event says that they are to go, by whom and why; a sweep of the store then
//! takes away what no stream names any more. Titles, summaries and names of files stay: they stand in events.
//!
//! A text can be typed again, by whoever knows it. A file cannot come back: until a sweep its bytes are there still, and whoever took it in has its record.

use std::collections::BTreeSet;

use super::{
    attachment::Attachment,
    content::{BodyHash, RevisionHash},
    event::DocumentEvent,
    refusal::DocumentRefusal,
    revisions::Revision,
    state::Document,
};
use crate::{aggregate::Context, text::Line};

/// Erases what an earlier text consists of: its body and its files, but for those that readers are given or that stand in the draft.
///
/// Of a text that is public the document is withdrawn or corrected first; a text that was public before a correction is shown in the history of changes until the document is withdrawn.
///
/// # Errors
/// All of it is in use still, or was erased before.
pub fn erase_text(
    state: &Document,
    earlier: &Revision,
    reason: Line<300>,
    _: &Context,
) -> Result<Vec<DocumentEvent>, DocumentRefusal> {
    let in_use = state.in_use();
    let unused = || earlier.content.bodies().filter(|body| !in_use.contains(body));
    if unused().next().is_none() {
        return Err(DocumentRefusal::InUse);
    }
    let bodies: BTreeSet<BodyHash> = unused().filter(|body| !state.erased.contains(*body)).cloned().collect();
    if bodies.is_empty() {
        return Err(DocumentRefusal::ErasedBefore);
    }
    Ok(vec![DocumentEvent::TextErased {
        revision: RevisionHash::clone(&earlier.revision),
        bodies: bodies.into_iter().collect(),
        reason,
    }])
}

impl Document {
    /// The first of `attachments` that was erased, as it is or as a picture smaller.
    #[must_use]
    pub fn erased_among<'a>(&self, attachments: &'a [Attachment]) -> Option<&'a BodyHash> {
        let erased = |attachment: &&Attachment| attachment.bodies().any(|body| self.erased.contains(body));
        attachments.iter().find(erased).map(|attachment| &attachment.file.hash)
    }

    /// Bodies that readers are given, or that the draft consists of.
    fn in_use(&self) -> BTreeSet<&BodyHash> {
        let draft = self.draft.iter().flat_map(|draft| draft.content.bodies());
        let live = self.live.iter().flat_map(|live| {
            let versions = live.versions.iter().map(|version| &version.body);
            live.content.bodies().chain(versions)
        });
        draft.chain(live).collect()
    }
}
