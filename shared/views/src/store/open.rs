//! Open work, by its sparse index (docs/adr/016).

use super::{Item, Prefix, ViewError, Views, s};
use crate::row::Row;

/// The sparse index of open work.
pub const OPEN_INDEX: &str = "open";
/// What a row of open work carries while it is live: its partition in the index.
pub const OPEN_ATTRIBUTE: &str = "open_pk";

/// In which order keys are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Ascending,
    Descending,
}

impl Views {
    /// At most `limit` live rows of a slice of open work, in order of their keys: those after the key `after` and up to the key `upto`.
    ///
    /// Read by the sparse index, which follows the table a moment later: a row that has just come may be missing, one that has just gone may still be
    /// here. Whoever acts on a row decides on its stream.
    ///
    /// # Errors
    /// The store failed, or a row has no shape.
    pub async fn open(
        &self,
        prefix: &Prefix,
        slice: &str,
        after: Option<&str>,
        upto: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Row>, ViewError> {
        self.query_open(prefix, slice, after, upto, limit, Order::Ascending).await
    }

    /// At most `limit` live rows of a slice of open work from its end: those before the key `before`, the last first.
    ///
    /// # Errors
    /// As of [`open`](Self::open).
    pub async fn open_from_end(
        &self,
        prefix: &Prefix,
        slice: &str,
        before: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Row>, ViewError> {
        self.query_open(prefix, slice, before, None, limit, Order::Descending).await
    }

    async fn query_open(
        &self,
        prefix: &Prefix,
        slice: &str,
        after: Option<&str>,
        upto: Option<&str>,
        limit: usize,
        order: Order,
    ) -> Result<Vec<Row>, ViewError> {
        let pk = prefix.pk(slice);
        let mut from = after.map(|key| {
            Item::from([(OPEN_ATTRIBUTE.to_owned(), s(&pk)), ("pk".to_owned(), s(&pk)), ("sk".to_owned(), s(key))])
        });
        let mut rows = Vec::new();
        loop {
            let mut query = self
                .client
                .query()
                .table_name(&self.table)
                .index_name(OPEN_INDEX)
                .expression_attribute_names("#o", OPEN_ATTRIBUTE)
                .expression_attribute_values(":o", s(&pk))
                .scan_index_forward(order == Order::Ascending)
                .set_exclusive_start_key(from);
            query = match upto {
                None => query.key_condition_expression("#o = :o"),
                Some(upto) => query
                    .key_condition_expression("#o = :o AND sk <= :upto")
                    .expression_attribute_values(":upto", s(upto)),
            };
            if let Ok(limit) = i32::try_from(limit.saturating_sub(rows.len())) {
                query = query.limit(limit.max(1));
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
}
