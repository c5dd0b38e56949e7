//! What is due, dead or sent: found by the index.

use domain::{MessageId, shanghai};
use jiff::{SignedDuration, Timestamp};
use ledger::{StoreError, store_error};

use super::Outbox;
use crate::{
    item::{self, Item, s},
    row::Row,
};

/// Name of the index.
pub const WORK_INDEX: &str = "work";

/// Days that are looked back at for what was sent.
const DAYS: i64 = 31;

/// Which messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// 待发送: what is to be sent, or given up and not told yet; what is due first stands first.
    Pending,
    /// 未送达: dead letters, the oldest first.
    Dead,
    /// 已发送, in the last month, the newest first.
    Sent,
    /// 已过时: what was not so any more when it was to be told, the newest first.
    Overtaken,
}

impl Outbox {
    /// Ids of the messages among the `most` that are due by `now` behind `after`, the oldest first; and the place behind which there may be more.
    ///
    /// The index answers: each is read again before anything is done. One that names no message is told to somebody and keeps nobody waiting.
    ///
    /// # Errors
    /// The store failed.
    pub async fn due(
        &self,
        now: Timestamp,
        after: Option<&str>,
        most: usize,
    ) -> Result<(Vec<MessageId>, Option<String>), StoreError> {
        // Behind every place of this very instant: places go on with a slash.
        let upto = format!("{}0", shanghai::sortable(now));
        let bound = after.map_or(Bound::Upto(&upto), |after| Bound::Between(after, &upto));
        let items = self.query(item::DUE, bound, Order::Forward, most).await?;
        let next = items.last().filter(|_| items.len() >= most).and_then(place_of);
        let id = |item: &Item| {
            item::text(item, "id").and_then(|id| id.parse::<MessageId>().map_err(|error| format!("{error}")))
        };
        Ok((readable(&items, id), next))
    }

    /// The messages among the `most` behind `after`, the place of another; and the place that the next page goes on behind, where there is more.
    ///
    /// One that does not have its shape is told to somebody and not listed.
    ///
    /// # Errors
    /// The store failed.
    pub async fn list(
        &self,
        listed: Listed,
        after: Option<&str>,
        most: usize,
        now: Timestamp,
    ) -> Result<(Vec<Row>, Option<String>), StoreError> {
        let mut items = match listed {
            Listed::Pending => self.items(item::DUE, after, Order::Forward, most + 1).await?,
            Listed::Dead => self.items(item::DEAD, after, Order::Forward, most + 1).await?,
            Listed::Sent => self.sent(after, most + 1, now).await?,
            Listed::Overtaken => self.items(item::OVERTAKEN, after, Order::Backward, most + 1).await?,
        };
        let more = items.len() > most;
        items.truncate(most);
        let next = items.last().filter(|_| more).and_then(place_of);
        Ok((readable(&items, item::row), next))
    }

    /// What was sent, day by day back from `after` or from today.
    async fn sent(&self, after: Option<&str>, most: usize, now: Timestamp) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        for back in 0..DAYS {
            let day = item::sent_on(now.saturating_sub(SignedDuration::from_hours(24 * back)).unwrap_or(now));
            let date = day.trim_start_matches("sent#");
            // Days behind the place were told before; its own day goes on behind it.
            let behind = after.filter(|after| after.starts_with(date));
            if after.is_some_and(|after| date > after) {
                continue;
            }
            items.extend(self.items(&day, behind, Order::Backward, most - items.len()).await?);
            if items.len() >= most {
                break;
            }
        }
        Ok(items)
    }

    async fn items(&self, pk: &str, after: Option<&str>, order: Order, most: usize) -> Result<Vec<Item>, StoreError> {
        self.query(pk, after.map_or(Bound::None, Bound::Behind), order, most).await
    }

    async fn query(&self, pk: &str, bound: Bound<'_>, order: Order, most: usize) -> Result<Vec<Item>, StoreError> {
        let (condition, places) = match (bound, order) {
            (Bound::None, _) => ("work_pk = :pk", Vec::new()),
            (Bound::Upto(place), _) => ("work_pk = :pk AND work_sk < :place", vec![(":place", place.to_owned())]),
            // Both ends of a range belong to it: the first place behind `after` is itself and a space.
            (Bound::Between(after, upto), _) => (
                "work_pk = :pk AND work_sk BETWEEN :after AND :upto",
                vec![(":after", format!("{after} ")), (":upto", upto.to_owned())],
            ),
            (Bound::Behind(place), Order::Forward) => {
                ("work_pk = :pk AND work_sk > :place", vec![(":place", place.to_owned())])
            }
            (Bound::Behind(place), Order::Backward) => {
                ("work_pk = :pk AND work_sk < :place", vec![(":place", place.to_owned())])
            }
        };
        let mut items = Vec::new();
        let mut from = None;
        while items.len() < most {
            let mut query = self
                .client
                .query()
                .table_name(&self.table)
                .index_name(WORK_INDEX)
                .key_condition_expression(condition)
                .expression_attribute_values(":pk", s(pk))
                .scan_index_forward(order == Order::Forward)
                .limit(i32::try_from(most - items.len()).unwrap_or(i32::MAX))
                .set_exclusive_start_key(from.take());
            for (name, place) in &places {
                query = query.expression_attribute_values(*name, s(place));
            }
            let page = query.send().await.map_err(|error| store_error(&error))?;
            items.extend(page.items.unwrap_or_default());
            match page.last_evaluated_key {
                Some(key) => from = Some(key),
                None => break,
            }
        }
        Ok(items)
    }
}

/// What can be read of some items; somebody is told of each of the others, for nothing becomes of it by itself.
pub(super) fn readable<T>(items: &[Item], read: impl Fn(&Item) -> Result<T, String>) -> Vec<T> {
    let read = |item: &Item| {
        let read = read(item);
        if let Err(reason) = &read {
            tracing::error!(alarm = "outbox-row", row = key_of(item), reason = reason.as_str(), "it cannot be read");
        }
        read.ok()
    };
    items.iter().filter_map(read).collect()
}

fn key_of(item: &Item) -> &str {
    item::text(item, "pk").unwrap_or_default()
}

/// Where an item stands in the index.
fn place_of(item: &Item) -> Option<String> {
    item::text(item, item::WORK_PLACE).ok().map(str::to_owned)
}

#[derive(Debug, Clone, Copy)]
enum Bound<'a> {
    None,
    Upto(&'a str),
    Between(&'a str, &'a str),
    Behind(&'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Forward,
    Backward,
}
