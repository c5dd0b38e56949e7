//! Commits as bytes, events as values.
//!
//! The bytes are one JSON object, written once and hashed as stored: nothing reads a commit and writes it again, so what newer code added
//! stays where it is. Readers skip fields they do not know, in the envelope and in an event of today's version; a field that older code must not
//! skip is a new version of its event, and that is refused as unknown.

use std::borrow::Cow;

use domain::{
    ActorId, Aggregate, CommitId,
    aggregate::Event,
    catalogue::{EVENT_TYPES, EventType},
};
use jiff::Timestamp;
use serde::{
    Deserialize, Serialize,
    de::{
        DeserializeSeed, MapAccess,
        value::{BorrowedStrDeserializer, MapAccessDeserializer},
    },
};
use serde_json::value::{RawValue, to_raw_value};

use crate::{
    commit::{Commit, Data, Recorded},
    error::DecodeError,
    upcast::upcast,
};

/// A commit's bytes, parsed.
#[derive(Debug, Deserialize)]
pub(crate) struct Envelope {
    pub(crate) id: CommitId,
    pub(crate) at: Timestamp,
    pub(crate) actor: ActorId,
    #[serde(default)]
    pub(crate) fingerprint: Option<String>,
    pub(crate) events: Vec<Recorded>,
}

/// What goes into a commit's bytes; the order of the fields is the stored one.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Content<'a> {
    pub(crate) id: &'a CommitId,
    pub(crate) at: Timestamp,
    pub(crate) actor: &'a ActorId,
    pub(crate) fingerprint: Option<&'a str>,
    pub(crate) events: &'a [Recorded],
}

pub(crate) fn encode(content: &Content<'_>) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(content)
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Envelope, serde_json::Error> {
    // Text is checked to be text once and not string by string.
    match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        Err(error) => Err(serde::de::Error::custom(error)),
    }
}

/// An event's name and content, as its type serialises.
#[derive(Deserialize)]
struct Tagged<'a> {
    #[serde(rename = "type")]
    name: String,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// An event with its name and version beside its data, as it is stored.
pub(crate) fn record<E: Event>(event: &E) -> Result<Recorded, serde_json::Error> {
    let text = serde_json::to_string(event)?;
    let Tagged { name, data } = serde_json::from_str(&text)?;
    Ok(Recorded { name, version: event.version(), data: Data(data.unwrap_or(RawValue::NULL).to_owned()) })
}

/// One event of `commit`, brought to today's version of its shape.
///
/// # Errors
/// [`DecodeError::Unknown`] for an event newer code wrote, [`DecodeError::Shape`] for one that is not what its version says.
pub fn decode_event<E: Event>(commit: &Commit, recorded: &Recorded) -> Result<E, DecodeError> {
    let unknown = || DecodeError::Unknown {
        stream: commit.stream.clone(),
        name: recorded.name.clone(),
        version: recorded.version,
    };
    let today = event_type(commit.stream.category(), &recorded.name).ok_or_else(unknown)?.version;
    let misshapen = |error: serde_json::Error| DecodeError::Shape {
        stream: commit.stream.clone(),
        name: recorded.name.clone(),
        version: recorded.version,
        reason: error.to_string(),
    };
    let data = if recorded.version == today {
        Cow::Borrowed(&*recorded.data.0)
    } else {
        let old = recorded.data.value().map_err(misshapen)?;
        let new = upcast(&recorded.name, recorded.version, today, old).ok_or_else(unknown)?;
        Cow::Owned(to_raw_value(&new).map_err(misshapen)?)
    };
    let data = Some(&*data).filter(|data| data.get() != RawValue::NULL.get());
    E::deserialize(MapAccessDeserializer::new(Members { name: Some(&recorded.name), data })).map_err(misshapen)
}

/// An event as its type reads itself: the member `type`, then `data` where there is any.
struct Members<'a> {
    name: Option<&'a str>,
    data: Option<&'a RawValue>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let key = match self {
            Self { name: Some(_), .. } => "type",
            Self { data: Some(_), .. } => "data",
            Self { name: None, data: None } => return Ok(None),
        };
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        match (self.name.take(), self.data) {
            (Some(name), _) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            (None, Some(data)) => {
                self.data = None;
                seed.deserialize(data)
            }
            (None, None) => Err(serde::de::Error::custom("an event has no third member")),
        }
    }
}

fn event_type(category: &str, name: &str) -> Option<&'static EventType> {
    EVENT_TYPES.iter().find(|known| known.category == category && known.name == name)
}

/// The state that `commits` tell, from commit 1.
///
/// # Errors
/// An event this code cannot read.
pub fn fold<A: Aggregate>(commits: &[Commit]) -> Result<A, DecodeError> {
    let mut state = A::default();
    for commit in commits {
        let fact = commit.fact();
        for recorded in &commit.events {
            state.evolve(decode_event(commit, recorded)?, &fact);
        }
    }
    Ok(state)
}

#[cfg(test)]
mod tests;
