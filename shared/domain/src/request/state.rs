//! An application for information as its events tell it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    event::{Applicant, Consulted, Delivery, Lapsed, Outcome, RequestDeadline, RequestEvent, Stance},
    fee::Fen,
    limits::RequestLimits,
};
use crate::{
    aggregate::Fact,
    case::{self, CaseFile, Kind, Occurrence, Prefix},
    deadline::{Limit, Moment},
    sealed::Sealed,
    text::Line,
};

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Of which kind.
    pub outcome: Outcome,
    /// The reply, under the case's key.
    pub text: Sealed,
}

/// A letter that asks somebody for his opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom.
    pub of: Consulted,
    /// Who it is and what was asked, under the case's key.
    pub text: Sealed,
}

/// An opinion that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Whose.
    pub of: Consulted,
    /// What it says.
    pub stance: Stance,
    /// The opinion, under the case's key.
    pub text: Sealed,
}

/// How an application came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conclusion {
    /// 答复.
    Decided(Decided),
    /// 转其他渠道.
    Redirected {
        /// Where it is to go.
        channel: Line<120>,
        /// Why.
        reason: Line<300>,
    },
    /// 视为放弃.
    Abandoned(Lapsed),
    /// 撤回.
    Withdrawn,
}

/// What an application for information has beside what any case has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// Who applied; none for a stream that nothing began.
    pub applicant: Option<Applicant>,
    /// How he wishes to get it.
    pub delivery: Option<Delivery>,
    /// The limits that were in force when he applied: they stay his.
    pub limits: Option<RequestLimits>,
    /// Since when both sides know of the receipt.
    pub confirmed: Option<Timestamp>,
    /// What he was asked to say, once.
    pub missing: Option<Sealed>,
    /// What he said to that.
    pub completion: Option<Sealed>,
    /// Whose opinion is awaited.
    pub awaited: BTreeSet<Consulted>,
    /// Letters that asked for opinions, oldest first.
    pub letters: Vec<Letter>,
    /// Opinions that came, oldest first; silence is told by the deadline.
    pub opinions: Vec<Opinion>,
    /// What he is to pay, or paid.
    pub fee: Option<Fen>,
    /// Whether he paid.
    pub paid: Option<Timestamp>,
    /// How it ended, and when.
    pub concluded: Option<(Timestamp, Conclusion)>,
    /// Under which file number it was filed.
    pub archived: Option<Line<60>>,
}

impl Request {
    /// Whether a completion is awaited.
    #[must_use]
    pub fn awaits_completion(&self) -> bool {
        self.missing.is_some() && self.completion.is_none()
    }

    /// Whether a fee is awaited.
    #[must_use]
    pub fn awaits_fee(&self) -> bool {
        self.fee.is_some() && self.paid.is_none()
    }
}

impl Kind for Request {
    type Event = RequestEvent;
    type Deadline = RequestDeadline;

    const CATEGORY: &'static str = "request";
    const PREFIX: Prefix = Prefix(['Y', 'G']);
    const OWED: RequestDeadline = RequestDeadline::Reply;

    fn evolve(&mut self, event: RequestEvent, fact: &Fact) {
        match event {
            RequestEvent::ApplicationFiled { applicant, delivery, limits, .. } => {
                self.applicant = Some(applicant);
                self.delivery = Some(delivery);
                self.limits = Some(*limits);
            }
            RequestEvent::ApplicationConfirmed { effective_at } => self.confirmed = Some(effective_at),
            RequestEvent::CompletionAsked { missing } => self.missing = Some(missing),
            RequestEvent::ApplicationCompleted { content } => self.completion = Some(content),
            RequestEvent::OpinionSought { of, letter } => {
                self.awaited.insert(of);
                self.letters.push(Letter { of, text: letter });
            }
            RequestEvent::OpinionGiven { of, stance, text } => {
                self.awaited.remove(&of);
                self.opinions.push(Opinion { of, stance, text });
            }
            RequestEvent::OpinionLapsed { of, .. } => {
                self.awaited.remove(&of);
            }
            RequestEvent::FeeAsked { amount, .. } => self.fee = Some(amount),
            RequestEvent::FeePaid {} => self.paid = Some(fact.at),
            RequestEvent::DeemedAbandoned { lapsed, effective_at } => {
                self.concluded = Some((effective_at, Conclusion::Abandoned(lapsed)));
            }
            RequestEvent::RequestDecided { outcome, text } => {
                self.concluded = Some((fact.at, Conclusion::Decided(Decided { outcome, text })));
            }
            RequestEvent::RequestRedirected { channel, reason } => {
                self.concluded = Some((fact.at, Conclusion::Redirected { channel, reason }));
            }
            RequestEvent::ApplicationWithdrawn {} => self.concluded = Some((fact.at, Conclusion::Withdrawn)),
            RequestEvent::RequestArchived { file } => self.archived = Some(file),
        }
    }

