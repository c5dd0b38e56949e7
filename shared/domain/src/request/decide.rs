//! What may happen to an application for information before its end. All decisions take a case that is settled.

use jiff::civil::Date;

use super::{
    arrival::Arrival,
    event::{Applicant, Delivery, RequestDeadline, RequestEvent},
    limits::RequestLimits,
    refusal::RequestRefusal,
    state::{Request, begun},
};
use crate::{
    case::{self, CaseFile, Kind, Occurrence, Opening},
    deadline::{Count, DeadlineRefusal, Moment},
    text::Line,
};

type Case = CaseFile<Request>;
type Decision = Result<Vec<Occurrence<Request>>, RequestRefusal>;

/// What somebody applies for, beside what he wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// As what he applies.
    pub applicant: Applicant,
    /// How he wishes to get it.
    pub delivery: Delivery,
    /// Whether he asks to be freed of fees.
    pub asks_for_relief: bool,
    /// The day on which it counts as received (art. 31), where staff register what came in another way than at the front door.
    pub received_on: Option<Date>,
}

/// Takes in an application under the limits in force. One whose day of receipt is known is confirmed with it: its terms count from that day (art. 31).
///
/// # Errors
/// It came in before; or the day does not fit its way, lies ahead, or too far back.
pub fn file(
    case: &Case,
    opening: Opening,
    application: Application,
    limits: RequestLimits,
    now: Moment<'_>,
) -> Decision {
    let Application { applicant, delivery, asks_for_relief, received_on } = application;
    let begins = Arrival::of(opening.channel, received_on)?.begins(now)?;
    let mut events = case::open(case, opening)?;
    let terms = match begins {
        Some(effective_at) => {
            let mut terms = vec![case::own(RequestEvent::ApplicationConfirmed { effective_at })];
            terms.extend(begun(case, &limits, effective_at, now));
            terms
        }
        None => {
            let confirmation = limits.confirmation.clone();
            vec![case::changed(case.deadlines.start(RequestDeadline::Confirmation, confirmation, now.at, now)?)]
        }
    };
    let limits = Box::new(limits);
    events.push(case::own(RequestEvent::ApplicationFiled {
        applicant,
        delivery,
        asks_for_relief,
        limits,
        received_on,
    }));
    events.extend(terms);
    Ok(events)
}

/// Confirms the receipt: the reply's term begins (art. 31).
///
/// # Errors
/// The case is not at work, or the receipt is confirmed.
pub fn confirm(case: &Case, now: Moment<'_>) -> Decision {
    let own = &case.at_work()?.own;
    if own.confirmed.is_some() {
        return Err(RequestRefusal::AlreadyConfirmed);
    }
    let mut events = vec![case::own(RequestEvent::ApplicationConfirmed { effective_at: now.at })];
    events.push(case::changed(case.deadlines.meet(RequestDeadline::Confirmation, now)?));
    events.extend(own.limits.iter().flat_map(|limits| begun(case, limits, now.at, now)));
    Ok(events)
}

/// Gives the reply more time, as the head of the disclosure office approved (art. 33): once, also where it was counted anew since.
///
/// # Errors
/// The case is not confirmed and at work, or the limit allows no such extension.
pub fn extend(case: &Case, by: Count, reason: Line<300>, now: Moment<'_>) -> Decision {
    let times = under_way(case)?.reply.extensions.times;
    let extended = case.deadlines.extend(RequestDeadline::Reply, by, reason, now)?;
    if case.deadlines.get(RequestDeadline::Reply).is_some_and(|reply| reply.extended >= times) {
        return Err(DeadlineRefusal::ExtendedTooOften { times }.into());
    }
    Ok(vec![case::changed(extended)])
}

/// The limits of a case that is confirmed and at work.
pub(super) fn under_way(case: &Case) -> Result<&RequestLimits, RequestRefusal> {
    let own = &case.at_work()?.own;
    match (&own.limits, own.confirmed) {
        (Some(limits), Some(_)) => Ok(limits),
        _ => Err(RequestRefusal::NotConfirmed),
    }
}

/// That nobody but the handlers has to act.
pub(super) fn idle(case: &Case) -> Result<(), RequestRefusal> {
    if case.own.is_waiting() { Err(RequestRefusal::Awaiting) } else { Ok(()) }
}

/// The reply's clock stands. One that is late already has no clock that could.
pub(super) fn stopped(case: &Case, reason: &str, now: Moment<'_>) -> Option<Occurrence<Request>> {
    let reason = Line::new(reason).ok()?;
    case.deadlines.stop(RequestDeadline::Reply, reason, now).ok().map(case::changed)
}
