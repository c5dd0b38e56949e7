//! Reading a stream whole.

use domain::{Aggregate, StreamId};

use crate::{
    chain::Chain,
    codec::fold,
    commit::Commit,
    error::LoadError,
    item::text,
    store::{Ledger, store_error},
};

impl Ledger {
    /// Every commit of a stream, from 1, checked link by link; empty where there is no such stream.
    ///
    /// Reads consistently, one request per page of 1 MB.
    ///
    /// # Errors
    /// The store failed, or the stream has a gap, a bad hash or bytes that are no commit.
    pub async fn load(&self, stream: &StreamId) -> Result<Vec<Commit>, LoadError> {
        let mut chain = Chain::new(stream.clone());
        let mut commits = Vec::new();
        let mut from = None;
        loop {
            let page = self
                .dynamo()
                .query()
                .table_name(&self.config().ledger_table)
                .key_condition_expression("pk = :stream")
                .expression_attribute_values(":stream", text(stream.as_str()))
                .consistent_read(true)
                .set_exclusive_start_key(from.take())
                .send()
                .await
                .map_err(|error| store_error(&error))?;
            for item in page.items() {
                commits.push(chain.take(item)?);
            }
            match page.last_evaluated_key {
                Some(key) => from = Some(key),
                None => return Ok(commits),
            }
        }
    }

    /// A stream's state, its version (0: no such stream) and its commits.
    ///
    /// # Errors
    /// As [`Ledger::load`], or an event this code cannot read.
    pub async fn read<A: Aggregate>(&self, stream: &StreamId) -> Result<(A, u64, Vec<Commit>), LoadError> {
        let commits = self.load(stream).await?;
        let state = fold(&commits)?;
        let version = commits.last().map_or(0, |commit| commit.number);
        Ok((state, version, commits))
    }
}
