//! What is timed (定时发布、到期下线): the publication of an approved revision, and the end of a document's public life.
//!
//! A publication or an expiry that is due is a command like one given by hand, carried out when the clock comes by: it takes effect at its own commit, and
//! everything is asked again then (PROTOCOLS.md, "Time"). What was scheduled belongs to the approved revision: an edit, a return or a move voids it together
//! with the approvals. Each entry is named by the commit that made it, so that a clock which read an older one carries out nothing.

use jiff::{SignedDuration, Timestamp};

use super::{
    content::RevisionHash,
    decide::{Publish, approved, drafted, first_time, in_place, same_revision, withdraw},
    draft::Draft,
    event::DocumentEvent,
    refusal::DocumentRefusal,
    relation::Related,
    state::Document,
};
use crate::{
    aggregate::Context,
    column::Levels,
    id::ActorId,
    path::Slug,
    text::{Line, Prose},
};

type Decision = Result<Vec<DocumentEvent>, DocumentRefusal>;

/// How far ahead a publication can be scheduled.
const FURTHEST_PUBLICATION: SignedDuration = SignedDuration::from_hours(24 * 366);
/// How far ahead an expiry can be set.
const FURTHEST_EXPIRY: SignedDuration = SignedDuration::from_hours(24 * 366 * 10);

/// A publication that the clock is to carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// Not before this instant.
    pub at: Timestamp,
    /// Who scheduled it.
    pub by: ActorId,
    /// The commit that scheduled it: its name.
    pub commit: u64,
    /// Last part of the path, for a document that is not public.
    pub slug: Option<Slug>,
    /// What changed, for the public: of a document that is public already.
    pub note: Option<Line<300>>,
}

/// A scheduled publication that could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// When it was to be.
    pub scheduled_at: Timestamp,
    /// When it was tried.
    pub at: Timestamp,
    /// Stable code of what refused it.
    pub code: Line<80>,
    /// What refused it, for its editors.
    pub detail: Line<500>,
}

/// What the clock has to do with an approved revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timing {
    /// It publishes it.
    Scheduled(Scheduled),
    /// It could not.
    Failed(Failed),
}

/// When a document's public life ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// Not before this instant.
    pub at: Timestamp,
    /// Why, for the public.
    pub reason: Prose<300>,
    /// Who set it.
    pub by: ActorId,
    /// The commit that set it: its name.
    pub commit: u64,
}

/// What is scheduled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The revision that was read.
    pub revision: RevisionHash,
    /// When.
    pub at: Timestamp,
    /// Last part of the path, for a document that is not public.
    pub slug: Option<Slug>,
    /// What changed, for the public: of a document that is public already.
    pub note: Option<Line<300>>,
}

/// How a draft becomes public, once everything it needs has been looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Release {
    /// As the first public text, or the first after a withdrawal.
    First(Publish),
    /// In place of the public text.
    Correction {
        /// What changed, for the public.
        note: Line<300>,
        /// The documents that the draft relates to, as they stand.
        related: Vec<Related>,
    },
}

impl Release {
    /// Makes the draft public so, whoever has approved it.
    pub(super) fn of(
        self,
        state: &Document,
        draft: &Draft,
        context: &Context,
    ) -> Result<DocumentEvent, DocumentRefusal> {
        match self {
            Self::First(publish) => first_time(state, draft, publish, context),
            Self::Correction { note, related } => in_place(state, draft, note, related),
        }
    }
}

impl Document {
    /// The publication that the clock is to carry out, if one is scheduled.
    #[must_use]
    pub fn scheduled(&self) -> Option<&Scheduled> {
        match self.draft.as_ref()?.stage.timing()? {
            Timing::Scheduled(scheduled) => Some(scheduled),
            Timing::Failed(_) => None,
        }
    }
}

/// Schedules the publication of the approved revision, or its correction where the document is public; an earlier schedule is replaced.
///
/// # Errors
/// A level's approval is missing, the draft is at another revision, the instant has passed or lies more than a year ahead or not before the expiry, a note
/// is missing or not wanted, a slug is not wanted, or all this is scheduled already.
pub fn schedule(state: &Document, command: Schedule, levels: &Levels, context: &Context) -> Decision {
    let draft = drafted(state)?;
    same_revision(draft, &command.revision)?;
    approved(state, levels)?;
    let Schedule { revision, at, slug, note } = command;
    match (&state.live, &note, &slug) {
        (Some(_), None, _) => return Err(DocumentRefusal::NoteMissing),
        (Some(_), Some(_), Some(_)) => return Err(DocumentRefusal::SlugUnwanted),
        (None, Some(_), _) => return Err(DocumentRefusal::NoteUnwanted),
        (Some(_), Some(_), None) | (None, None, _) => {}
    }
    if state.live.as_ref().is_some_and(|live| live.revision == revision) {
        return Err(DocumentRefusal::Unchanged);
    }
    ahead(at, FURTHEST_PUBLICATION, context)?;
    if let Some(expiry) = state.expiry.as_ref().filter(|expiry| expiry.at <= at) {
        return Err(DocumentRefusal::ExpiresBefore { publication: at, expiry: expiry.at });
    }
    if let Some(standing) = state.scheduled()
        && (standing.at, &standing.slug, &standing.note) == (at, &slug, &note)
    {
        return Err(DocumentRefusal::Unchanged);
    }
    Ok(vec![DocumentEvent::PublicationScheduled { revision, at, slug, note }])
}

