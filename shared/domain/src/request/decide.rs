//! What may happen to an application for information before its end. All decisions take a case that is settled.

use super::{
    event::{Applicant, Consulted, Delivery, RequestDeadline, RequestEvent, Stance},
    fee::Fen,
    limits::RequestLimits,
    refusal::RequestRefusal,
    state::{Request, begun, resumed_without},
};
use crate::{
    case::{self, CaseFile, Kind, Occurrence, Opening},
    deadline::{Count, DeadlineRefusal, Moment},
    sealed::Sealed,
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
}

/// Takes in an application under the limits in force.
///
/// # Errors
/// It came in before.
pub fn file(
    case: &Case,
    opening: Opening,
    application: Application,
    limits: RequestLimits,
    now: Moment<'_>,
) -> Decision {
    let mut events = case::open(case, opening)?;
    let Application { applicant, delivery, asks_for_relief } = application;
    let confirmation = limits.confirmation.clone();
    let limits = Box::new(limits);
    events.push(case::own(RequestEvent::ApplicationFiled { applicant, delivery, asks_for_relief, limits }));
    events.push(case::changed(case.deadlines.start(RequestDeadline::Confirmation, confirmation, now.at, now)?));
    Ok(events)
}

/// Confirms the receipt: the reply's term begins (art. 31).
///
/// # Errors
/// The case is not at work, or the receipt is confirmed.
pub fn confirm(case: &Case, now: Moment<'_>) -> Decision {
    case.at_work()?;
    if case.own.confirmed.is_some() {
        return Err(RequestRefusal::AlreadyConfirmed);
    }
    let mut events = vec![case::own(RequestEvent::ApplicationConfirmed { effective_at: now.at })];
    events.push(case::changed(case.deadlines.meet(RequestDeadline::Confirmation, now)?));
    events.extend(begun(case, now.at, now));
    Ok(events)
}

/// Asks, once and within the term, to complete what is not clear; until that comes nothing is asked of the handlers (art. 30).
///
/// # Errors
/// The case is not confirmed and at work, a completion was asked for, its term is over, or somebody else is waited for.
pub fn ask_completion(case: &Case, missing: Sealed, now: Moment<'_>) -> Decision {
    let limits = under_way(case)?;
    if case.own.missing.is_some() {
        return Err(RequestRefusal::CompletionAskedBefore);
    }
    idle(case)?;
    let asked = case.deadlines.meet(RequestDeadline::CompletionNotice, now);
    let asked = asked.map_err(|_| RequestRefusal::TooLateForCompletion)?;
    let completion = case.deadlines.start(RequestDeadline::Completion, limits.completion.clone(), now.at, now)?;
    let mut events = vec![case::own(RequestEvent::CompletionAsked { missing })];
    events.extend([asked, completion].map(case::changed));
    events.extend(stopped(case, "等待申请人补正", now));
    Ok(events)
}

/// Takes in the completion: the reply's term is counted anew from its receipt (art. 30).
///
/// # Errors
/// The case is not at work, or no completion is awaited: its term may have run out.
pub fn complete(case: &Case, content: Sealed, now: Moment<'_>) -> Decision {
    under_way(case)?;
    if !case.own.awaits_completion() {
        return Err(RequestRefusal::NoCompletionAwaited);
    }
    let completed = case.deadlines.meet(RequestDeadline::Completion, now)?;
    let reply = case.deadlines.restart(RequestDeadline::Reply, now.at, now)?;
    let mut events = vec![case::own(RequestEvent::ApplicationCompleted { content })];
    events.extend([completed, reply].map(case::changed));
    Ok(events)
}

/// Gives the reply more time, as the head of the disclosure office approved (art. 33).
///
/// # Errors
/// The case is not confirmed and at work, or the limit allows no such extension.
pub fn extend(case: &Case, by: Count, reason: Line<300>, now: Moment<'_>) -> Decision {
    under_way(case)?;
    Ok(vec![case::changed(case.deadlines.extend(RequestDeadline::Reply, by, reason, now)?)])
}

