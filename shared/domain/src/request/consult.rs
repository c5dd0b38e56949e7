//! Whose opinions are asked for (art. 32–34). All decisions take a case that is settled.
//!
//! Letters have numbers, and several are on their way at once; the reply's clock stands while any is. The term of whom a letter asks is counted from the day on which it
//! was delivered; until that is known, from the one on which it was sent, so that no letter lets the clock stand for ever. An opinion is in time by the day on which it
//! came, whenever it is recorded; the clock ran again from then.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    decide::{stopped, under_way},
    event::{Consulted, RequestDeadline, RequestEvent, Stance},
    letter::{Letter, LetterEnd, LetterNumber},
    owed::{COMPLETION, FEE},
    received::Received,
    refusal::RequestRefusal,
    state::{Request, resumed_without},
};
use crate::{
    case::{self, CaseFile, Occurrence},
    deadline::{Change, Happened, Moment, Stop},
    sealed::Sealed,
    text::Line,
};

type Case = CaseFile<Request>;
type Decision = Result<Vec<Occurrence<Request>>, RequestRefusal>;

/// How long a round takes letters: whoever is found later has to be asked by a supervisor.
const ROUND: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A letter that is to ask somebody for his opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Whom.
    pub of: Consulted,
    /// Who it is and what is asked, under the case's key.
    pub letter: Sealed,
    /// The day on which it was delivered, where that is known.
    pub delivered_on: Option<Date>,
    /// Why he is asked although the round is over.
    pub further: Option<Line<300>>,
}

/// Asks somebody for his opinion: the reply's clock stands while any is awaited (art. 32–34).
///
/// Letters belong to a round for a week from its first one, as long as one of it is awaited: else letter after letter would let the clock stand for ever. After it the case
/// is decided; whoever asks further says why.
///
/// # Errors
/// The case is not confirmed and at work, the applicant has to act first, a further round begins without a reason, or it was delivered on a day that cannot be.
pub fn seek_opinion(case: &Case, asking: Asking, now: Moment<'_>) -> Decision {
    let limits = under_way(case)?;
    let own = &case.own;
    let Asking { of, letter, delivered_on, further } = asking;
    if own.awaits_completion() || own.awaits_fee() {
        return Err(RequestRefusal::Awaiting);
    }
    let is_first = own.awaited().next().is_none();
    if own.asks_further(now.at) && further.is_none() {
        return Err(RequestRefusal::FurtherRound);
    }
    let number = LetterNumber::after(own.letters.len()).ok_or(RequestRefusal::TooManyLetters)?;
    let from = match delivered_on {
        Some(day) => delivered(day, own.confirmed.unwrap_or(now.at), now)?,
        None => now.at,
    };
    let opinion = case.deadlines.start(RequestDeadline::Opinion(number), limits.opinion.clone(), from, now)?;
    let sought = RequestEvent::OpinionSought { number: Some(number), of, letter, delivered_on, further };
    let mut events = vec![case::own(sought), case::changed(opinion)];
    if is_first {
        events.extend(stopped(case, reason(of), now));
    }
    Ok(events)
}

/// Records that a letter was delivered: the term of whom it asks is counted from that day. One that counted as lapsed meanwhile is awaited again, unless that term is over
/// too.
///
/// # Errors
/// The case is not at work, there is no such letter, its day is known or its opinion came, or the day cannot be; or it lapsed, and the applicant has to act first.
pub fn record_delivery(case: &Case, number: LetterNumber, day: Date, now: Moment<'_>) -> Decision {
    let limits = under_way(case)?;
    let letter = unanswered(case, number)?;
    if letter.delivered_on.is_some() {
        return Err(RequestRefusal::DeliveredBefore);
    }
    let from = delivered(day, case.own.confirmed.unwrap_or(letter.sought_at), now)?;
    let event = case::own(RequestEvent::LetterDelivered { number, delivered_on: day });
    if letter.is_open() {
        return Ok(vec![event, case::changed(case.deadlines.restart(letter.deadline, from, now)?)]);
    }
    // While the applicant has to act nobody else is awaited.
    if case.own.awaits_completion() || case.own.awaits_fee() {
        return Err(RequestRefusal::Awaiting);
    }
    let term = case.deadlines.start(letter.deadline, limits.opinion.clone(), from, now)?;
    if is_over(&term, now) {
        return Ok(vec![event]);
    }
    let undone = case::own(RequestEvent::OpinionLapseUndone { number, of: letter.of });
    let mut events = vec![undone, event, case::changed(term)];
    events.extend(recounted(case, number, None, now));
    Ok(events)
}

