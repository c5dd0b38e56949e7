//! Rows in DynamoDB: consistent reads, writes that only go forward.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    types::AttributeValue,
};
use domain::StreamId;
use serde::Serialize;
use thiserror::Error;

use crate::{
    reads::Read,
    registry::Registry,
    row::{Row, RowKey},
    work::Scope,
};

mod bulk;
mod left;
mod open;
mod searched;

pub use open::{OPEN_ATTRIBUTE, OPEN_INDEX};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// The views or pages could not be read or written.
#[derive(Debug, Error)]
pub enum ViewError {
    /// Too many requests; try again later.
    #[error("the store is throttling")]
    Throttled,
    /// The store cannot be reached or failed.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The store will never take this: it is too large or has no lawful key.
    #[error("the store refuses it: {0}")]
    Refused(String),
    /// A row has another shape than this code writes.
    #[error("row `{0}` does not have its shape")]
    Shape(String),
}

impl ViewError {
    /// The kind of an SDK's error.
    pub(crate) fn of<E, R>(error: &SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug,
    {
        let shown = || aws_sdk_dynamodb::error::DisplayErrorContext(error).to_string();
        match error.as_service_error().and_then(ProvideErrorMetadata::code) {
            Some("ValidationException" | "EntityTooLarge" | "KeyTooLongError" | "MetadataTooLarge") => {
                Self::Refused(shown())
            }
            Some(
                "ProvisionedThroughputExceededException" | "ThrottlingException" | "RequestLimitExceeded" | "SlowDown",
            ) => Self::Throttled,
            _ => Self::Unavailable(shown()),
        }
    }

    /// Whether trying again can never help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Shape(_))
    }
}

/// Name of a view prefix: the first part of its keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix(pub String);

impl Prefix {
    fn pk(&self, slice: &str) -> String {
        format!("{}|{slice}", self.0)
    }
}

/// The row of work was not marked anew; `#t` stands for `token`, which DynamoDB reserves.
const SAME_TOKEN: &str = "#t = :t";

/// The table `views`.
#[derive(Debug, Clone)]
pub struct Views {
    client: Client,
    table: String,
}

/// A conditional write happened, or met a condition that did not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Swap {
    Done,
    Lost,
}

pub(crate) fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub(crate) fn n(number: u64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(crate) fn text<'a>(item: &'a Item, name: &str) -> Result<&'a str, ViewError> {
    item.get(name)
        .and_then(|value| value.as_s().ok())
        .map(String::as_str)
        .ok_or_else(|| ViewError::Shape(name.to_owned()))
}

pub(crate) fn number(item: &Item, name: &str) -> Result<u64, ViewError> {
    item.get(name)
        .and_then(|value| value.as_n().ok())
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| ViewError::Shape(name.to_owned()))
}

impl Views {
    /// The views in `table`.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// Writes a row if its version is newer than the stored one's; tombstones even where no row was.
    ///
    /// # Errors
    /// The store failed.
    pub async fn put_row(&self, prefix: &Prefix, row: &Row) -> Result<(), ViewError> {
        self.put_if(Self::row_item(prefix, row), "attribute_not_exists(pk) OR v < :v", &[(":v", n(row.version))])
            .await?;
        Ok(())
    }

    fn row_item(prefix: &Prefix, row: &Row) -> Item {
        let mut item = Item::from([
            ("pk".to_owned(), s(prefix.pk(&row.at.slice))),
            ("sk".to_owned(), s(&row.at.key)),
            ("v".to_owned(), n(row.version)),
        ]);
        if let Some(body) = &row.body {
            item.insert("body".to_owned(), s(body));
        }
        if row.is_open() {
            item.insert(OPEN_ATTRIBUTE.to_owned(), s(prefix.pk(&row.at.slice)));
        }
        item
    }

    fn row(slice: &str, item: &Item) -> Result<Row, ViewError> {
        let body = item.get("body").and_then(|value| value.as_s().ok()).cloned();
        Ok(Row { at: RowKey::new(slice, text(item, "sk")?), version: number(item, "v")?, body })
    }

