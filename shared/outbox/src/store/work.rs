//! What is due, dead or sent: found by the index.

use domain::{MessageId, shanghai};
use jiff::{SignedDuration, Timestamp};
use ledger::{StoreError, store_error};

use super::{Outbox, damaged};
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
}

impl Outbox {
    /// Ids of at most `most` messages that are due by `now`, the oldest first. The index answers: each is read again before anything is done.
    ///
    /// # Errors
    /// The store failed.
    pub async fn due(&self, now: Timestamp, most: usize) -> Result<Vec<MessageId>, StoreError> {
        // Behind every place of this very instant: places go on with a slash.
        let upto = format!("{}0", shanghai::sortable(now));
        let items = self.query(item::DUE, Bound::Upto(&upto), Order::Forward, most).await?;
        let id = |item: &Item| {
            item::text(item, "id").and_then(|id| id.parse::<MessageId>().map_err(|error| format!("{error}")))
        };
        items.iter().map(|item| id(item).map_err(|reason| damaged("due", &reason))).collect()
    }

    /// At most `most` messages, behind `after`, the place of another; and the place that the next page goes on behind, where there is more.
    ///
    /// # Errors
    /// The store failed, or a row does not have its shape.
    pub async fn list(
        &self,
        listed: Listed,
        after: Option<&str>,
        most: usize,
        now: Timestamp,
    ) -> Result<(Vec<Row>, Option<String>), StoreError> {
        let mut rows = match listed {
            Listed::Pending => self.rows(item::DUE, after, Order::Forward, most + 1).await?,
            Listed::Dead => self.rows(item::DEAD, after, Order::Forward, most + 1).await?,
            Listed::Sent => self.sent(after, most + 1, now).await?,
        };
        let more = rows.len() > most;
        rows.truncate(most);
        let next = rows.last().filter(|_| more).map(item::place);
        Ok((rows, next))
    }

    /// What was sent, day by day back from `after` or from today.
    async fn sent(&self, after: Option<&str>, most: usize, now: Timestamp) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        for back in 0..DAYS {
            let day = item::sent_on(now.saturating_sub(SignedDuration::from_hours(24 * back)).unwrap_or(now));
            let date = day.trim_start_matches("sent#");
            // Days behind the place were told before; its own day goes on behind it.
            let behind = after.filter(|after| after.starts_with(date));
            if after.is_some_and(|after| date > after) {
                continue;
            }
            rows.extend(self.rows(&day, behind, Order::Backward, most - rows.len()).await?);
            if rows.len() >= most {
                break;
            }
        }
        Ok(rows)
    }

    async fn rows(&self, pk: &str, after: Option<&str>, order: Order, most: usize) -> Result<Vec<Row>, StoreError> {
        let items = self.query(pk, after.map_or(Bound::None, Bound::Behind), order, most).await?;
        items.iter().map(|item| item::row(item).map_err(|reason| damaged(pk, &reason))).collect()
    }

    async fn query(&self, pk: &str, bound: Bound<'_>, order: Order, most: usize) -> Result<Vec<Item>, StoreError> {
        let (condition, place) = match (bound, order) {
            (Bound::None, _) => ("work_pk = :pk", None),
            (Bound::Upto(place), _) => ("work_pk = :pk AND work_sk < :place", Some(place)),
            (Bound::Behind(place), Order::Forward) => ("work_pk = :pk AND work_sk > :place", Some(place)),
            (Bound::Behind(place), Order::Backward) => ("work_pk = :pk AND work_sk < :place", Some(place)),
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
            if let Some(place) = place {
                query = query.expression_attribute_values(":place", s(place));
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

#[derive(Debug, Clone, Copy)]
enum Bound<'a> {
    None,
    Upto(&'a str),
    Behind(&'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Forward,
    Backward,
}