/// Takes the scheduled publication back; the approvals stay.
///
/// # Errors
/// Nothing is scheduled.
pub fn unschedule(state: &Document, _: &Context) -> Decision {
    let draft = drafted(state)?;
    match state.scheduled() {
        Some(_) => Ok(vec![DocumentEvent::PublicationUnscheduled { revision: draft.revision.clone() }]),
        None => Err(DocumentRefusal::NotScheduled),
    }
}

/// Makes the revision public that commit `commit` scheduled, once its time has come.
///
/// # Errors
/// That schedule does not stand any more or is not due ([`DocumentRefusal::NotScheduled`]), or what would refuse a publication by hand.
pub fn publish_on_time(
    state: &Document,
    commit: u64,
    release: Release,
    levels: &Levels,
    context: &Context,
) -> Decision {
    due(state, commit, context)?;
    let draft = approved(state, levels)?;
    Ok(vec![release.of(state, draft, context)?])
}

/// Records that the publication which commit `commit` scheduled is refused for good: its editors are told, and it is not tried again.
///
/// # Errors
/// That schedule does not stand any more, or is not due.
pub fn fail(state: &Document, commit: u64, code: Line<80>, detail: Line<500>, context: &Context) -> Decision {
    let (revision, at) = due(state, commit, context)?;
    Ok(vec![DocumentEvent::PublicationFailed { revision, at, code, detail }])
}

/// The revision that commit `commit` scheduled and the instant it was to be public, once that has come.
fn due(state: &Document, commit: u64, context: &Context) -> Result<(RevisionHash, Timestamp), DocumentRefusal> {
    match state.draft.as_ref().zip(state.scheduled()) {
        Some((draft, standing)) if standing.commit == commit && standing.at <= context.now => {
            Ok((draft.revision.clone(), standing.at))
        }
        _ => Err(DocumentRefusal::NotScheduled),
    }
}

/// Sets when the document's public life ends; an earlier instant is replaced. It holds for what is public then, however it came there.
///
/// # Errors
/// There is no document or it has neither a public text nor a draft, the instant has passed or lies more than ten years ahead or not after the scheduled
/// publication, or all this is set already.
pub fn set_expiry(state: &Document, at: Timestamp, reason: Prose<300>, context: &Context) -> Decision {
    if state.id.is_none() {
        return Err(DocumentRefusal::NotDrafted);
    }
    if state.live.is_none() && state.draft.is_none() {
        return Err(DocumentRefusal::NoDraft);
    }
    ahead(at, FURTHEST_EXPIRY, context)?;
    if let Some(scheduled) = state.scheduled()
        && at <= scheduled.at
    {
        return Err(DocumentRefusal::ExpiresBefore { publication: scheduled.at, expiry: at });
    }
    if state.expiry.as_ref().is_some_and(|expiry| (expiry.at, &expiry.reason) == (at, &reason)) {
        return Err(DocumentRefusal::Unchanged);
    }
    Ok(vec![DocumentEvent::ExpirySet { at, reason }])
}

/// Takes the expiry back.
///
/// # Errors
/// None is set.
pub fn clear_expiry(state: &Document, _: &Context) -> Decision {
    match &state.expiry {
        Some(expiry) => Ok(vec![DocumentEvent::ExpiryCleared { at: expiry.at }]),
        None => Err(DocumentRefusal::NoExpiry),
    }
}

/// Takes the document from the public as commit `commit` said, once its time has come.
///
/// # Errors
/// That expiry does not stand any more or is not due ([`DocumentRefusal::NoExpiry`]), or the document is not public.
pub fn expire(state: &Document, commit: u64, context: &Context) -> Decision {
    match &state.expiry {
        Some(expiry) if expiry.commit == commit && expiry.at <= context.now => {
            withdraw(state, expiry.reason.clone(), context)
        }
        _ => Err(DocumentRefusal::NoExpiry),
    }
}

fn ahead(at: Timestamp, furthest: SignedDuration, context: &Context) -> Result<(), DocumentRefusal> {
    let latest = context.now.saturating_add(furthest).unwrap_or(Timestamp::MAX);
    if at > context.now && at <= latest {
        Ok(())
    } else {
        Err(DocumentRefusal::NotAhead { at, now: context.now, latest })
    }
}
