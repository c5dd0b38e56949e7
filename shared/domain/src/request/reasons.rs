//! Why somebody applies for so much, or so often (art. 35). All decisions take a case that is settled.
//!
//! The regulation lets no clock stand for it and says nothing of silence: the reply's term runs on, and who gives no reasons is replied to like anybody else (ADR 037).
//! Where the reasons are reasonable and the term is too short for so much, a longer one is determined and told (ADR 044).

use super::{
    decide::under_way,
    event::{RequestDeadline, RequestEvent},
    kin::{Kin, frequency},
    received::Received,
    refusal::RequestRefusal,
    state::Request,
};
use crate::{
    case::{self, CaseFile, Occurrence},
    deadline::{Count, Moment},
    sealed::Sealed,
    text::Line,
};

type Case = CaseFile<Request>;
type Decision = Result<Vec<Occurrence<Request>>, RequestRefusal>;

/// Asks the applicant, once, for what he applies so much or so often. `kin` are the other applications of the person: how many they are is part of the event.
///
/// # Errors
/// The case is not confirmed and at work, or reasons were asked for before.
pub fn ask_reasons(case: &Case, question: Sealed, kin: &[Kin], now: Moment<'_>) -> Decision {
    under_way(case)?;
    if case.own.reasons_asked.is_some() {
        return Err(RequestRefusal::ReasonsAskedBefore);
    }
    let applications = frequency(case, kin, now.at).in_all;
    Ok(vec![case::own(RequestEvent::ReasonsAsked { applications, question })])
}

/// Takes in what he says to that.
///
/// # Errors
/// The case is not at work, none are awaited, or staff record what came on a day that cannot be.
pub fn give_reasons(case: &Case, reasons: Sealed, received: Received, now: Moment<'_>) -> Decision {
    under_way(case)?;
    let own = &case.own;
    let asked = own.reasons_asked.as_ref().filter(|_| own.awaits_reasons()).ok_or(RequestRefusal::NoReasonsAwaited)?;
    received.at(asked.at, now)?;
    Ok(vec![case::own(RequestEvent::ReasonsGiven { reasons, received_on: received.day() })])
}

/// What lets the reply come later than its limit says.
const RULE: &str = "《政府信息公开条例》第三十五条";

/// Gives the reply a longer term: he gave reasons, they are reasonable, and it cannot be given within the term (确定延迟答复的合理期限). Once for each term.
///
/// # Errors
/// The case is not confirmed and at work, he gave no reasons, the reply is late or delayed already.
pub fn delay(case: &Case, by: Count, reason: Line<300>, now: Moment<'_>) -> Decision {
    under_way(case)?;
    if case.own.reasons.is_none() {
        return Err(RequestRefusal::NoReasonsGiven);
    }
    let is_delayed = case.deadlines.get(RequestDeadline::Reply).is_some_and(|reply| reply.term.is_delayed());
    let (false, Ok(rule)) = (is_delayed, Line::new(RULE)) else { return Err(RequestRefusal::DelayedBefore) };
    Ok(vec![case::changed(case.deadlines.delay(RequestDeadline::Reply, by, (rule, reason), now)?)])
}
