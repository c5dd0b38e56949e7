//! Why somebody applies for so much, or so often (art. 35). All decisions take a case that is settled.
//!
//! The regulation lets no clock stand for it and says nothing of silence: the reply's term runs on, and who gives no reasons is replied to like anybody else (ADR 037).

use super::{
    decide::under_way,
    event::RequestEvent,
    kin::{Kin, frequency},
    received::Received,
    refusal::RequestRefusal,
    state::Request,
};
use crate::{
    case::{self, CaseFile, Occurrence},
    deadline::Moment,
    sealed::Sealed,
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
