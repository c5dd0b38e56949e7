//! Which event asks for which message: pure, a function of the event and of the case as it stands with it.
//!
//! | what happened | rule | who is told |
//! |---|---|---|
//! | a case came in | `received` | its citizen |
//! | a completion or a fee is asked for | `completion-asked`, `fee-asked` | its citizen |
//! | reasons are asked for | `reasons-asked` | its citizen |
//! | what is owed to him takes longer | `extended` | its citizen |
//! | it was answered, decided, sent elsewhere, ended without an answer | `answered`, `redirected`, `closed-unanswered` | its citizen |
//! | it did not count as given up after all, or is reopened for a good reason | `received`, `completion-asked` | its citizen |
//! | staff recorded that he took it back | `closed-unanswered` | its citizen: who did not will say so |
//! | its answer was taken back | `answer-withdrawn` | its citizen |
//! | the last day of a deadline begins | `reminder` | whose duty it is ([`Duty`]): its citizen, or who answers for it; where nobody does, the department's supervisors |
//! | what is owed is late | `overdue` | the department's supervisors |
//! | another department answers for it | `handed-over` | that department |
//!
//! A citizen who did not say who he is asks for nothing. Neither do commits with a `…Migrated` event, and events older than the start of their rule.

mod correction;
mod request;

use std::collections::BTreeMap;

use domain::{
    Aggregate, DepartmentCode, MessageId, StreamId,
    case::{CaseEvent, CaseFile, Duty, Kind, Notice, Occurrence},
    correction::Correction,
    deadline::{Change, Deadline, Happened},
    request::Request,
};
use jiff::Timestamp;
use ledger::{Commit, DecodeError, decode_event};

use crate::message::{Channel, Message, Recipient};

/// A kind of case whose citizens are told of what happens to it.
pub trait Noticed: Kind {
    /// What its citizen is told of an event of its own; none for what is no news to him.
    fn news(event: &Self::Event) -> Option<Notice>;

    /// Whether the news of an event of its own is so still.
    fn stands(notice: Notice, case: &CaseFile<Self>) -> bool;
}

/// Since when each rule counts: data of the deployment, written when the rule is first met there and never changed by code.
///
/// A rule that is not there counts for nothing: a city with a long past tells nobody of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Starts(pub BTreeMap<Notice, Timestamp>);

impl Starts {
    /// Whether `notice` is told of what happened at `at`.
    #[must_use]
    pub fn count(&self, notice: Notice, at: Timestamp) -> bool {
        self.0.get(&notice).is_some_and(|start| *start <= at)
    }

    /// The earliest of them: nothing before it asks for anything.
    #[must_use]
    pub fn earliest(&self) -> Option<Timestamp> {
        self.0.values().min().copied()
    }
}

/// What a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The rule.
    pub notice: Notice,
    /// Who is told.
    pub recipient: Recipient,
}

impl Asked {
    fn new(notice: Notice, recipient: Recipient) -> Self {
        Self { notice, recipient }
    }

    /// By which way.
    #[must_use]
    pub fn channel(&self) -> Channel {
        match self.recipient {
            Recipient::Citizen => Channel::EmailElseText,
            Recipient::Handler(_) | Recipient::Supervisors(_) | Recipient::Department(_) => Channel::Email,
        }
    }
}

/// What an event asks for; `case` is the case as it stands with it.
#[must_use]
pub fn asked<K: Noticed>(event: &Occurrence<K>, case: &CaseFile<K>) -> Vec<Asked> {
    let citizen = |notice| case.identity().map(|_| Asked::new(notice, Recipient::Citizen));
    let supervisors = |notice| case.department.clone().map(|code| Asked::new(notice, Recipient::Supervisors(code)));
    let asked = match event {
        Occurrence::Own(event) => K::news(event).and_then(citizen),
        Occurrence::Common(event) => match event {
            CaseEvent::CaseOpened(_) => citizen(Notice::Received),
            CaseEvent::CaseAssigned { department, .. } => {
                Some(Asked::new(Notice::HandedOver, Recipient::Department(department.clone())))
            }
            CaseEvent::DeadlineReminded { deadline, .. } => match (K::duty(*deadline), &case.handler) {
                (Duty::Citizen, _) => citizen(Notice::Reminder),
                (Duty::Department, Some(handler)) => {
                    Some(Asked::new(Notice::Reminder, Recipient::Handler(handler.clone())))
                }
                (Duty::Department, None) => supervisors(Notice::Reminder),
                // As older code reminded.
                (Duty::Nobody, _) => None,
            },
            CaseEvent::DeadlineChanged(change) if change.deadline == K::OWED => match change.change {
                Happened::Extended { .. } | Happened::Delayed { .. } => citizen(Notice::Extended),
                Happened::FellDue => supervisors(Notice::Overdue),
                _ => None,
            },
            CaseEvent::DeadlineChanged(_)
            | CaseEvent::HandlerNamed { .. }
            | CaseEvent::NoteAdded { .. }
            | CaseEvent::FileAdded(_)
            | CaseEvent::ReplyRated { .. }
            | CaseEvent::MessageUndeliverable { .. }
            | CaseEvent::CaseErased { .. }
            | CaseEvent::ErasureCompleted { .. } => None,
        },
    };
    asked.into_iter().collect()
}

