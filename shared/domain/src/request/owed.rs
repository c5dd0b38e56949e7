//! What an applicant owes: a completion (art. 30), a fee (art. 42). All decisions take a case that is settled.
//!
//! Either is in time by the day on which it came. A case that counted as given up meanwhile was not: it is open again, by an event of its own.

use jiff::Timestamp;

use super::{
    decide::{idle, stopped, under_way},
    event::{Lapsed, RequestDeadline, RequestEvent},
    fee::Fen,
    kin::{Kin, item_of_month},
    received::Received,
    refusal::RequestRefusal,
    state::{Conclusion, Request},
};
use crate::{
    case::{self, CaseFile, Enclosed, Occurrence},
    deadline::{DeadlineRefusal, Moment, Status},
    sealed::Sealed,
};

type Case = CaseFile<Request>;
type Decision = Result<Vec<Occurrence<Request>>, RequestRefusal>;

/// Why the reply's clock stands while a completion is awaited.
pub(super) const COMPLETION: &str = "等待申请人补正";
/// Why it stands while a fee is.
pub(super) const FEE: &str = "等待缴纳信息处理费";

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
    events.extend(stopped(case, COMPLETION, now));
    Ok(events)
}

/// What an applicant says to complete his application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What he wrote, under the case's key.
    pub content: Sealed,
    /// Files that he sent with it.
    pub files: Vec<Enclosed>,
}

impl From<Sealed> for Completion {
    /// One without files.
    fn from(content: Sealed) -> Self {
        Self { content, files: Vec::new() }
    }
}

/// Takes in the completion: the reply's term is counted anew from its receipt (art. 30).
///
/// # Errors
/// The case is not at work, or no completion is awaited; or staff record one that came too late, or on a day that cannot be.
pub fn complete(case: &Case, completion: Completion, received: Received, now: Moment<'_>) -> Decision {
    let came = came(case, Lapsed::Completion, received, now)?;
    let Completion { content, files } = completion;
    let completed = RequestEvent::ApplicationCompleted { content, files, received_on: received.day() };
    came.with(case, completed, now)
}

/// Opens an application again that counts as given up because no completion came: the applicant had a good reason (正当理由, art. 30).
///
/// The completion is awaited anew, for a term as long as the first one; a reply is counted from the day on which it comes.
///
/// # Errors
/// It did not end so, or what is personal in it is erased.
pub fn reopen(case: &Case, reason: Sealed, now: Moment<'_>) -> Decision {
    let own = &case.readable()?.own;
    let (Some(limits), Some((_, Conclusion::Abandoned(Lapsed::Completion)))) = (&own.limits, &own.concluded) else {
        return Err(RequestRefusal::NotReopenable);
    };
    let completion = case.deadlines.start(RequestDeadline::Completion, limits.completion.clone(), now.at, now)?;
    let mut events = vec![case::own(RequestEvent::ApplicationReopened { reason }), case::changed(completion)];
    // A reply that was late before stays so.
    if is_lifted(case) {
        let reply = case.deadlines.start(RequestDeadline::Reply, limits.reply.clone(), now.at, now)?;
        let mut begun = case.clone();
        begun.deadlines.evolve(reply.clone());
        events.push(case::changed(reply));
        events.extend(stopped(&begun, COMPLETION, now));
    }
    Ok(events)
}

