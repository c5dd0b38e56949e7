//! The side that no citizen sees, and where it stands in review.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    content::{Content, RevisionHash},
    event::DocumentEvent,
    timetable::{Failed, Scheduled, Timing},
    urgent::{Postponed, Unreviewed},
    vetted::Overridden,
};
use crate::{aggregate::Fact, id::ActorId, text::Line};

/// Where a draft stands in review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// With its editors.
    Editing,
    /// With the reviewers.
    Submitted {
        /// Who approved so far, first level first.
        approvals: Vec<ActorId>,
        /// What the clock has to do with it, once every level has approved.
        timing: Option<Timing>,
    },
    /// Back with its editors, and why.
    Returned {
        /// What to mend.
        remark: Line<500>,
    },
}

impl Stage {
    /// Who approved so far, first level first.
    #[must_use]
    pub fn approvals(&self) -> &[ActorId] {
        match self {
            Self::Submitted { approvals, .. } => approvals,
            Self::Editing | Self::Returned { .. } => &[],
        }
    }

    /// What the clock has to do with it.
    #[must_use]
    pub fn timing(&self) -> Option<&Timing> {
        match self {
            Self::Submitted { timing, .. } => timing.as_ref(),
            Self::Editing | Self::Returned { .. } => None,
        }
    }
}

/// The side that no citizen sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub content: Content,
    /// Names the content.
    pub revision: RevisionHash,
    /// Everybody who edited since the last public revision that was reviewed, thrown away or not, and whoever wrote this text before.
    pub editors: BTreeSet<ActorId>,
    /// Where it stands in review.
    pub stage: Stage,
    /// Since when it waits there for whoever acts next.
    pub since: Timestamp,
    /// When this text was saved.
    pub saved_at: Timestamp,
    /// Who saved it.
    pub saved_by: ActorId,
    /// What somebody answers for that the checks found in this revision, oldest first.
    pub overridden: Vec<Overridden>,
    /// Why its review comes after its publication: between two events of one commit only.
    pub postponed: Option<Postponed>,
}

impl Draft {
    /// The review that it owes once it is public.
    pub(super) fn owed(&self, fact: &Fact) -> Option<Unreviewed> {
        self.postponed.clone().map(|postponed| Unreviewed {
            postponed,
            editors: self.editors.clone(),
            // Whoever published it does not count among its reviewers, and levels after his have theirs again.
            approvals: self.stage.approvals().iter().take_while(|by| **by != fact.actor).cloned().collect(),
            overridden: self.overridden.clone(),
            since: fact.at,
        })
    }

    /// Takes an event of its own revision.
    pub(super) fn go_on(&mut self, event: DocumentEvent, fact: &Fact) {
        let submitted = |approvals, timing| Stage::Submitted { approvals, timing };
        let approvals = self.stage.approvals().to_vec();
        self.stage = match event {
            DocumentEvent::DocumentSubmitted { .. } => submitted(Vec::new(), None),
            DocumentEvent::DocumentReturned { remark, .. } => {
                // Whoever returned it may not share what was answered for.
                self.overridden.clear();
                Stage::Returned { remark }
            }
            DocumentEvent::DocumentApproved { .. } => {
                let with_his = approvals.into_iter().chain([fact.actor.clone()]).collect();
                submitted(with_his, self.stage.timing().cloned())
            }
            DocumentEvent::PublicationScheduled { at, slug, note, .. } => {
                let scheduled = Scheduled { at, by: fact.actor.clone(), commit: fact.commit, slug, note };
                submitted(approvals, Some(Timing::Scheduled(scheduled)))
            }
            DocumentEvent::PublicationUnscheduled { .. } => submitted(approvals, None),
            DocumentEvent::PublicationFailed { at, code, detail, .. } => {
                submitted(approvals, Some(Timing::Failed(Failed { scheduled_at: at, at: fact.at, code, detail })))
            }
            DocumentEvent::ChecksOverridden { findings, reason, .. } => {
                let findings = findings.into_iter().collect();
                self.overridden.push(Overridden { findings, reason, by: fact.actor.clone(), at: fact.at });
                return;
            }
            DocumentEvent::ReviewPostponed { reason, .. } => {
                self.postponed = Some(Postponed { reason, by: fact.actor.clone(), at: fact.at });
                return;
            }
            _ => return,
        };
        self.since = fact.at;
    }

    /// Review is of a text in its column, by those whom that column names: what was asked or granted elsewhere is void. A remark on what to mend stays.
    pub(super) fn leave_review(&mut self, fact: &Fact) {
        self.overridden.clear();
        if matches!(self.stage, Stage::Submitted { .. }) {
            self.stage = Stage::Editing;
            self.since = fact.at;
        }
    }
}
