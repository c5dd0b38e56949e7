//! One command, addressed and identified; and what it becomes.

use domain::{CommitId, StaffId, StreamId};
use gateway::Problem;
use ledger::{Command, Receipt};

use crate::envelope::Envelope;

/// One command, addressed and identified.
#[derive(Debug, Clone)]
pub struct Order {
    /// Method and route: part of the commit's identity, so never renamed.
    pub action: &'static str,
    /// What it is about.
    pub stream: StreamId,
    /// The identity of its commit: a resend has the same.
    pub id: CommitId,
    /// What tells a resend from a reused key.
    pub fingerprint: String,
    /// The version that its sender saw; none where any will do.
    pub expected: Option<u64>,
    /// Streams that must still be at these versions when the commit is made.
    pub holds: Vec<(StreamId, u64)>,
    /// What is wrong with the headers but does not hide which request this is.
    pub flaw: Option<Problem>,
    /// What it came in.
    pub envelope: Envelope,
}

/// A commit that is in the ledger, and what it says.
#[derive(Debug, Clone)]
pub struct Accepted<E> {
    /// The commit.
    pub receipt: Receipt,
    /// Its events.
    pub events: Vec<E>,
}

impl Order {
    /// Carried out only while its sender's own stream stands where it was read: for commands about the roles of others.
    ///
    /// Two administrators who disable each other at the same instant do not both succeed.
    #[must_use]
    pub fn while_the_sender_stands(mut self) -> Self {
        let sender = &self.envelope.sender;
        self.holds.push((StaffId::of(&sender.actor).stream(), sender.version));
        self
    }

    /// As the ledger takes it.
    pub(crate) fn command(&self) -> Command {
        Command {
            stream: self.stream.clone(),
            id: self.id.clone(),
            actor: self.envelope.sender.actor.clone(),
            fingerprint: Some(self.fingerprint.clone()),
            expected: self.expected,
            holds: self.holds.clone(),
            started: self.envelope.started,
        }
    }
}
