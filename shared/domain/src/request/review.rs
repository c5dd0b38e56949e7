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
    id::StaffId,
    sealed::Sealed,
};

type Case = CaseFile<Request>;
type Decision = Result<Vec<Occurrence<Request>>, RequestRefusal>;

/// Drafts a reply (art. 36), instead of one that was drafted before. `kin` are the other applications of the person, where the reply names one.
///
/// A draft stands as long as nothing else happens to the case, and the same department answers for it.
///
/// # Errors
/// The case is not confirmed and at work, the applicant or somebody consulted has to act first, it repeats nothing that was replied to, or no
/// reasons were given that could be unreasonable.
pub fn draft_reply(case: &Case, outcome: Outcome, text: Sealed, kin: &[Kin]) -> Decision {
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
    Ok(vec![case::own(RequestEvent::ReplyDrafted { outcome, text })])
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
    let decided = RequestEvent::RequestDecided { outcome: draft.outcome.clone(), text: draft.text.clone() };
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
