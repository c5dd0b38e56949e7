//! One commit as a DynamoDB item.

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use domain::{CommitId, StreamId};
use jiff::{Timestamp, civil::Date, tz::Offset};
use sha2::{Digest, Sha256};

use crate::{
    codec::{self, Envelope},
    store::Item,
};

/// Shards of a UTC day in the index `by_day`.
pub(crate) const DAY_SHARDS: u8 = 8;

/// Key of one shard of a UTC day: `2026-11-23.3`.
pub(crate) fn day_key(day: Date, shard: u8) -> String {
    format!("{day}.{shard}")
}

/// The shard of every day that a stream's commits are listed under.
pub(crate) fn shard_of(stream: &StreamId) -> u8 {
    Sha256::digest(stream.as_str()).first().copied().unwrap_or_default() % DAY_SHARDS
}

/// The key that a commit of that instant is listed under.
pub(crate) fn day_of(at: Timestamp, shard: u8) -> String {
    day_key(Offset::UTC.to_datetime(at).date(), shard)
}

/// A commit ready to be stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewCommit<'a> {
    pub(crate) stream: &'a StreamId,
    pub(crate) number: u64,
    pub(crate) id: &'a CommitId,
    pub(crate) at: Timestamp,
    pub(crate) bytes: &'a [u8],
    pub(crate) hash: &'a [u8; 32],
}

impl NewCommit<'_> {
    pub(crate) fn item(&self) -> Item {
        Item::from([
            ("pk".to_owned(), text(self.stream.as_str())),
            ("sk".to_owned(), number(self.number)),
            ("id".to_owned(), text(self.id.as_str())),
            ("at".to_owned(), number(self.at.as_millisecond())),
            ("bytes".to_owned(), AttributeValue::B(Blob::new(self.bytes))),
            ("hash".to_owned(), AttributeValue::B(Blob::new(self.hash.as_slice()))),
            ("day".to_owned(), text(day_of(self.at, shard_of(self.stream)))),
        ])
    }
}

/// A commit's attributes as they were found, unchecked.
#[derive(Debug)]
pub(crate) struct StoredCommit<'a> {
    pub(crate) number: u64,
    pub(crate) id: &'a str,
    pub(crate) at: i64,
    pub(crate) bytes: &'a [u8],
    pub(crate) hash: &'a [u8],
    pub(crate) day: &'a str,
}

impl<'a> StoredCommit<'a> {
    /// The attributes; the error names one that is missing or of another type.
    pub(crate) fn read(item: &'a Item) -> Result<Self, String> {
        Ok(Self {
            number: parsed(item, "sk")?,
            id: string(item, "id")?,
            at: parsed(item, "at")?,
            bytes: binary(item, "bytes")?,
            hash: binary(item, "hash")?,
            day: string(item, "day")?,
        })
    }

    pub(crate) fn envelope(&self) -> Result<Envelope, String> {
        codec::decode(self.bytes).map_err(|error| format!("the bytes are no commit: {error}"))
    }
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The text attribute `name`.
pub(crate) fn string<'a>(item: &'a Item, name: &str) -> Result<&'a str, String> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).ok_or_else(|| missing(name))
}

/// The number attribute `name`, as a `T`.
pub(crate) fn parsed<T: std::str::FromStr>(item: &Item, name: &str) -> Result<T, String> {
    item.get(name)
        .and_then(|value| value.as_n().ok())
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| missing(name))
}

fn binary<'a>(item: &'a Item, name: &str) -> Result<&'a [u8], String> {
    item.get(name).and_then(|value| value.as_b().ok()).map(AsRef::as_ref).ok_or_else(|| missing(name))
}

fn missing(name: &str) -> String {
    format!("the attribute `{name}` is missing or of another type")
}
