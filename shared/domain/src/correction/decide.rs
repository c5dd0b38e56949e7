//! What may happen to an error report next. All decisions take a case that is settled.

use super::{
    event::{CorrectionDeadline, CorrectionEvent, Fault, Finding, ReportedPage},
    refusal::CorrectionRefusal,
    state::Correction,
};
use crate::{
    case::{self, CaseFile, Occurrence, Opening},
    deadline::{Limit, Moment},
    text::{Line, Prose},
};

type Case = CaseFile<Correction>;
type Decision = Result<Vec<Occurrence<Correction>>, CorrectionRefusal>;

/// What a reader reports, beside what he wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The page, if it is one of ours.
    pub page: Option<ReportedPage>,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is answered in public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What was found.
    pub finding: Finding,
    /// What it was about, in words for everybody.
    pub subject: Line<80>,
    /// The answer, in words for everybody.
    pub text: Prose<2000>,
}

/// Takes in a report, to be answered within `limit` from its receipt.
///
/// # Errors
/// It came in before.
pub fn report(case: &Case, opening: Opening, report: Report, limit: Limit, now: Moment<'_>) -> Decision {
    let mut events = case::open(case, opening)?;
    let Report { page, fault } = report;
    events.push(case::own(CorrectionEvent::ErrorReported { page, fault }));
    events.push(case::changed(case.deadlines.start(CorrectionDeadline::Answer, limit, now.at, now)?));
    Ok(events)
}

/// Answers in public. Late is better than never; once an answer is withdrawn another one is owed.
///
/// # Errors
/// The case is not at work, an answer stands, or it has no words.
pub fn answer(case: &Case, reply: Reply, now: Moment<'_>) -> Decision {
    if case.own.answer.is_some() {
        return Err(CorrectionRefusal::AlreadyAnswered);
    }
    case.at_work()?;
    let Reply { finding, subject, text } = reply;
    if text.as_str().is_empty() {
        return Err(CorrectionRefusal::EmptyAnswer);
    }
    let mut events = vec![case::own(CorrectionEvent::ErrorAnswered { finding, subject, answer: text })];
    if owed(case) {
        events.push(case::changed(case.deadlines.meet(CorrectionDeadline::Answer, now)?));
    }
    Ok(events)
}

/// Takes an answer from the public; it stays in the history. The case is open again, and another answer is owed within `limit`: whoever reported an error is not
/// left without one (RULES.md A1 G13). Where what he wrote is erased nobody could give one, and the case stays closed.
///
/// # Errors
/// No answer stands.
pub fn withdraw_answer(case: &Case, reason: Line<300>, limit: Limit, now: Moment<'_>) -> Decision {
    if case.own.answer.is_none() {
        return Err(CorrectionRefusal::NotAnswered);
    }
    let reopened = case.erased.is_none();
    let mut events = vec![case::own(CorrectionEvent::AnswerWithdrawn { reason, reopened })];
    if reopened {
        events.push(case::changed(case.deadlines.start(CorrectionDeadline::Answer, limit, now.at, now)?));
    }
    Ok(events)
}

/// Ends a case that reports no error: an advertisement, an insult, a letter about something else.
///
/// # Errors
/// The case is not at work.
pub fn dismiss(case: &Case, reason: Line<300>, now: Moment<'_>) -> Decision {
    case.at_work()?;
    let mut events = vec![case::own(CorrectionEvent::ReportDismissed { reason })];
    if owed(case) {
        events.push(case::changed(case.deadlines.lift(CorrectionDeadline::Answer, now)?));
    }
    Ok(events)
}

/// Whether the answer is owed still, in time.
fn owed(case: &Case) -> bool {
    case.deadlines.get(CorrectionDeadline::Answer).is_some_and(|deadline| deadline.status.is_open())
}
