//! Many rows at once: for a prefix that nobody else writes or reads.

use std::{collections::HashMap, time::Duration};

use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};
use domain::StreamId;
use tokio::{sync::mpsc, task::JoinSet};

use super::{Item, Prefix, ViewError, Views, checkpoint_key, left, number, text};
use crate::{
    page::PageKey,
    row::{Row, RowKey},
    work::Cause,
};

/// Items of one BatchWriteItem.
const BATCH: usize = 25;

/// Items looked at by one request of a scan: about as many as its megabyte holds. Without it the local engine reads the rest of the table each time.
const SCANNED: i32 = 1_500;

/// Rounds of unprocessed items before giving up.
const ROUNDS: u32 = 12;

impl Views {
    /// Writes rows without conditions, as a prefix that is closed to doorbells may be filled.
    ///
    /// Constants that several streams write come more than once; a batch holds each key once.
    pub(crate) async fn fill(&self, prefix: &Prefix, rows: Vec<Row>) -> Result<(), ViewError> {
        let mut items: HashMap<RowKey, Item> = HashMap::with_capacity(rows.len());
        for row in rows {
            let item = Self::row_item(prefix, &row);
            items.insert(row.at, item);
        }
        self.put_all(items.into_values()).await
    }

    /// Leaves a purge row for each of these pages' URLs.
    pub(crate) async fn leave_purges(&self, pages: Vec<PageKey>) -> Result<(), ViewError> {
        let items: Result<Vec<Item>, ViewError> =
            pages.iter().map(|page| left::purge_item(&left::purge_of(page, Cause::Changed))).collect();
        self.put_all(items?.into_iter()).await
    }

    /// Puts items of different keys, as many at once as the store takes.
    pub(super) async fn put_all(&self, items: impl Iterator<Item = Item>) -> Result<(), ViewError> {
        let mut chunk = Vec::with_capacity(BATCH);
        for item in items {
            let put = PutRequest::builder().set_item(Some(item)).build();
            let put = put.map_err(|error| ViewError::Shape(error.to_string()))?;
            chunk.push(WriteRequest::builder().put_request(put).build());
            if chunk.len() == BATCH {
                self.write_all(std::mem::take(&mut chunk)).await?;
            }
        }
        self.write_all(chunk).await
    }

    /// The checkpoint row of a stream, for `fill`.
    pub(crate) fn checkpoint_row(stream: &StreamId, head: u64) -> Row {
        Row { at: checkpoint_key(stream), version: head, body: None }
    }

    /// The checkpoints of at most a hundred streams, consistently; a stream without one is not in the answer.
    pub(crate) async fn checkpoints(
        &self,
        prefix: &Prefix,
        streams: &[StreamId],
    ) -> Result<HashMap<StreamId, u64>, ViewError> {
        let pks: HashMap<String, &StreamId> =
            streams.iter().map(|stream| (prefix.pk(&checkpoint_key(stream).slice), stream)).collect();
        let keys = streams.iter().map(checkpoint_key).map(|at| (prefix.pk(&at.slice), at.key)).collect();
        let mut found = HashMap::new();
        for item in self.items_at(keys).await? {
            if let Some(stream) = pks.get(text(&item, "pk")?) {
                found.insert((*stream).clone(), number(&item, "v")?);
            }
        }
        Ok(found)
    }

    /// At most a hundred items by their keys, consistently; those that are not there are not in the answer.
    pub(super) async fn items_at(&self, keys: Vec<(String, String)>) -> Result<Vec<Item>, ViewError> {
        let key =
            |(pk, sk)| Item::from([("pk".to_owned(), AttributeValue::S(pk)), ("sk".to_owned(), AttributeValue::S(sk))]);
        let mut keys: Vec<Item> = keys.into_iter().map(key).collect();
        let mut found = Vec::with_capacity(keys.len());
        let mut round = 0;
        while !keys.is_empty() {
            let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build();
            let wanted = wanted.map_err(|error| ViewError::Shape(error.to_string()))?;
            let sent = self.client.batch_get_item().request_items(&self.table, wanted).send().await;
            let mut answer = sent.map_err(|error| ViewError::of(&error))?;
            found.extend(answer.responses.take().and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default());
            let unread = answer.unprocessed_keys.take().and_then(|mut tables| tables.remove(&self.table));
            keys = unread.map(|unread| unread.keys).unwrap_or_default();
            if !keys.is_empty() {
                pause(&mut round).await?;
            }
        }
        Ok(found)
    }

