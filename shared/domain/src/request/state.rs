//! An application for information as its events tell it.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    arrival,
    event::{Applicant, Consulted, Delivery, Lapsed, Recorded, RequestDeadline, RequestEvent, Stance},
    fee::Fen,
    letter::{Letter, LetterEnd, LetterNumber},
    limits::RequestLimits,
    outcome::Outcome,
    received::came_at,
};
use crate::{
    aggregate::{Event, Fact},
    case::{self, Answered, CaseEvent, CaseFile, Duty, Enclosed, Kind, Occurrence, Prefix},
    deadline::{Limit, Moment},
    id::{ActorId, DocumentId, FieldName},
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
    /// Files of the case that were given with it.
    pub files: Vec<FieldName>,
    /// The commit that gave it.
    pub commit: u64,
}

/// An opinion that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// To which letter.
    pub letter: LetterNumber,
    /// Whose.
    pub of: Consulted,
    /// What it says.
    pub stance: Stance,
    /// The opinion, under the case's key.
    pub text: Sealed,
}

/// That the applicant was asked why he applies so much or so often (art. 35).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonsAsked {
    /// When.
    pub at: Timestamp,
    /// How many applications of his this department had received.
    pub applications: u32,
    /// What he was asked, under the case's key.
    pub question: Sealed,
}

/// A reply that somebody drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Of which kind.
    pub outcome: Outcome,
    /// The reply, under the case's key.
    pub text: Sealed,
    /// Files of the case that are to be given with it.
    pub files: Vec<FieldName>,
    /// Whose it is: he does not approve it.
    pub by: ActorId,
    /// When he drafted it.
    pub at: Timestamp,
    /// In which commit: one that was drafted before the case was handed over is not this department's.
    pub commit: u64,
    /// Whether it was returned to him.
    pub is_returned: bool,
}

/// That what an application asked for became public (art. 44).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The document that has it.
    pub document: DocumentId,
    /// Its public address when that was recorded.
    pub found_at: Line<400>,
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
    /// 撤回: by himself, or as staff recorded it.
    Withdrawn(Option<Recorded>),
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
    /// When it came in, where staff registered it later.
    pub came_in: Option<Timestamp>,
    /// The day on which it counts as received (art. 31), where staff told it.
    pub received_on: Option<Date>,
    /// Since when both sides know of the receipt.
    pub confirmed: Option<Timestamp>,
    /// What he was asked to say, once.
    pub missing: Option<Sealed>,
    /// When he was asked, the last time.
    pub completion_asked: Option<Timestamp>,
    /// Why it was opened again, each time, under the case's key.
    pub reopenings: Vec<Sealed>,
    /// What he said to that.
    pub completion: Option<Sealed>,
    /// Files that he sent with it.
    pub completion_files: Vec<Enclosed>,
    /// That he was asked for reasons, once.
    pub reasons_asked: Option<ReasonsAsked>,
    /// What he said to that, under the case's key.
    pub reasons: Option<Sealed>,
    /// Letters that asked for opinions, oldest first.
    pub letters: Vec<Letter>,
    /// Opinions that came, in the order in which they were recorded.
    pub opinions: Vec<Opinion>,
    /// The reply that was drafted, while it stands.
    pub draft: Option<Draft>,
    /// Why drafts were returned, oldest first.
    pub remarks: Vec<Sealed>,
    /// What he is to pay, or paid.
    pub fee: Option<Fen>,
    /// When he was asked for it.
    pub fee_asked: Option<Timestamp>,
    /// When he paid.
    pub paid: Option<Timestamp>,
    /// How it ended, and when.
    pub concluded: Option<(Timestamp, Conclusion)>,
    /// That what it asked for became public since.
    pub published: Option<Published>,
    /// Under which file number it was filed.
    pub archived: Option<Line<60>>,
}

impl Request {
    /// Whether a completion is awaited.
    #[must_use]
    pub fn awaits_completion(&self) -> bool {
        self.missing.is_some() && self.completion.is_none()
    }

    /// Whether reasons are awaited: nothing else waits for them.
    #[must_use]
    pub fn awaits_reasons(&self) -> bool {
        self.reasons_asked.is_some() && self.reasons.is_none()
    }

    /// Whether a fee is awaited.
    #[must_use]
    pub fn awaits_fee(&self) -> bool {
        self.fee.is_some() && self.paid.is_none()
    }

    /// Letters whose opinions are awaited, oldest first.
    pub fn awaited(&self) -> impl Iterator<Item = &Letter> {
        self.letters.iter().filter(|letter| letter.is_open())
    }

