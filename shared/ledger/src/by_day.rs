//! Which streams changed on a day: for repair, audit and enumeration.

use std::collections::BTreeSet;

use domain::StreamId;
use jiff::civil::Date;

use crate::{
    error::StoreError,
    item::{DAY_SHARDS, day_key, string, text},
    store::{Ledger, store_error},
};

impl Ledger {
    /// The streams with a commit on a UTC day.
    ///
    /// An index answers, so a commit of the last moments may be missing: callers look again later (PROTOCOLS, "Repair").
    ///
    /// # Errors
    /// The store failed, or the index names something that is no stream.
    pub async fn streams_on(&self, day: Date) -> Result<BTreeSet<StreamId>, StoreError> {
        let mut streams = BTreeSet::new();
        for shard in 0..DAY_SHARDS {
            let mut from = None;
            loop {
                let page = self
                    .dynamo()
                    .query()
                    .table_name(&self.config().ledger_table)
                    .index_name("by_day")
                    .key_condition_expression("#day = :day")
                    .expression_attribute_names("#day", "day")
                    .expression_attribute_values(":day", text(day_key(day, shard)))
                    .set_exclusive_start_key(from.take())
                    .send()
                    .await
                    .map_err(|error| store_error(&error))?;
                for item in page.items() {
                    let name = string(item, "pk").map_err(|reason| StoreError::Unavailable { reason })?;
                    streams
                        .insert(name.parse().map_err(|error| StoreError::Unavailable { reason: format!("{error}") })?);
                }
                match page.last_evaluated_key {
                    Some(key) => from = Some(key),
                    None => break,
                }
            }
        }
        Ok(streams)
    }
}