    /// The rows of `read`, consistently. Bodies of documents are not here.
    ///
    /// # Errors
    /// The store failed, or a row has no shape.
    pub async fn read(&self, prefix: &Prefix, read: &Read) -> Result<Vec<Row>, ViewError> {
        match read {
            Read::Row(at) => Ok(self.row_at(prefix, at).await?.into_iter().collect()),
            Read::Range { slice, prefix: begin } => self.range(prefix, slice, begin).await,
            Read::Newest { slice, live } => self.newest(prefix, slice, *live).await,
            Read::Body(hash) => Err(ViewError::Shape(format!("body {hash}"))),
        }
    }

    async fn row_at(&self, prefix: &Prefix, at: &RowKey) -> Result<Option<Row>, ViewError> {
        let item = self.get(&prefix.pk(&at.slice), &at.key).await?;
        item.as_ref().map(|item| Self::row(&at.slice, item)).transpose()
    }

    async fn range(&self, prefix: &Prefix, slice: &str, begin: &str) -> Result<Vec<Row>, ViewError> {
        self.range_after(prefix, slice, begin, None, usize::MAX).await
    }

    /// Whether a scope has any row, tombstones included: one without leaves no work.
    ///
    /// # Errors
    /// The store failed.
    pub async fn has_rows(&self, prefix: &Prefix, scope: &Scope) -> Result<bool, ViewError> {
        Ok(!self.range_after(prefix, &scope.slice, &scope.prefix, None, 1).await?.is_empty())
    }

    /// At most `limit` rows of a slice whose keys begin with `begin`, after the key `after`.
    pub(crate) async fn range_after(
        &self,
        prefix: &Prefix,
        slice: &str,
        begin: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Row>, ViewError> {
        let pk = prefix.pk(slice);
        let mut from = after.map(|key| Item::from([("pk".to_owned(), s(&pk)), ("sk".to_owned(), s(key))]));
        let mut rows = Vec::new();
        loop {
            let mut query = self
                .client
                .query()
                .table_name(&self.table)
                .consistent_read(true)
                .expression_attribute_values(":pk", s(&pk))
                .set_exclusive_start_key(from);
            query = if begin.is_empty() {
                query.key_condition_expression("pk = :pk")
            } else {
                query
                    .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
                    .expression_attribute_values(":sk", s(begin))
            };
            if let Ok(limit) = i32::try_from(limit) {
                query = query.limit(limit);
            }
            let page = query.send().await.map_err(|error| ViewError::of(&error))?;
            for item in page.items() {
                rows.push(Self::row(slice, item)?);
            }
            from = page.last_evaluated_key().cloned();
            if from.is_none() || rows.len() >= limit {
                rows.truncate(limit);
                return Ok(rows);
            }
        }
    }

    /// From the newest row down to the `live`-th live one.
    ///
    /// Tombstones between them are read too, for they stand in the page's digest. Each request asks for twice as many rows as the one before: n tombstones
    /// at the top take about log₂ n requests, and as many again as their bytes fill megabytes.
    async fn newest(&self, prefix: &Prefix, slice: &str, live: usize) -> Result<Vec<Row>, ViewError> {
        let mut rows = Vec::new();
        let mut limit = i32::try_from(live + 4).unwrap_or(i32::MAX);
        let mut from = None;
        let mut found = 0;
        loop {
            let page = self
                .client
                .query()
                .table_name(&self.table)
                .consistent_read(true)
                .scan_index_forward(false)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", s(prefix.pk(slice)))
                .limit(limit)
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| ViewError::of(&error))?;
            for item in page.items() {
                let row = Self::row(slice, item)?;
                found += usize::from(row.is_live());
                rows.push(row);
                if found == live {
                    return Ok(rows);
                }
            }
            from = page.last_evaluated_key().cloned();
            if from.is_none() {
                return Ok(rows);
            }
            limit = limit.saturating_mul(2);
        }
    }

    /// The stream's checkpoint in a prefix: its last commit whose rows and pages are done; 0 at the start.
    ///
    /// # Errors
    /// The store failed.
    pub async fn checkpoint(&self, prefix: &Prefix, stream: &StreamId) -> Result<u64, ViewError> {
        let at = checkpoint_key(stream);
        let item = self.get(&prefix.pk(&at.slice), &at.key).await?;
        item.as_ref().map_or(Ok(0), |item| number(item, "v"))
    }

    /// Moves the checkpoint forward; a later one stays.
    ///
    /// # Errors
    /// The store failed.
    pub async fn move_checkpoint(&self, prefix: &Prefix, stream: &StreamId, head: u64) -> Result<(), ViewError> {
        let row = Row { at: checkpoint_key(stream), version: head, body: None };
        self.put_row(prefix, &row).await
    }