/// The deadline that the event at `place` among those of its commit tells of: its own, or the one that begins with it for the citizen.
#[must_use]
pub fn deadline<K: Kind>(events: &[Occurrence<K>], place: usize) -> Option<K::Deadline> {
    match events.get(place)? {
        Occurrence::Common(CaseEvent::DeadlineReminded { deadline, .. }) => Some(*deadline),
        Occurrence::Common(CaseEvent::DeadlineChanged(change)) => Some(change.deadline),
        Occurrence::Common(_) => None,
        Occurrence::Own(_) => events.iter().find_map(|event| match event {
            Occurrence::Common(CaseEvent::DeadlineChanged(Change {
                deadline,
                change: Happened::Started { .. },
                ..
            })) => Some(*deadline).filter(|deadline| K::duty(*deadline) == Duty::Citizen),
            _ => None,
        }),
    }
}

/// Whether what `message` tells is so still: `events` are those of its commit, `case` is settled as it stands when it is to be told.
///
/// Nobody is told that something is late which was done meanwhile, or asked for what he has brought.
#[must_use]
pub fn holds<K: Noticed>(message: &Message, events: &[Occurrence<K>], case: &CaseFile<K>) -> bool {
    let Ok(place) = usize::try_from(message.index) else { return false };
    let told = deadline(events, place).and_then(|name| case.deadlines.get(name));
    match message.notice {
        Notice::Received => true,
        Notice::CompletionAsked | Notice::FeeAsked | Notice::Extended => {
            told.is_some_and(|deadline| deadline.status.is_open())
        }
        Notice::Reminder => match events.get(place) {
            Some(Occurrence::Common(CaseEvent::DeadlineReminded { due, .. })) => {
                told.and_then(Deadline::due) == Some(*due)
            }
            _ => false,
        },
        Notice::Overdue => case.late_since().is_some(),
        Notice::HandedOver => {
            let answers = case.department.clone().map(Recipient::Department);
            case.at_work().is_ok() && case.handler.is_none() && answers.as_ref() == Some(&message.recipient)
        }
        notice @ (Notice::Answered
        | Notice::ReasonsAsked
        | Notice::Redirected
        | Notice::ClosedUnanswered
        | Notice::AnswerWithdrawn) => K::stands(notice, case),
    }
}

/// Whether streams of this category ask for messages at all.
#[must_use]
pub fn concerns(stream: &StreamId) -> bool {
    [Correction::CATEGORY, Request::CATEGORY].contains(&stream.category())
}

/// Every message that the commits of `stream` past `after` ask for, oldest first; none of a stream that is no case.
///
/// # Errors
/// An event that this code cannot read.
pub fn messages(
    stream: &StreamId,
    commits: &[Commit],
    after: u64,
    starts: &Starts,
) -> Result<Vec<Message>, DecodeError> {
    match stream.category() {
        Correction::CATEGORY => of_case::<Correction>(commits, after, starts),
        Request::CATEGORY => of_case::<Request>(commits, after, starts),
        _ => Ok(Vec::new()),
    }
}

fn of_case<K: Noticed>(commits: &[Commit], after: u64, starts: &Starts) -> Result<Vec<Message>, DecodeError> {
    let mut case = CaseFile::<K>::default();
    let mut messages = Vec::new();
    for commit in commits {
        let fact = commit.fact();
        for (recorded, index) in commit.events.iter().zip(0..) {
            let event: Occurrence<K> = decode_event(commit, recorded)?;
            case.evolve(event.clone(), &fact);
            if let (true, Some(department)) = (commit.number > after, &case.department) {
                messages.extend(wanted(commit, index, asked(&event, &case), department, starts));
            }
        }
    }
    Ok(messages)
}

/// Those of `asked` that count, by event `index` of `commit`: not what was brought in from elsewhere, not what is older than its rule.
pub(crate) fn wanted(
    commit: &Commit,
    index: u32,
    asked: Vec<Asked>,
    department: &DepartmentCode,
    starts: &Starts,
) -> Vec<Message> {
    if commit.events.iter().any(|event| event.name.ends_with("Migrated")) {
        return Vec::new();
    }
    let counts = asked.into_iter().filter(|asked| starts.count(asked.notice, commit.at));
    counts.map(|asked| message(commit, index, asked, department.clone())).collect()
}

fn message(commit: &Commit, index: u32, asked: Asked, department: DepartmentCode) -> Message {
    let (stream, number) = (commit.stream.clone(), commit.number);
    let channel = asked.channel();
    let Asked { notice, recipient } = asked;
    let names = (notice.as_str(), recipient.to_string(), channel.as_str());
    let id = MessageId::derive(&stream, number, index, names.0, &names.1, names.2);
    Message { id, stream, number, index, notice, recipient, channel, department, at: commit.at }
}

#[cfg(test)]
mod tests;
