//! Messages as DynamoDB items.

use std::{collections::HashMap, str::FromStr};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{MessageId, case::Notice, shanghai};
use jiff::Timestamp;

use crate::{
    message::{Channel, Medium, Message, Recipient},
    row::{Raised, Row, Standing},
};

/// One DynamoDB item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// Attribute by which open work and what is listed is found.
pub const WORK_KEY: &str = "work_pk";
/// Attribute by which that is ordered.
pub const WORK_PLACE: &str = "work_sk";
/// What waits, by the instant at which it is due.
pub(crate) const DUE: &str = "due";
/// What was not so any more when it was to be told.
pub(crate) const OVERTAKEN: &str = "overtaken";
/// What could not be delivered.
pub(crate) const DEAD: &str = "dead";

pub(crate) fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub(crate) fn n(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(crate) fn millis(instant: Timestamp) -> AttributeValue {
    n(instant.as_millisecond())
}

pub(crate) fn text<'a>(item: &'a Item, name: &str) -> Result<&'a str, String> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).ok_or_else(|| format!("`{name}` is missing"))
}

pub(crate) fn number<T: FromStr>(item: &Item, name: &str) -> Result<T, String> {
    let digits = item.get(name).and_then(|value| value.as_n().ok());
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| format!("`{name}` is no number"))
}

pub(crate) fn instant(item: &Item, name: &str) -> Result<Timestamp, String> {
    Timestamp::from_millisecond(number(item, name)?).map_err(|error| format!("`{name}`: {error}"))
}

fn parsed<T: FromStr>(item: &Item, name: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    text(item, name)?.parse().map_err(|error| format!("`{name}`: {error}"))
}

fn named<T>(item: &Item, name: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    let text = text(item, name)?;
    find(text).ok_or_else(|| format!("`{name}` says `{text}`"))
}

/// The key of a message's row.
pub(crate) fn key(id: &MessageId) -> Item {
    Item::from([("pk".to_owned(), s(format!("message#{id}"))), ("sk".to_owned(), s("-"))])
}

/// The partition of messages that were sent on the city's day of this instant.
pub(crate) fn sent_on(instant: Timestamp) -> String {
    format!("sent#{}", shanghai::day(instant))
}

/// Where a row stands among those that are looked for; none where nobody looks for it.
fn work(row: &Row) -> Option<(String, String)> {
    let pk = match row.standing {
        Standing::Waiting { .. } | Standing::GivenUp { .. } => DUE.to_owned(),
        Standing::Dead { .. } => DEAD.to_owned(),
        Standing::Sent { at, .. } => sent_on(at),
        Standing::Overtaken { .. } => OVERTAKEN.to_owned(),
        Standing::NoAddress { .. } => return None,
    };
    Some((pk, place(row)))
}

/// The place of a row within its partition of the index: what a page goes on behind.
fn place(row: &Row) -> String {
    format!("{}/{}", shanghai::sortable(row.standing.at()), row.message.id)
}

pub(crate) fn item(row: &Row) -> Item {
    let Row { message, standing, attempts, round, reason, raised } = row;
    let mut item = key(&message.id);
    let mut put = |name: &str, value: AttributeValue| item.insert(name.to_owned(), value);
    put("id", s(message.id.as_str()));
    put("stream", s(message.stream.as_str()));
    put("number", n(message.number));
    put("event", n(message.index));
    put("rule", s(message.notice.as_str()));
    put("recipient", s(message.recipient.to_string()));
    put("channel", s(message.channel.as_str()));
    put("department", s(message.department.as_str()));
    put("at", millis(message.at));
    put("standing", s(standing.as_str()));
    put("since", millis(standing.at()));
    put("attempts", n(attempts));
    put("round", n(round));
    if let Standing::Sent { by, .. } = standing {
        put("by", s(by.as_str()));
    }
    if let Some(reason) = reason {
        put("reason", s(reason));
    }
    if let Some(Raised { by, at, request }) = raised {
        put("raised_by", s(by.as_str()));
        put("raised_at", millis(*at));
        put("raised_request", s(request));
    }
    if let Some((pk, sk)) = work(row) {
        put(WORK_KEY, s(pk));
        put(WORK_PLACE, s(sk));
    }
    item
}

/// The row of an item.
pub(crate) fn row(item: &Item) -> Result<Row, String> {
    let since = instant(item, "since")?;
    let standing = match text(item, "standing")? {
        "waiting" => Standing::Waiting { due: since },
        "given-up" => Standing::GivenUp { at: since },
        "dead" => Standing::Dead { at: since },
        "sent" => Standing::Sent { at: since, by: named(item, "by", Medium::named)? },
        "no-address" => Standing::NoAddress { at: since },
        "overtaken" => Standing::Overtaken { at: since },
        other => return Err(format!("`standing` says `{other}`")),
    };
    let message = Message {
        id: parsed(item, "id")?,
        stream: parsed(item, "stream")?,
        number: number(item, "number")?,
        index: number(item, "event")?,
        notice: named(item, "rule", Notice::named)?,
        recipient: parsed::<Recipient>(item, "recipient")?,
        channel: named(item, "channel", Channel::named)?,
        department: parsed(item, "department")?,
        at: instant(item, "at")?,
    };
    let raised = match item.get("raised_by") {
        None => None,
        Some(_) => Some(Raised {
            by: parsed(item, "raised_by")?,
            at: instant(item, "raised_at")?,
            request: text(item, "raised_request")?.to_owned(),
        }),
    };
    let reason = text(item, "reason").ok().map(str::to_owned);
    Ok(Row { message, standing, attempts: number(item, "attempts")?, round: number(item, "round")?, reason, raised })
}