    /// Deletes rows of a prefix that no batch uses any more, in at most so many requests; tells whether none is left.
    pub(crate) async fn drop_prefix(&self, prefix: &Prefix, mut requests: usize) -> Result<bool, ViewError> {
        let mut keys = self.scan_keys(prefix);
        let mut chunk = Vec::new();
        while let Some(key) = keys.recv().await {
            let delete = DeleteRequest::builder().set_key(Some(key?)).build();
            let delete = delete.map_err(|error| ViewError::Shape(error.to_string()))?;
            chunk.push(WriteRequest::builder().delete_request(delete).build());
            if chunk.len() == BATCH {
                if requests == 0 {
                    return Ok(false);
                }
                requests -= 1;
                self.write_all(std::mem::take(&mut chunk)).await?;
            }
        }
        self.write_all(chunk).await?;
        Ok(true)
    }

    async fn write_all(&self, mut requests: Vec<WriteRequest>) -> Result<(), ViewError> {
        let mut round = 0;
        while !requests.is_empty() {
            let sent = self.client.batch_write_item().request_items(&self.table, requests).send().await;
            let mut answer = sent.map_err(|error| ViewError::of(&error))?;
            requests =
                answer.unprocessed_items.take().and_then(|mut left| left.remove(&self.table)).unwrap_or_default();
            if !requests.is_empty() {
                pause(&mut round).await?;
            }
        }
        Ok(())
    }

    /// Every row of a prefix, as the table holds them: rows of one slice together.
    pub(crate) fn scan_rows(&self, prefix: &Prefix) -> mpsc::Receiver<Result<Row, ViewError>> {
        let begin = prefix.pk("");
        self.scan(
            prefix,
            move |item| {
                let pk = text(&item, "pk")?;
                let slice = pk.strip_prefix(&begin).unwrap_or(pk).to_owned();
                Self::row(&slice, &item)
            },
            "pk, sk, v, body, #t",
        )
    }

    fn scan_keys(&self, prefix: &Prefix) -> mpsc::Receiver<Result<Item, ViewError>> {
        self.scan(prefix, Ok, "pk, sk")
    }

    fn scan<T: Send + 'static>(
        &self,
        prefix: &Prefix,
        of: impl Fn(Item) -> Result<T, ViewError> + Send + 'static,
        projection: &'static str,
    ) -> mpsc::Receiver<Result<T, ViewError>> {
        let (sender, receiver) = mpsc::channel(256);
        let (client, table, begin) = (self.client.clone(), self.table.clone(), prefix.pk(""));
        let fetch = move |from| {
            let mut scan = client
                .scan()
                .table_name(&table)
                .limit(SCANNED)
                .consistent_read(true)
                .filter_expression("begins_with(pk, :p)")
                .expression_attribute_values(":p", AttributeValue::S(begin.clone()))
                .projection_expression(projection)
                .set_exclusive_start_key(from);
            if projection.contains("#t") {
                scan = scan.expression_attribute_names("#t", "token");
            }
            async move { scan.send().await.map_err(|error| ViewError::of(&error)) }
        };
        tokio::spawn(async move {
            // The next page is on its way while this one is read.
            let mut pages = JoinSet::new();
            pages.spawn(fetch(None));
            while let Some(page) = pages.join_next().await {
                let page = page.map_err(|panic| ViewError::Unavailable(panic.to_string()));
                let mut page = match page.and_then(|page| page) {
                    Ok(page) => page,
                    Err(error) => {
                        let _gone = sender.send(Err(error)).await;
                        return;
                    }
                };
                if let Some(key) = page.last_evaluated_key.take() {
                    pages.spawn(fetch(Some(key)));
                }
                for item in page.items.unwrap_or_default() {
                    // Rows of work carry a token and are no part of the read model.
                    let is_work = projection.contains("#t") && item.contains_key("token");
                    if !is_work && sender.send(of(item)).await.is_err() {
                        return;
                    }
                }
            }
        });
        receiver
    }
}

/// Waits before what the table left undone is sent again, longer every time; gives up after some rounds.
async fn pause(round: &mut u32) -> Result<(), ViewError> {
    *round += 1;
    if *round > ROUNDS {
        return Err(ViewError::Throttled);
    }
    tokio::time::sleep(Duration::from_millis(10 << (*round).min(6))).await;
    Ok(())
}
