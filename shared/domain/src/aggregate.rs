//! What every stream of events has in common.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{guard::Guard, id::ActorId};

/// Where and when an event became a fact, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Number of the commit that carries the event, from 1.
    pub commit: u64,
    /// Commit time, UTC, whole milliseconds.
    pub at: Timestamp,
    /// Who gave the command.
    pub actor: ActorId,
}

/// What a decision may know beside the state: who asks, and the instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Who gives the command.
    pub actor: ActorId,
    /// The instant of the decision: the later of the clock and the stream's last commit.
    pub now: Timestamp,
}

/// An event that can be stored: its name, its version and the claims it makes.
pub trait Event: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// Version of this event's stored shape, from 1.
    fn version(&self) -> u16;

    /// Claims on names that no other stream may hold; most events make none.
    fn guards(&self) -> Vec<Guard> {
        Vec::new()
    }
}

/// A state that is the fold of one stream.
pub trait Aggregate: Default + Clone + Send + Sync + 'static {
    /// The events of the stream.
    type Event: Event;

    /// Prefix of the stream's name: `document` in `document:…`.
    const CATEGORY: &'static str;

    /// Takes one event into the state. Total: any event on any state.
    fn evolve(&mut self, event: Self::Event, fact: &Fact);
}