/// Asks somebody for his opinion: the reply's clock stands until it comes or lapses (art. 32–34).
///
/// # Errors
/// The case is not confirmed and at work, that opinion is awaited, or the applicant has to act first.
pub fn seek_opinion(case: &Case, of: Consulted, letter: Sealed, now: Moment<'_>) -> Decision {
    let limits = under_way(case)?;
    if case.own.awaited.contains(&of) {
        return Err(RequestRefusal::OpinionAwaited);
    }
    if case.own.awaits_completion() || case.own.awaits_fee() {
        return Err(RequestRefusal::Awaiting);
    }
    let opinion = case.deadlines.start(deadline_of(of), limits.opinion.clone(), now.at, now)?;
    let mut events = vec![case::own(RequestEvent::OpinionSought { of, letter }), case::changed(opinion)];
    if case.own.awaited.is_empty() {
        let reason = match of {
            Consulted::ThirdParty => "征求第三方意见",
            Consulted::OtherBody => "征求其他机关意见",
        };
        events.extend(stopped(case, reason, now));
    }
    Ok(events)
}

/// Records the opinion that came.
///
/// # Errors
/// The case is not at work, or that opinion is not awaited: its term may have run out.
pub fn record_opinion(case: &Case, of: Consulted, stance: Stance, text: Sealed, now: Moment<'_>) -> Decision {
    under_way(case)?;
    if !case.own.awaited.contains(&of) {
        return Err(RequestRefusal::NoOpinionAwaited);
    }
    let met = case.deadlines.meet(deadline_of(of), now)?;
    let mut events = vec![case::own(RequestEvent::OpinionGiven { of, stance, text }), case::changed(met)];
    events.extend(resumed_without(case, of, now));
    Ok(events)
}

/// Asks for the fee of the `item`-th application of a month; until it is paid the reply's clock stands (art. 42).
///
/// A fee is asked for while the reply's term runs and not afterwards (国办函〔2020〕109号, art. 6): who is late does not end a case by asking for money.
///
/// # Errors
/// The case is not confirmed and at work, so few cost nothing, a fee was asked for, somebody else is waited for, or the reply is late.
pub fn ask_fee(case: &Case, item: u32, now: Moment<'_>) -> Decision {
    let limits = under_way(case)?;
    if case.own.fee.is_some() {
        return Err(RequestRefusal::FeeAskedBefore);
    }
    idle(case)?;
    let amount = limits.fees.of(item);
    if amount == Fen(0) {
        return Err(RequestRefusal::Free);
    }
    let fee = case.deadlines.start(RequestDeadline::Fee, limits.fee.clone(), now.at, now)?;
    let reply = stopped(case, "等待缴纳信息处理费", now).ok_or(DeadlineRefusal::NotRunning)?;
    Ok(vec![case::own(RequestEvent::FeeAsked { item, amount }), case::changed(fee), reply])
}

/// Records that the fee was paid: the reply's term is counted anew from the next day (国办函〔2020〕109号, art. 7).
///
/// # Errors
/// The case is not at work, or no fee is awaited.
pub fn pay(case: &Case, now: Moment<'_>) -> Decision {
    under_way(case)?;
    if !case.own.awaits_fee() {
        return Err(RequestRefusal::NoFeeAwaited);
    }
    let paid = case.deadlines.meet(RequestDeadline::Fee, now)?;
    let reply = case.deadlines.restart(RequestDeadline::Reply, now.at, now)?;
    let mut events = vec![case::own(RequestEvent::FeePaid {})];
    events.extend([paid, reply].map(case::changed));
    Ok(events)
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

fn deadline_of(of: Consulted) -> RequestDeadline {
    match of {
        Consulted::ThirdParty => RequestDeadline::ThirdPartyOpinion,
        Consulted::OtherBody => RequestDeadline::OtherBodyOpinion,
    }
}

/// The reply's clock stands. One that is late already has no clock that could.
fn stopped(case: &Case, reason: &str, now: Moment<'_>) -> Option<Occurrence<Request>> {
    let reason = Line::new(reason).ok()?;
    case.deadlines.stop(RequestDeadline::Reply, reason, now).ok().map(case::changed)
}