    /// The letter with this number.
    #[must_use]
    pub fn letter(&self, number: LetterNumber) -> Option<&Letter> {
        self.letters.iter().find(|letter| letter.number == number)
    }

    /// The letter that an event means: by its number, or the last one to `of` that is awaited.
    fn meant(&mut self, number: Option<LetterNumber>, of: Consulted) -> Option<&mut Letter> {
        self.letters.iter_mut().rfind(|letter| match number {
            Some(number) => letter.number == number,
            None => letter.of == of && letter.is_open(),
        })
    }

    /// It goes on.
    fn reopened(&mut self) {
        self.concluded = None;
        self.archived = None;
    }
}

impl Kind for Request {
    type Event = RequestEvent;
    type Deadline = RequestDeadline;

    const CATEGORY: &'static str = "request";
    const PREFIX: Prefix = Prefix(['Y', 'G']);
    const OWED: RequestDeadline = RequestDeadline::Reply;

    fn duty(deadline: RequestDeadline) -> Duty {
        match deadline {
            RequestDeadline::Confirmation | RequestDeadline::Reply => Duty::Department,
            RequestDeadline::Completion | RequestDeadline::Fee => Duty::Citizen,
            // To ask for a completion is a right (art. 30); opinions are others' to give (art. 32, 34).
            RequestDeadline::CompletionNotice
            | RequestDeadline::ThirdPartyOpinion
            | RequestDeadline::OtherBodyOpinion
            | RequestDeadline::Opinion(_) => Duty::Nobody,
        }
    }

    fn version_of(event: &CaseEvent<RequestDeadline>) -> u16 {
        match event {
            CaseEvent::DeadlineChanged(_) => 3,
            CaseEvent::DeadlineReminded { .. } | CaseEvent::MessageUndeliverable { .. } => 2,
            event => event.version(),
        }
    }

    fn evolve(&mut self, event: RequestEvent, fact: &Fact) {
        // What happens otherwise may make another reply of it.
        if !matches!(event, RequestEvent::ReplyReturned { .. }) {
            self.draft = None;
        }
        match event {
            RequestEvent::ApplicationFiled { applicant, delivery, limits, received_on, .. } => {
                self.received_on = received_on;
                self.came_in = received_on.map(|day| arrival::instant(day, fact.at));
                self.applicant = Some(applicant);
                self.delivery = Some(delivery);
                self.limits = Some(*limits);
            }
            RequestEvent::ApplicationConfirmed { effective_at } => self.confirmed = Some(effective_at),
            RequestEvent::CompletionAsked { missing } => {
                self.missing = Some(missing);
                self.completion_asked = Some(fact.at);
            }
            RequestEvent::ApplicationCompleted { content, files, .. } => {
                self.completion = Some(content);
                self.completion_files = files;
            }
            RequestEvent::ReasonsAsked { applications, question } => {
                self.reasons_asked = Some(ReasonsAsked { at: fact.at, applications, question });
            }
            RequestEvent::ReasonsGiven { reasons, .. } => self.reasons = Some(reasons),
            RequestEvent::OpinionSought { number, of, letter: text, delivered_on, further } => {
                let deadline = number.map_or(of.deadline(), RequestDeadline::Opinion);
                // INVARIANT: a letter is the number after those before it; there is no thousandth.
                if let Some(number) = number.or_else(|| LetterNumber::after(self.letters.len())) {
                    let (sought_at, end) = (fact.at, None);
                    self.letters.push(Letter { number, of, text, deadline, sought_at, delivered_on, further, end });
                }
            }
            RequestEvent::LetterDelivered { number, delivered_on } => {
                if let Some(letter) = self.letters.iter_mut().find(|letter| letter.number == number) {
                    letter.delivered_on = Some(delivered_on);
                }
            }
            RequestEvent::OpinionGiven { number, of, stance, text, received_on } => {
                if let Some(letter) = self.meant(number, of) {
                    let at = came_at(received_on, letter.since(), fact.at);
                    letter.end = Some((at, LetterEnd::Given(stance)));
                    let letter = letter.number;
                    self.opinions.push(Opinion { letter, of, stance, text });
                }
            }
            RequestEvent::OpinionLapsed { number, of, effective_at, .. } => {
                if let Some(letter) = self.meant(number, of) {
                    letter.end = Some((effective_at, LetterEnd::Lapsed));
                }
            }
            RequestEvent::OpinionLapseUndone { number, of } => {
                if let Some(letter) = self.meant(Some(number), of) {
                    letter.end = None;
                }
            }
            RequestEvent::FeeAsked { amount, .. } => {
                self.fee = Some(amount);
                self.fee_asked = Some(fact.at);
            }
            RequestEvent::FeePaid { received_on } => {
                self.paid = Some(came_at(received_on, self.fee_asked.unwrap_or(fact.at), fact.at));
            }
            RequestEvent::AbandonmentUndone { .. } => self.reopened(),
            RequestEvent::ApplicationReopened { reason } => {
                self.reopened();
                self.reopenings.push(reason);
                // It is awaited anew: what came while the case counted as given up was none.
                self.completion_asked = Some(fact.at);
            }
            RequestEvent::DeemedAbandoned { lapsed, effective_at } => {
                self.concluded = Some((effective_at, Conclusion::Abandoned(lapsed)));
            }
            RequestEvent::ReplyDrafted { outcome, text, files } => {
                let (by, at, commit) = (fact.actor.clone(), fact.at, fact.commit);
                self.draft = Some(Draft { outcome, text, files, by, at, commit, is_returned: false });
            }
            RequestEvent::ReplyReturned { remark } => {
                if let Some(draft) = &mut self.draft {
                    draft.is_returned = true;
                }
                self.remarks.push(remark);
            }
            RequestEvent::RequestDecided { outcome, text, files } => {
                let decided = Decided { outcome, text, files, commit: fact.commit };
                self.concluded = Some((fact.at, Conclusion::Decided(decided)));
            }
            RequestEvent::RequestRedirected { channel, reason } => {
                self.concluded = Some((fact.at, Conclusion::Redirected { channel, reason }));
            }
            RequestEvent::ApplicationWithdrawn { recorded } => {
                self.concluded = Some((fact.at, Conclusion::Withdrawn(recorded)));
            }
            RequestEvent::InformationPublished { document, found_at } => {
                self.published = Some(Published { document, found_at });
            }
            RequestEvent::RequestArchived { file } => self.archived = Some(file),
        }
    }

