//! How far streams have come, without reading what they say.

use std::collections::BTreeMap;

use domain::StreamId;
use tokio::task::JoinSet;

use crate::{
    error::StoreError,
    item::{parsed, string, text},
    store::{Item, Ledger, store_error},
};

/// Items looked at by one request of a scan: about as many as its megabyte holds. Without it the local engine reads the rest of the table each time.
pub(crate) const SCANNED: i32 = 1_000;

impl Ledger {
    /// Number of a stream's last commit; 0 where there is no such stream.
    ///
    /// Reads consistently, one request; the chain is not checked.
    ///
    /// # Errors
    /// The store failed.
    pub async fn head(&self, stream: &StreamId) -> Result<u64, StoreError> {
        let page = self
            .dynamo()
            .query()
            .table_name(&self.config().ledger_table)
            .key_condition_expression("pk = :stream")
            .expression_attribute_values(":stream", text(stream.as_str()))
            .projection_expression("pk, sk")
            .consistent_read(true)
            .scan_index_forward(false)
            .limit(1)
            .send()
            .await
            .map_err(|error| store_error(&error))?;
        page.items().first().map_or(Ok(0), |item| parsed(item, "sk").map_err(unreadable))
    }

    /// The heads of all streams, by a consistent scan in `segments` parallel parts.
    ///
    /// A stream that grows meanwhile is told with a head it had during the scan. The chain is not checked.
    ///
    /// # Errors
    /// The store failed, or holds a key that is no stream.
    pub async fn heads(&self, segments: u32) -> Result<BTreeMap<StreamId, u64>, StoreError> {
        let mut parts = JoinSet::new();
        let segments = segments.max(1);
        for segment in 0..segments {
            let ledger = self.clone();
            parts.spawn(async move { ledger.heads_of(segment, segments).await });
        }
        let mut heads = BTreeMap::new();
        while let Some(part) = parts.join_next().await {
            let part = part.map_err(|error| unreadable(error.to_string()))?;
            heads.extend(part?);
        }
        Ok(heads)
    }

    async fn heads_of(&self, segment: u32, segments: u32) -> Result<BTreeMap<StreamId, u64>, StoreError> {
        let mut heads = BTreeMap::new();
        let mut from = None;
        loop {
            let page = self.scan_page(segment, segments, Some("pk, sk"), from.take()).await?;
            for item in page.items() {
                let stream = stream_of(item).map_err(unreadable)?;
                let number: u64 = parsed(item, "sk").map_err(unreadable)?;
                let head = heads.entry(stream).or_insert(number);
                *head = number.max(*head);
            }
            match page.last_evaluated_key {
                Some(key) => from = Some(key),
                None => return Ok(heads),
            }
        }
    }

    /// One page of a consistent parallel scan of the ledger table.
    pub(crate) async fn scan_page(
        &self,
        segment: u32,
        segments: u32,
        projection: Option<&str>,
        from: Option<Item>,
    ) -> Result<aws_sdk_dynamodb::operation::scan::ScanOutput, StoreError> {
        let part = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        self.dynamo()
            .scan()
            .table_name(&self.config().ledger_table)
            .segment(part(segment))
            .total_segments(part(segments))
            .consistent_read(true)
            .limit(SCANNED)
            .set_projection_expression(projection.map(str::to_owned))
            .set_exclusive_start_key(from)
            .send()
            .await
            .map_err(|error| store_error(&error))
    }
}

pub(crate) fn stream_of(item: &Item) -> Result<StreamId, String> {
    string(item, "pk")?.parse().map_err(|error| format!("{error}"))
}

fn unreadable(reason: String) -> StoreError {
    StoreError::Unavailable { reason }
}
