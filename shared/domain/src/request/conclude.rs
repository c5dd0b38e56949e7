//! How an application for information comes to its end. All decisions take a case that is settled.

use super::{
    decide::{idle, under_way},
    event::{Recorded, RequestDeadline, RequestEvent},
    outcome::Outcome,
    refusal::RequestRefusal,
    state::{Conclusion, Decided, Published, Request, lifted},
};
use crate::{
    case::{self, CaseFile, CaseRefusal, Occurrence},
    deadline::Moment,
    text::Line,
};

type Case = CaseFile<Request>;
type Decision = Result<Vec<Occurrence<Request>>, RequestRefusal>;

/// Tells the applicant that this is no application for information, and where to go with it (art. 39).
///
/// # Errors
/// The case is not confirmed and at work, or somebody has to act first.
pub fn redirect(case: &Case, channel: Line<120>, reason: Line<300>, now: Moment<'_>) -> Decision {
    under_way(case)?;
    idle(case)?;
    let mut events = vec![case::own(RequestEvent::RequestRedirected { channel, reason })];
    events.extend(met(case, now)?);
    Ok(events)
}

/// The applicant takes it back, whenever he likes.
///
/// # Errors
/// The case is not at work.
pub fn withdraw(case: &Case, now: Moment<'_>) -> Decision {
    withdrawn(case, None, now)
}

/// Records that he took it back in another way than at the front door: why, and what shows it. He is told of both.
///
/// # Errors
/// The case is not at work.
pub fn record_withdrawal(case: &Case, recorded: Recorded, now: Moment<'_>) -> Decision {
    withdrawn(case, Some(recorded), now)
}

fn withdrawn(case: &Case, recorded: Option<Recorded>, now: Moment<'_>) -> Decision {
    case.at_work()?;
    let mut events = vec![case::own(RequestEvent::ApplicationWithdrawn { recorded })];
    events.extend(lifted(case, now));
    Ok(events)
}

/// Files a case that came to its end (art. 45).
///
/// # Errors
/// It has not, or it was filed before.
pub fn archive(case: &Case, file: Line<60>) -> Decision {
    if case.opened.is_none() {
        return Err(CaseRefusal::NotOpened.into());
    }
    if case.own.concluded.is_none() {
        return Err(CaseRefusal::NotClosed.into());
    }
    match case.own.archived {
        Some(_) => Err(RequestRefusal::AlreadyArchived),
        None => Ok(vec![case::own(RequestEvent::RequestArchived { file })]),
    }
}

/// Records that the information stands in the open now, since several asked for it (art. 44): once, of an application that was granted.
///
/// Whether the document is public is asked before.
///
/// # Errors
/// It was not granted, or this was recorded before.
pub fn record_publication(case: &Case, published: Published) -> Decision {
    if case.opened.is_none() {
        return Err(CaseRefusal::NotOpened.into());
    }
    match &case.own.concluded {
        Some((_, Conclusion::Decided(Decided { outcome: Outcome::Provided { .. }, .. }))) => {}
        _ => return Err(RequestRefusal::NotGranted),
    }
    let Published { document, found_at } = published;
    match case.own.published {
        Some(_) => Err(RequestRefusal::PublishedBefore),
        None => Ok(vec![case::own(RequestEvent::InformationPublished { document, found_at })]),
    }
}

/// The reply is given in time, if it is; nothing else is owed.
pub(super) fn met(case: &Case, now: Moment<'_>) -> Result<Vec<Occurrence<Request>>, RequestRefusal> {
    let mut changes = Vec::new();
    for (deadline, _) in case.deadlines.open() {
        changes.push(match deadline {
            RequestDeadline::Reply => case.deadlines.meet(deadline, now)?,
            _ => case.deadlines.lift(deadline, now)?,
        });
    }
    Ok(changes.into_iter().map(case::changed).collect())
}
