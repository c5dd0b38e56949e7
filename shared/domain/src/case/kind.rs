//! What is particular to one kind of case.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{event::CaseEvent, number::Prefix, rating::Answered, state::CaseFile};
use crate::{
    aggregate::{Event, Fact},
    deadline::{Change, Moment},
    guard::Guard,
};

/// Whose duty it is to act before a deadline ends: who is reminded of it, and whom it presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// 承办部门: the department that answers for the case.
    Department,
    /// 诉求人: who sent it.
    Citizen,
    /// Nobody's of these two: a right that lapses, or the term of somebody else.
    Nobody,
}

/// A kind of case: what it has beside the common ground.
pub trait Kind: Default + Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static {
    /// Events of its own. Their names differ from those of [`CaseEvent`].
    type Event: Event + PartialEq + std::fmt::Debug;

    /// Names of its deadlines; of two that are due at the same instant the lesser falls due first.
    type Deadline: Copy + Ord + std::fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Prefix of its streams' names: `correction`.
    const CATEGORY: &'static str;

    /// What its numbers begin with.
    const PREFIX: Prefix;

    /// The deadline that is the citizen's: a case is late once this one fell due.
    const OWED: Self::Deadline;

    /// Whose duty it is to act before `deadline` ends.
    fn duty(deadline: Self::Deadline) -> Duty;

    /// In which version an event that all cases have is stored: a kind whose deadlines or ways of counting are more than they were has a newer one.
    #[must_use]
    fn version_of(event: &CaseEvent<Self::Deadline>) -> u16 {
        event.version()
    }

    /// Takes an event of its own into the state. Total: any event on any state.
    fn evolve(&mut self, event: Self::Event, fact: &Fact);

    /// Whether somebody other than its handlers has to act next.
    fn is_waiting(&self) -> bool {
        false
    }

    /// When it came in, where it was opened here later than that: what staff register of what came on paper. None where both are one.
    fn came_in(&self) -> Option<Timestamp> {
        None
    }

    /// When it came to its end; none while it is open.
    fn closed_at(&self) -> Option<Timestamp>;

    /// The reply that stands: what its citizen may rate. None while there is none, or where it ended without one.
    fn answered(&self) -> Option<Answered> {
        None
    }

    /// Whether it was answered anew after its end: the first answer did not stand. No, for kinds whose answers stand for good.
    fn was_redone(&self) -> bool {
        false
    }

    /// What follows when `deadline` fell due (silence rules), on a case that knows it. None where it is only late.
    fn fell_due(case: &CaseFile<Self>, deadline: Self::Deadline, then: Moment<'_>) -> Vec<Occurrence<Self>>;
}

/// Something that happened to a case: one that all cases have, or one of its kind.
///
/// Stored as either is stored: nothing tells the two apart but the event's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, bound = "")]
pub enum Occurrence<K: Kind> {
    /// One that all cases have.
    Common(CaseEvent<K::Deadline>),
    /// One of its kind.
    Own(K::Event),
}

impl<K: Kind> Event for Occurrence<K> {
    fn version(&self) -> u16 {
        match self {
            Self::Common(event) => K::version_of(event),
            Self::Own(event) => event.version(),
        }
    }

    fn guards(&self) -> Vec<Guard> {
        match self {
            Self::Common(event) => event.guards(),
            Self::Own(event) => event.guards(),
        }
    }
}

/// The event of a case in which something happened to a deadline.
#[must_use]
pub fn changed<K: Kind>(change: Change<K::Deadline>) -> Occurrence<K> {
    Occurrence::Common(CaseEvent::DeadlineChanged(change))
}

/// An event of a kind, as its case stores it.
#[must_use]
pub fn own<K: Kind>(event: K::Event) -> Occurrence<K> {
    Occurrence::Own(event)
}