/// Asks for the fee of the `item`-th application of a month; until it is paid the reply's clock stands (art. 42).
///
/// A fee is asked for while the reply's term runs and not afterwards (国办函〔2020〕109号, art. 6): who is late does not end a case by asking for money.
/// `kin` are the other applications of the person. Who handles it may find that some of them do not count, and never that there were more.
///
/// # Errors
/// The case is not confirmed and at work, so few cost nothing, a fee was asked for, somebody else is waited for, or the reply is late; or it is a lesser one.
pub fn ask_fee(case: &Case, item: u32, kin: &[Kin], now: Moment<'_>) -> Decision {
    let limits = under_way(case)?;
    if case.own.fee.is_some() {
        return Err(RequestRefusal::FeeAskedBefore);
    }
    idle(case)?;
    let counted = item_of_month(case, kin);
    if item > counted {
        return Err(RequestRefusal::ItemBeyondCounted { counted });
    }
    let amount = limits.fees.of(item);
    if amount == Fen(0) {
        return Err(RequestRefusal::Free);
    }
    let fee = case.deadlines.start(RequestDeadline::Fee, limits.fee.clone(), now.at, now)?;
    let reply = stopped(case, FEE, now).ok_or(DeadlineRefusal::NotRunning)?;
    Ok(vec![case::own(RequestEvent::FeeAsked { item, amount }), case::changed(fee), reply])
}

/// Records that the fee was paid: the reply's term is counted anew from the next day (国办函〔2020〕109号, art. 7).
///
/// # Errors
/// The case is not at work, no fee is awaited, or it was paid too late, or on a day that cannot be.
pub fn pay(case: &Case, received: Received, now: Moment<'_>) -> Decision {
    let came = came(case, Lapsed::Fee, received, now)?;
    came.with(case, RequestEvent::FeePaid { received_on: received.day() }, now)
}

/// Something that an applicant owed, and that came.
struct Came {
    at: Timestamp,
    /// That its deadline is met.
    met: Occurrence<Request>,
    /// That the case does not count as given up any more, where it did.
    undone: Option<RequestEvent>,
}

fn came(case: &Case, what: Lapsed, received: Received, now: Moment<'_>) -> Result<Came, RequestRefusal> {
    let own = &case.own;
    let is_given_up = matches!(&own.concluded, Some((_, Conclusion::Abandoned(lapsed))) if *lapsed == what);
    if is_given_up && received != Received::Now {
        case.readable()?;
    } else {
        // Who does it himself does it to a case that is open.
        under_way(case)?;
    }
    let (deadline, asked, refusal) = match what {
        Lapsed::Completion => {
            let asked = own.completion_asked.filter(|_| own.awaits_completion());
            (RequestDeadline::Completion, asked, RequestRefusal::NoCompletionAwaited)
        }
        Lapsed::Fee => (RequestDeadline::Fee, own.fee_asked.filter(|_| own.awaits_fee()), RequestRefusal::NoFeeAwaited),
    };
    let at = received.at(asked.ok_or(refusal)?, now)?;
    let met = case.deadlines.meet_since(deadline, at).map_err(|_| RequestRefusal::CameTooLate)?;
    let undone = is_given_up.then_some(RequestEvent::AbandonmentUndone { lapsed: what });
    Ok(Came { at, met: case::changed(met), undone })
}

impl Came {
    /// That it came, and that the reply is counted anew from then. One that is late stays so.
    fn with(self, case: &Case, event: RequestEvent, now: Moment<'_>) -> Decision {
        let mut events: Vec<Occurrence<Request>> = self.undone.into_iter().map(case::own).collect();
        events.extend([case::own(event), self.met]);
        let known = case.deadlines.get(RequestDeadline::Reply);
        let reply = match (known, &case.own.limits) {
            (Some(known), _) if known.status.is_open() => {
                Some(case.deadlines.restart(RequestDeadline::Reply, self.at, now)?)
            }
            (Some(_), Some(limits)) if is_lifted(case) => {
                Some(case.deadlines.start(RequestDeadline::Reply, limits.reply.clone(), self.at, now)?)
            }
            _ => None,
        };
        events.extend(reply.map(case::changed));
        Ok(events)
    }
}

/// Whether no reply is asked for any more.
fn is_lifted(case: &Case) -> bool {
    let reply = case.deadlines.get(RequestDeadline::Reply).map(|known| known.status);
    matches!(reply, Some(Status::Lifted { .. }))
}