    fn is_waiting(&self) -> bool {
        self.awaits_completion() || self.awaits_fee() || !self.awaited.is_empty()
    }

    fn closed_at(&self) -> Option<Timestamp> {
        self.concluded.as_ref().map(|(at, _)| *at)
    }

    fn fell_due(case: &CaseFile<Self>, deadline: RequestDeadline, then: Moment<'_>) -> Vec<Occurrence<Self>> {
        match deadline {
            RequestDeadline::Confirmation => deemed_confirmed(case, then),
            RequestDeadline::Completion => abandoned(case, Lapsed::Completion, then),
            RequestDeadline::Fee => abandoned(case, Lapsed::Fee, then),
            RequestDeadline::ThirdPartyOpinion => lapsed(case, Consulted::ThirdParty, then),
            RequestDeadline::OtherBodyOpinion => lapsed(case, Consulted::OtherBody, then),
            // Too late to ask is no event of its own; a late reply is late.
            RequestDeadline::CompletionNotice | RequestDeadline::Reply => Vec::new(),
        }
    }
}

/// The receipt counts as confirmed: the applicant's term does not wait for a clerk.
///
/// It begins with the day that is over, not with the one whose first instant that is.
fn deemed_confirmed(case: &CaseFile<Request>, then: Moment<'_>) -> Vec<Occurrence<Request>> {
    let mut events = vec![case::own(RequestEvent::ApplicationConfirmed { effective_at: then.at })];
    let last_moment = then.at.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(then.at);
    events.extend(begun(case, last_moment, then));
    events
}

/// The terms that begin with the confirmed receipt: the reply's, and that in which a completion may be asked for.
pub(super) fn begun(case: &CaseFile<Request>, from: Timestamp, then: Moment<'_>) -> Vec<Occurrence<Request>> {
    let Some(limits) = &case.own.limits else { return Vec::new() };
    let terms =
        [(RequestDeadline::Reply, &limits.reply), (RequestDeadline::CompletionNotice, &limits.completion_notice)];
    let start = |(deadline, limit): (RequestDeadline, &Limit)| {
        case.deadlines.start(deadline, limit.clone(), from, then).ok().map(case::changed)
    };
    terms.into_iter().filter_map(start).collect()
}

/// Nothing is asked of its handlers any more.
fn abandoned(case: &CaseFile<Request>, lapsed: Lapsed, then: Moment<'_>) -> Vec<Occurrence<Request>> {
    let mut events = vec![case::own(RequestEvent::DeemedAbandoned { lapsed, effective_at: then.at })];
    events.extend(lifted(case, then));
    events
}

/// All deadlines that are open, lifted.
pub(super) fn lifted(case: &CaseFile<Request>, then: Moment<'_>) -> Vec<Occurrence<Request>> {
    let open = case.deadlines.open().filter_map(|(deadline, _)| case.deadlines.lift(deadline, then).ok());
    open.map(case::changed).collect()
}

/// Who was asked said nothing: a third party's silence leaves the decision to the authority, another body's counts as consent (art. 32, 34).
fn lapsed(case: &CaseFile<Request>, of: Consulted, then: Moment<'_>) -> Vec<Occurrence<Request>> {
    let mut events = vec![case::own(RequestEvent::OpinionLapsed { of, effective_at: then.at })];
    events.extend(resumed_without(case, of, then));
    events
}

/// The reply's clock runs again once nobody but `of` was awaited.
pub(super) fn resumed_without(
    case: &CaseFile<Request>,
    of: Consulted,
    then: Moment<'_>,
) -> Option<Occurrence<Request>> {
    let others = case.own.awaited.iter().any(|awaited| *awaited != of);
    if others || case.own.awaits_completion() || case.own.awaits_fee() {
        return None;
    }
    case.deadlines.resume(RequestDeadline::Reply, then).ok().map(case::changed)
}
