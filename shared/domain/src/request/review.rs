//! A reply is drafted by one and approved by another before it is given (审核, art. 45). All decisions take a case that is settled.

use super::{
    conclude::met,
    decide::{idle, under_way},
    event::RequestEvent,
    kin::{Kin, repeatable},
    outcome::Outcome,
    refusal::RequestRefusal,
    state::{Draft, Request},
};
use crate::{
    case::{self, CaseFile, Occurrence},
    deadline::Moment,
    id::{FieldName, StaffId},
    sealed::Sealed,
};

type Case = CaseFile<Request>;
type Decision = Result<Vec<Occurrence<Request>>, RequestRefusal>;

/// Most files that are given with a reply.
pub const MOST_GIVEN: usize = 10;

/// Drafts a reply (art. 36), instead of one that was drafted before. `kin` are the other applications of the person, where the reply names one; `files` are of the case.
///
/// A draft stands as long as nothing else happens to the case, and the same department answers for it.
///
/// # Errors
/// The case is not confirmed and at work, the applicant or somebody consulted has to act first, it repeats nothing that was replied to, or no
/// reasons were given that could be unreasonable; or a file is none that staff put into the case, is named twice, or there are too many.
pub fn draft_reply(case: &Case, outcome: Outcome, text: Sealed, files: Vec<FieldName>, kin: &[Kin]) -> Decision {
    under_way(case)?;
    idle(case)?;
    if let Outcome::Repeat { of } = &outcome
        && !repeatable(case, kin).any(|other| other.number == *of)
    {
        return Err(RequestRefusal::NotRepeated);
    }
    if outcome == Outcome::Excessive && case.own.reasons.is_none() {
        return Err(RequestRefusal::NoReasonsGiven);
    }
    let is_unfit = |(place, file): (usize, &FieldName)| {
        case.added(file).is_none() || files.iter().take(place).any(|earlier| earlier == file)
    };
    if let Some((_, file)) = files.iter().enumerate().find(|one| is_unfit(*one)) {
        return Err(RequestRefusal::FileUnfit { file: file.clone() });
    }
    if files.len() > MOST_GIVEN {
        return Err(RequestRefusal::TooManyFiles);
    }
    Ok(vec![case::own(RequestEvent::ReplyDrafted { outcome, text, files })])
}

/// Approves the draft in the name of `by`: the reply is given with it. One that is late is given nevertheless.
///
/// # Errors
/// The case is not confirmed and at work, somebody has to act first, there is no draft, or it is his own.
pub fn approve_reply(case: &Case, by: &StaffId, now: Moment<'_>) -> Decision {
    let draft = pending(case)?;
    if StaffId::of(&draft.by) == *by {
        return Err(RequestRefusal::OwnDraft);
    }
    let Draft { outcome, text, files, .. } = draft.clone();
    let decided = RequestEvent::RequestDecided { outcome, text, files };
    let mut events = vec![case::own(decided)];
    events.extend(met(case, now)?);
    Ok(events)
}

/// Returns the draft to whoever handles the case.
///
/// # Errors
/// The case is not confirmed and at work, somebody has to act first, or there is no draft.
pub fn return_reply(case: &Case, remark: Sealed) -> Decision {
    pending(case)?;
    Ok(vec![case::own(RequestEvent::ReplyReturned { remark })])
}

/// The draft that waits to be approved.
fn pending(case: &Case) -> Result<&Draft, RequestRefusal> {
    under_way(case)?;
    idle(case)?;
    let draft = case.own.draft.as_ref().filter(|draft| !draft.is_returned && draft.commit > case.assigned_by);
    draft.ok_or(RequestRefusal::NoDraft)
}
