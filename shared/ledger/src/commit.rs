//! One commit as it lies in the ledger.

use domain::{ActorId, CommitId, Fact, StreamId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

/// One event as stored: its name, the version of its shape and its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Name: `DocumentPublished`.
    #[serde(rename = "type")]
    pub name: String,
    /// Version of the stored shape, from 1.
    pub version: u16,
    /// The event's fields.
    pub data: Data,
}

/// An event's fields as the JSON text that was stored: parsed once, by who knows what they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Data(pub(crate) Box<RawValue>);

impl Data {
    /// The fields as a value without a type.
    ///
    /// # Errors
    /// Numbers beyond what a value holds.
    pub fn value(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(self.0.get())
    }
}

/// Byte for byte.
impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

impl Eq for Data {}

/// One commit of a stream, read and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The stream.
    pub stream: StreamId,
    /// Its place in the stream, from 1.
    pub number: u64,
    /// Identity of the request that made it.
    pub id: CommitId,
    /// Commit time.
    pub at: Timestamp,
    /// Who gave the command.
    pub actor: ActorId,
    /// Fingerprint of the request's body, hexadecimal; tells a resend from a reused key.
    pub fingerprint: Option<String>,
    /// 1..n events, addressed `number.index`.
    pub events: Vec<Recorded>,
    /// SHA-256 over previous hash, stream, number and bytes.
    pub hash: [u8; 32],
}

/// One commit in short: when, by whom, and what kinds of things happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its place in the stream, from 1.
    pub number: u64,
    /// Commit time.
    pub at: Timestamp,
    /// Who gave the command.
    pub actor: ActorId,
    /// Names of its events, in their order.
    pub events: Vec<String>,
}

impl Commit {
    /// The commit in short.
    #[must_use]
    pub fn outline(&self) -> Outline {
        let events = self.events.iter().map(|event| event.name.clone()).collect();
        Outline { number: self.number, at: self.at, actor: self.actor.clone(), events }
    }

    /// When and by whom the commit's events became facts.
    #[must_use]
    pub fn fact(&self) -> Fact {
        Fact { commit: self.number, at: self.at, actor: self.actor.clone() }
    }
}
