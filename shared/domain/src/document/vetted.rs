//! What the checks before publication (发布前检查) found in a revision, and who answers for it.
//!
//! The checks look at texts, lists and other pages, so they are done outside; here is decided what follows. A finding that blocks keeps its revision from
//! review and from the public until somebody who may give the command answers for it with a reason (放行). He answers for findings of exactly this revision: an
//! edit voids it, and what the checks find later, with other rules, is answered for anew.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{content::RevisionHash, decide::drafted, event::DocumentEvent, refusal::DocumentRefusal, state::Document};
use crate::{id::ActorId, text::Line, vetting::FindingId};

type Decision = Result<Vec<DocumentEvent>, DocumentRefusal>;

/// What the checks found in a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vetted {
    /// The revision that was checked.
    pub revision: RevisionHash,
    /// What blocks it.
    pub blocking: BTreeSet<FindingId>,
    /// What whoever gives the command answers for.
    pub overriding: Option<Override>,
}

/// What somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The findings.
    pub findings: BTreeSet<FindingId>,
    /// Why.
    pub reason: Line<300>,
}

/// What somebody answered for in the revision that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// The findings.
    pub findings: BTreeSet<FindingId>,
    /// Why.
    pub reason: Line<300>,
    /// Who.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
}

/// Lets `decision` pass if nothing blocks the draft that somebody does not answer for; who answers for what goes before it, in the same commit.
///
/// # Errors
/// The decision's own refusal; the checks saw another revision; something blocks that nobody answers for; or the command answers for what does not block.
pub fn vetted(state: &Document, vetted: &Vetted, decision: Decision) -> Decision {
    let decided = decision?;
    let draft = drafted(state)?;
    if draft.revision != vetted.revision {
        return Err(DocumentRefusal::OtherRevision { current: draft.revision.clone(), given: vetted.revision.clone() });
    }
    let given = vetted.overriding.as_ref().map(|overriding| &overriding.findings);
    if let Some(nothing) = given.into_iter().flatten().find(|finding| !vetted.blocking.contains(*finding)) {
        return Err(DocumentRefusal::OverrideOfNothing { finding: nothing.clone() });
    }
    let answered: BTreeSet<&FindingId> =
        draft.overridden.iter().flat_map(|earlier| &earlier.findings).chain(given.into_iter().flatten()).collect();
    let blocking: BTreeSet<FindingId> =
        vetted.blocking.iter().filter(|finding| !answered.contains(finding)).cloned().collect();
    if !blocking.is_empty() {
        return Err(DocumentRefusal::ChecksFailed { blocking });
    }
    let overridden = vetted.overriding.clone().map(|Override { findings, reason }| DocumentEvent::ChecksOverridden {
        revision: vetted.revision.clone(),
        findings: findings.into_iter().collect(),
        reason,
    });
    Ok(overridden.into_iter().chain(decided).collect())
}
