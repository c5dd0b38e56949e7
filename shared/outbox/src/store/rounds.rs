//! How far streams are reacted to, since when rules count, and what is looked at again.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnValue};
use domain::{StreamId, case::Notice};
use jiff::{Timestamp, civil::Date};
use ledger::{StoreError, store_error};

use super::{Outbox, damaged, happened, work::readable};
use crate::{
    item::{Item, instant, millis, n, number, s, text},
    rules::Starts,
};

const RULES: &str = "rules";
const REPAIR: &str = "repair";
const PARKED: &str = "parked";

fn at(pk: impl Into<String>, sk: &str) -> Item {
    Item::from([("pk".to_owned(), s(pk)), ("sk".to_owned(), s(sk))])
}

fn of_stream(stream: &StreamId) -> Item {
    at(format!("stream#{stream}"), "-")
}

impl Outbox {
    /// How far a stream is reacted to, read consistently; 0 where it never was.
    ///
    /// # Errors
    /// The store failed.
    pub async fn checkpoint(&self, stream: &StreamId) -> Result<u64, StoreError> {
        match self.get(of_stream(stream)).await? {
            None => Ok(0),
            Some(item) => number(&item, "head").map_err(|reason| damaged(stream.as_str(), &reason)),
        }
    }

    /// The checkpoints of at most a hundred streams; those that have none that can be read are not among them.
    pub(crate) async fn checkpoints(&self, streams: &[StreamId]) -> Result<BTreeMap<StreamId, u64>, StoreError> {
        let mut found = BTreeMap::new();
        if streams.is_empty() {
            return Ok(found);
        }
        let failed = |error: &dyn std::fmt::Display| StoreError::Unavailable { reason: error.to_string() };
        let keys = KeysAndAttributes::builder().set_keys(Some(streams.iter().map(of_stream).collect()));
        let keys = keys.consistent_read(true).build().map_err(|error| failed(&error))?;
        let mut left = HashMap::from([(self.table.clone(), keys)]);
        // What a throttled store leaves is asked for again; each answer holds something or is an error.
        while !left.is_empty() {
            let got = self.client.batch_get_item().set_request_items(Some(left)).send().await;
            let got = got.map_err(|error| store_error(&error))?;
            let items: Vec<Item> = got.responses.unwrap_or_default().into_values().flatten().collect();
            left = got.unprocessed_keys.unwrap_or_default();
            if items.is_empty() && !left.is_empty() {
                return Err(StoreError::Throttled);
            }
            found.extend(readable(&items, checkpoint));
        }
        Ok(found)
    }

    /// Moves a checkpoint, only forward.
    pub(crate) async fn move_checkpoint(&self, stream: &StreamId, head: u64) -> Result<(), StoreError> {
        let mut item = of_stream(stream);
        item.insert("head".to_owned(), n(head));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put =
            put.condition_expression("attribute_not_exists(pk) OR #h < :h").expression_attribute_names("#h", "head");
        happened(put.expression_attribute_values(":h", n(head)).send().await).map(drop)
    }

    /// Since when each rule counts. A rule that nobody met here before counts from `now`, for good.
    ///
    /// # Errors
    /// The store failed.
    pub async fn starts(&self, now: Timestamp) -> Result<Starts, StoreError> {
        let known = self.get(at(RULES, "-")).await?.unwrap_or_default();
        let missing: Vec<Notice> = Notice::ALL.into_iter().filter(|rule| !known.contains_key(rule.as_str())).collect();
        if missing.is_empty() {
            return starts(&known);
        }
        let names = (0..missing.len()).map(|place| format!("#r{place} = if_not_exists(#r{place}, :now)"));
        let mut update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(at(RULES, "-")))
            .update_expression(format!("SET {}", names.collect::<Vec<_>>().join(", ")))
            .expression_attribute_values(":now", millis(now))
            .return_values(ReturnValue::AllNew);
        for (place, rule) in missing.iter().enumerate() {
            update = update.expression_attribute_names(format!("#r{place}"), rule.as_str());
        }
        let updated = update.send().await.map_err(|error| store_error(&error))?;
        starts(&updated.attributes.unwrap_or_default())
    }

    /// The first UTC day that is looked at again; none before the first look.
    pub(crate) async fn low_water(&self) -> Result<Option<Date>, StoreError> {
        let Some(item) = self.get(at(REPAIR, "-")).await? else { return Ok(None) };
        let day = text(&item, "low").and_then(|day| day.parse::<Date>().map_err(|error| format!("{error}")));
        day.map(Some).map_err(|reason| damaged(REPAIR, &reason))
    }

    /// Moves that day, only forward.
    pub(crate) async fn move_low_water(&self, day: Date) -> Result<(), StoreError> {
        let mut item = at(REPAIR, "-");
        item.insert("low".to_owned(), s(day.to_string()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put =
            put.condition_expression("attribute_not_exists(pk) OR #l < :l").expression_attribute_names("#l", "low");
        happened(put.expression_attribute_values(":l", s(day.to_string())).send().await).map(drop)
    }

    /// Notes that this code cannot react to a stream, so that nobody waits for it.
    pub(crate) async fn park(&self, stream: &StreamId, reason: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut item = at(PARKED, stream.as_str());
        item.insert("reason".to_owned(), s(reason));
        item.insert("since".to_owned(), millis(now));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(drop).map_err(|error| store_error(&error))
    }

    /// The streams among at most a hundred entries that are parked; an entry that names none is told to somebody.
    pub(crate) async fn parked(&self) -> Result<Vec<StreamId>, StoreError> {
        let query = self.client.query().table_name(&self.table).key_condition_expression("pk = :parked");
        let query = query.expression_attribute_values(":parked", s(PARKED)).consistent_read(true).limit(100);
        let page = query.send().await.map_err(|error| store_error(&error))?;
        let stream = |item: &Item| text(item, "sk")?.parse::<StreamId>().map_err(|error| format!("{error}"));
        Ok(readable(page.items(), stream))
    }

    /// Notes that a stream is parked no more.
    pub(crate) async fn unpark(&self, stream: &StreamId) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete.set_key(Some(at(PARKED, stream.as_str())));
        delete.send().await.map(drop).map_err(|error| store_error(&error))
    }
}

fn checkpoint(item: &Item) -> Result<(StreamId, u64), String> {
    let stream = text(item, "pk")?.strip_prefix("stream#").unwrap_or_default();
    Ok((stream.parse::<StreamId>().map_err(|error| format!("{error}"))?, number(item, "head")?))
}

fn starts(item: &Item) -> Result<Starts, StoreError> {
    let start = |rule: Notice| instant(item, rule.as_str()).map(|start| (rule, start));
    let starts: Result<BTreeMap<Notice, Timestamp>, String> = Notice::ALL.into_iter().map(start).collect();
    starts.map(Starts).map_err(|reason| damaged(RULES, &reason))
}