    fn is_waiting(&self) -> bool {
        self.awaits_completion() || self.awaits_fee() || self.awaited().next().is_some()
    }

    fn came_in(&self) -> Option<Timestamp> {
        self.came_in
    }

    fn closed_at(&self) -> Option<Timestamp> {
        self.concluded.as_ref().map(|(at, _)| *at)
    }

    fn answered(&self) -> Option<Answered> {
        match &self.concluded {
            Some((at, Conclusion::Decided(decided))) => Some(Answered { at: *at, commit: decided.commit }),
            _ => None,
        }
    }

    fn fell_due(case: &CaseFile<Self>, deadline: RequestDeadline, then: Moment<'_>) -> Vec<Occurrence<Self>> {
        match deadline {
            RequestDeadline::Confirmation => deemed_confirmed(case, then),
            RequestDeadline::Completion => abandoned(case, Lapsed::Completion, then),
            RequestDeadline::Fee => abandoned(case, Lapsed::Fee, then),
            RequestDeadline::ThirdPartyOpinion | RequestDeadline::OtherBodyOpinion | RequestDeadline::Opinion(_) => {
                lapsed(case, deadline, then)
            }
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
    events.extend(case.own.limits.iter().flat_map(|limits| begun(case, limits, last_moment, then)));
    events
}

/// The terms that begin with the confirmed receipt: the reply's, and that in which a completion may be asked for.
pub(super) fn begun(
    case: &CaseFile<Request>,
    limits: &RequestLimits,
    from: Timestamp,
    then: Moment<'_>,
) -> Vec<Occurrence<Request>> {
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

/// Who was asked said nothing: a third party's silence leaves the decision to the authority, another body's counts as consent (art. 32, 34), if it is known that the
/// letter reached him.
fn lapsed(case: &CaseFile<Request>, deadline: RequestDeadline, then: Moment<'_>) -> Vec<Occurrence<Request>> {
    let Some(letter) = case.own.awaited().find(|letter| letter.deadline == deadline) else { return Vec::new() };
    let (number, of, undelivered) = (letter.number, letter.of, letter.delivered_on.is_none());
    let lapsed = RequestEvent::OpinionLapsed { number: Some(number), of, undelivered, effective_at: then.at };
    let mut events = vec![case::own(lapsed)];
    events.extend(resumed_without(case, number, then));
    events
}

/// The reply's clock runs again once no other letter was awaited.
pub(super) fn resumed_without(
    case: &CaseFile<Request>,
    number: LetterNumber,
    then: Moment<'_>,
) -> Option<Occurrence<Request>> {
    let others = case.own.awaited().any(|letter| letter.number != number);
    if others || case.own.awaits_completion() || case.own.awaits_fee() {
        return None;
    }
    case.deadlines.resume(RequestDeadline::Reply, then).ok().map(case::changed)
}