    /// The registry, consistently; none in a new city.
    ///
    /// # Errors
    /// The store failed.
    pub async fn registry(&self) -> Result<Option<Registry>, ViewError> {
        let item = self.get("registry", "-").await?;
        item.map(|item| parse(text(&item, "body")?, "registry")).transpose()
    }

    /// Replaces the registry if it is still at the revision before `next`'s; tells whether it did.
    ///
    /// # Errors
    /// The store failed.
    pub async fn swap_registry(&self, next: &Registry) -> Result<bool, ViewError> {
        let (item, condition, before) = revised("registry", next.revision, next)?;
        Ok(self.put_if(item, condition, &[(":v", before)]).await? == Swap::Done)
    }

    async fn get(&self, pk: &str, sk: &str) -> Result<Option<Item>, ViewError> {
        let found = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .key("pk", s(pk))
            .key("sk", s(sk))
            .send()
            .await
            .map_err(|error| ViewError::of(&error))?;
        Ok(found.item)
    }

    async fn put_if(&self, item: Item, condition: &str, values: &[(&str, AttributeValue)]) -> Result<Swap, ViewError> {
        let mut put =
            self.client.put_item().table_name(&self.table).set_item(Some(item)).condition_expression(condition);
        for (name, value) in values {
            put = put.expression_attribute_values(*name, value.clone());
        }
        if condition == SAME_TOKEN {
            put = put.expression_attribute_names("#t", "token");
        }
        swapped(put.send().await)
    }

    async fn put(&self, item: Item) -> Result<(), ViewError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(|_| ()).map_err(|error| ViewError::of(&error))
    }

    async fn delete(&self, pk: &str, sk: &str) -> Result<(), ViewError> {
        let delete = self.client.delete_item().table_name(&self.table).key("pk", s(pk)).key("sk", s(sk));
        delete.send().await.map(drop).map_err(|error| ViewError::of(&error))
    }

    async fn delete_if_token(&self, pk: &str, sk: &str, token: &str) -> Result<Swap, ViewError> {
        let sent = self
            .client
            .delete_item()
            .table_name(&self.table)
            .key("pk", s(pk))
            .key("sk", s(sk))
            .condition_expression(SAME_TOKEN)
            .expression_attribute_names("#t", "token")
            .expression_attribute_values(":t", s(token))
            .send()
            .await;
        swapped(sent)
    }
}

/// The one row of a registry at `revision`, and the condition, with its `:v`, that it is still at the revision before.
///
/// Not asynchronous: futures around an SDK's are as deep as the compiler looks.
fn revised(
    registry: &str,
    revision: u64,
    next: &impl Serialize,
) -> Result<(Item, &'static str, AttributeValue), ViewError> {
    let body = serde_json::to_string(next).map_err(|error| ViewError::Shape(error.to_string()))?;
    let item = Item::from([
        ("pk".to_owned(), s(registry)),
        ("sk".to_owned(), s("-")),
        ("v".to_owned(), n(revision)),
        ("body".to_owned(), s(body)),
    ]);
    let before = revision.saturating_sub(1);
    let condition = if before == 0 { "attribute_not_exists(pk) AND :v = :v" } else { "v = :v" };
    Ok((item, condition, n(before)))
}

/// What became of a conditional write.
fn swapped<T, E, R>(sent: Result<T, SdkError<E, R>>) -> Result<Swap, ViewError>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match sent {
        Ok(_) => Ok(Swap::Done),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(Swap::Lost),
        Err(error) => Err(ViewError::of(&error)),
    }
}

/// Where a stream's checkpoint lies: a partition of its own, for checkpoints are the busiest rows.
pub(crate) fn checkpoint_key(stream: &StreamId) -> RowKey {
    RowKey::new(format!("{CHECKPOINT}{stream}"), "-")
}

/// Beginning of the slices that hold checkpoints.
pub(crate) const CHECKPOINT: &str = "checkpoint|";

pub(crate) fn parse<T: serde::de::DeserializeOwned>(body: &str, what: &str) -> Result<T, ViewError> {
    serde_json::from_str(body).map_err(|error| ViewError::Shape(format!("{what}: {error}")))
}