/// Records the opinion that came.
///
/// # Errors
/// The case is not at work, there is no such letter or its opinion came before, or it came too late, or on a day that cannot be.
pub fn record_opinion(
    case: &Case,
    number: LetterNumber,
    stance: Stance,
    text: Sealed,
    received: Received,
    now: Moment<'_>,
) -> Decision {
    under_way(case)?;
    let letter = unanswered(case, number)?;
    let at = received.at(letter.since(), now)?;
    let met = case.deadlines.meet_since(letter.deadline, at).map_err(|_| RequestRefusal::CameTooLate)?;
    let of = letter.of;
    let mut events = Vec::new();
    if !letter.is_open() {
        events.push(case::own(RequestEvent::OpinionLapseUndone { number, of }));
    }
    let given = RequestEvent::OpinionGiven { number: Some(number), of, stance, text, received_on: received.day() };
    events.extend([case::own(given), case::changed(met)]);
    events.extend(if letter.is_open() && at == now.at {
        resumed_without(case, number, now)
    } else {
        recounted(case, number, Some((at, LetterEnd::Given(stance))), now)
    });
    Ok(events)
}

fn unanswered(case: &Case, number: LetterNumber) -> Result<&Letter, RequestRefusal> {
    let letter = case.own.letter(number).ok_or(RequestRefusal::NoSuchLetter)?;
    // Letters from before they had numbers shared a term: it is the last one's.
    let is_superseded = case.own.letters.iter().any(|later| later.number > number && later.deadline == letter.deadline);
    if letter.is_answered() || is_superseded { Err(RequestRefusal::NoOpinionAwaited) } else { Ok(letter) }
}

/// Whether a term that would begin is over already.
fn is_over(begun: &Change<RequestDeadline>, now: Moment<'_>) -> bool {
    matches!(&begun.change, Happened::Started { due, .. } if *due <= now.at)
}

/// The instant at which a letter counts as delivered.
fn delivered(day: Date, since: Timestamp, now: Moment<'_>) -> Result<Timestamp, RequestRefusal> {
    Received::On(day).at(since, now).map_err(|refusal| match refusal {
        RequestRefusal::ReceivedOutside { first, last } => RequestRefusal::DeliveredOutside { first, last },
        other => other,
    })
}

/// The reply counted again, now that it is known how a letter stands.
///
/// One that is late stays late since it was.
fn recounted(
    case: &Case,
    number: LetterNumber,
    end: Option<(Timestamp, LetterEnd)>,
    now: Moment<'_>,
) -> Option<Occurrence<Request>> {
    let began = case.deadlines.get(RequestDeadline::Reply)?.term.from;
    let mut own = case.own.clone();
    own.letters.iter_mut().find(|letter| letter.number == number)?.end = end;
    case.deadlines.recount(RequestDeadline::Reply, own.stood(began), now).ok().map(case::changed)
}

impl Request {
    /// Whether who is asked at `at` is asked further than in the round: all who were asked have answered or let it pass, or the round began more than a week before.
    #[must_use]
    pub fn asks_further(&self, at: Timestamp) -> bool {
        let Some(first) = self.letters.first() else { return false };
        let opener = self.letters.iter().rfind(|letter| letter.further.is_some()).unwrap_or(first);
        self.awaited().next().is_none() || at.duration_since(opener.sought_at) > ROUND
    }

    /// When the reply's clock stood since `began`, and whether it does.
    fn stood(&self, began: Timestamp) -> Vec<Stop> {
        let letters =
            self.letters.iter().map(|letter| (letter.sought_at, letter.end.map(|(at, _)| at), reason(letter.of)));
        let completion = self.completion_asked.filter(|_| self.awaits_completion()).map(|at| (at, None, COMPLETION));
        let fee = self.fee_asked.filter(|_| self.awaits_fee()).map(|at| (at, None, FEE));
        let spans = letters.chain(completion).chain(fee);
        let mut spans: Vec<Stop> = spans
            .filter_map(|(from, until, reason)| {
                Some(Stop { from: from.max(began), until, reason: Line::new(reason).ok()? })
            })
            .filter(|span| span.until.is_none_or(|until| until > span.from))
            .collect();
        spans.sort_by_key(|span| span.from);
        spans.into_iter().fold(Vec::new(), |mut stops: Vec<Stop>, span| {
            match stops.last_mut() {
                Some(last) if last.until.is_none_or(|until| span.from <= until) => {
                    last.until = last.until.zip(span.until).map(|(one, other)| one.max(other));
                }
                _ => stops.push(span),
            }
            stops
        })
    }
}

impl Consulted {
    /// The deadline of letters to him from before they had numbers.
    pub(super) fn deadline(self) -> RequestDeadline {
        match self {
            Self::ThirdParty => RequestDeadline::ThirdPartyOpinion,
            Self::OtherBody => RequestDeadline::OtherBodyOpinion,
        }
    }
}

/// Why the reply's clock stands.
fn reason(of: Consulted) -> &'static str {
    match of {
        Consulted::ThirdParty => "征求第三方意见",
        Consulted::OtherBody => "征求其他机关意见",
    }
}
