//! Throwing a draft away (放弃草稿): work that nobody goes on with.
//!
//! Only the draft goes. What is public stays as it is, every text that was written stays in the history, and any of them can become the draft again. What was
//! asked and granted in its review is gone with it, and so is the time at which it was to become public. Whoever edited it is no reviewer of what is drafted next: else he could throw away what he
//! wrote, have a colleague write it once more, and approve it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    content::RevisionHash,
    decide::{drafted, same_revision},
    event::DocumentEvent,
    refusal::DocumentRefusal,
    state::Document,
};
use crate::{
    aggregate::{Context, Fact},
    id::ActorId,
    text::Line,
};

/// What is left of a draft that was thrown away, until the next one is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discarded {
    /// The last text that it had.
    pub revision: RevisionHash,
    /// That text's title.
    pub title: Line<200>,
    /// Everybody who counted as its editor, and does so for the next draft.
    pub editors: BTreeSet<ActorId>,
    /// Who threw it away.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
}

/// Throws the draft away, wherever it stands in review; a schedule goes with it, as it goes with any edit.
///
/// # Errors
/// There is no draft, or it is at another revision.
pub fn discard(state: &Document, revision: RevisionHash, _: &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal> {
    let draft = drafted(state)?;
    same_revision(draft, &revision)?;
    Ok(vec![DocumentEvent::DraftDiscarded { revision }])
}

impl Document {
    pub(super) fn throw_away(&mut self, revision: &RevisionHash, fact: &Fact) {
        let Some(draft) = self.draft.take_if(|draft| draft.revision == *revision) else { return };
        if self.live.is_none() {
            // It ends what is public, and nothing is to become so.
            self.expiry = None;
        }
        self.discarded = Some(Discarded {
            revision: draft.revision,
            title: draft.content.title,
            editors: draft.editors,
            by: fact.actor.clone(),
            at: fact.at,
        });
    }
}
