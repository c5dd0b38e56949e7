//! How often each operation was asked, and what it moved.

use std::collections::BTreeMap;

/// A snapshot of the requests of both endpoints, by operation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counters {
    operations: BTreeMap<String, OperationCount>,
}

/// Requests of one operation; failed ones count too.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OperationCount {
    /// Requests that arrived.
    pub requests: u64,
    /// Bytes of their bodies.
    pub request_bytes: u64,
    /// Bytes of the replies' bodies.
    pub response_bytes: u64,
    /// Consumed capacity units (DynamoDB), read or write as the operation is.
    pub capacity_units: f64,
}

impl Counters {
    /// The count of one operation, named as on AWS; zeros when never asked.
    #[must_use]
    pub fn of(&self, operation: &str) -> OperationCount {
        self.operations.get(operation).copied().unwrap_or_default()
    }

    /// Every operation that was asked, with its number of requests, by name.
    ///
    /// Made for assertions such as `[("PutItem", 1), ("Query", 1)]`.
    #[must_use]
    pub fn requests(&self) -> Vec<(&str, u64)> {
        self.operations.iter().map(|(operation, count)| (operation.as_str(), count.requests)).collect()
    }

    pub(super) fn record(&mut self, operation: &str, sent: usize, returned: usize, units: f64) {
        let count = match self.operations.get_mut(operation) {
            Some(count) => count,
            None => self.operations.entry(operation.to_owned()).or_default(),
        };
        count.requests += 1;
        count.request_bytes += sent as u64;
        count.response_bytes += returned as u64;
        count.capacity_units += units;
    }
}
