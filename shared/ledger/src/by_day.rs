//! Which streams changed on a day: for repair, audit and enumeration.

use std::collections::BTreeMap;

use domain::StreamId;
use jiff::civil::Date;

use crate::{
    error::StoreError,
    heads::stream_of,
    item::{DAY_SHARDS, day_key, parsed, text},
    store::{Ledger, store_error},
};

impl Ledger {
    /// The streams with a commit on a UTC day, each with the number of its last commit of that day.
    ///
    /// An index answers, so a commit of the last moments may be missing: callers look again later (PROTOCOLS, "Repair").
    ///
    /// # Errors
    /// The store failed, or the index names something that is no stream.
    pub async fn streams_on(&self, day: Date) -> Result<BTreeMap<StreamId, u64>, StoreError> {
        let mut streams = BTreeMap::new();
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
                    let read = stream_of(item).and_then(|stream| Ok((stream, parsed::<u64>(item, "sk")?)));
                    let (stream, number) = read.map_err(|reason| StoreError::Unavailable { reason })?;
                    let last = streams.entry(stream).or_insert(number);
                    *last = number.max(*last);
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
