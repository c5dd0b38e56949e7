//! Publication that cannot wait for its review (应急发布): logged with its reason, and reviewed after.
//!
//! The review is postponed, not waived: the same levels look at exactly the revision that became public, four eyes and other eyes at each level included,
//! and whoever published it does not count among them. A text that went through the whole review afterwards, as a correction, ends the debt; so does a
//! withdrawal, for nothing is public then. But whoever wrote or published what nobody else had read reviews none of the texts that follow it, until one of them
//! was reviewed: a withdrawal makes it no more another's than a comma does.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    content::RevisionHash, decide::drafted, event::DocumentEvent, refusal::DocumentRefusal, state::Document,
    timetable::Release, vetted::Overridden,
};
use crate::{aggregate::Context, column::Levels, id::ActorId, text::Line};

type Decision = Result<Vec<DocumentEvent>, DocumentRefusal>;

/// Why a review comes after the publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postponed {
    /// Why it could not wait.
    pub reason: Line<300>,
    /// Who published.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
}

/// What a public text still owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreviewed {
    /// Why it could not wait.
    pub postponed: Postponed,
    /// Everybody who edited it: none of them may review it.
    pub editors: BTreeSet<ActorId>,
    /// Who approved it, before or after, first level first.
    pub approvals: Vec<ActorId>,
    /// What somebody answers for that the checks found.
    pub overridden: Vec<Overridden>,
    /// When the level whose turn it is got its turn.
    pub since: Timestamp,
}

impl Unreviewed {
    /// Everybody who had a part in it: its editors and its publisher. Nobody else has read it.
    pub(super) fn authors(&self) -> BTreeSet<ActorId> {
        self.editors.iter().chain([&self.postponed.by]).cloned().collect()
    }
}

/// Makes the draft public before all levels have approved it.
///
/// # Errors
/// There is no draft, every level has approved it already, or what else would refuse a publication by the usual road.
pub fn publish_urgently(
    state: &Document,
    release: Release,
    reason: Line<300>,
    levels: &Levels,
    context: &Context,
) -> Decision {
    let draft = drafted(state)?;
    if draft.stage.approvals().len() >= levels.count() {
        return Err(DocumentRefusal::AlreadyApproved);
    }
    let public = release.of(state, draft, context)?;
    Ok(vec![DocumentEvent::ReviewPostponed { revision: draft.revision.clone(), reason }, public])
}

/// Approves, at the level whose turn it is, what became public before its review.
///
/// # Errors
/// Nothing public waits for a review, the command names another revision than the public one, or the reviewer edited it, published it or approved it at
/// another level.
pub fn review_after(state: &Document, revision: RevisionHash, levels: &Levels, context: &Context) -> Decision {
    let live = state.live.as_ref().ok_or(DocumentRefusal::NotPublic)?;
    let owed = live.unreviewed.as_ref().ok_or(DocumentRefusal::NothingOwed)?;
    if live.revision != revision {
        return Err(DocumentRefusal::OtherRevision { current: live.revision.clone(), given: revision });
    }
    if owed.editors.contains(&context.actor) {
        return Err(DocumentRefusal::OwnEdit);
    }
    if owed.postponed.by == context.actor {
        return Err(DocumentRefusal::OwnPublication);
    }
    if owed.approvals.contains(&context.actor) {
        return Err(DocumentRefusal::OwnApproval);
    }
    let complete = owed.approvals.len() + 1 >= levels.count();
    Ok(vec![DocumentEvent::ReviewedAfter { revision, complete }])
}
