//! What a search reads of the views, and what its index is left.

use std::collections::{BTreeSet, HashMap};

use super::{Prefix, Swap, ViewError, Views, left, parse, revised, text};
use crate::{
    city::slice,
    row::{Row, RowKey},
    searched::{IndexRegistry, Pending},
};

/// Partition of the registry of index generations: they belong to no prefix, for an index outlives them all.
const GENERATIONS: &str = "index";

/// Rows that one request reads.
const READ: usize = 100;

fn pending(generation: u64) -> String {
    format!("index|{generation}")
}

impl Views {
    /// The generations of the search index, consistently; those of a new city are none.
    ///
    /// # Errors
    /// The store failed.
    pub async fn index_registry(&self) -> Result<IndexRegistry, ViewError> {
        let item = self.get(GENERATIONS, "-").await?;
        item.map_or_else(|| Ok(IndexRegistry::default()), |item| parse(text(&item, "body")?, GENERATIONS))
    }

    /// Replaces that registry if it is still at the revision before `next`'s; tells whether it did.
    ///
    /// # Errors
    /// The store failed.
    pub async fn swap_index_registry(&self, next: &IndexRegistry) -> Result<bool, ViewError> {
        let (item, condition, before) = revised(GENERATIONS, next.revision, next)?;
        Ok(self.put_if(item, condition, &[(":v", before)]).await? == Swap::Done)
    }

    /// Leaves these documents to every generation of the index that is fed.
    ///
    /// INVARIANT: called after the documents' rows are written. Which generations are fed is read after that, so that one which begins meanwhile either is
    /// told or finds the rows when it walks over all documents.
    ///
    /// # Errors
    /// The store failed.
    pub async fn leave_to_the_index(&self, documents: &BTreeSet<String>) -> Result<(), ViewError> {
        if documents.is_empty() {
            return Ok(());
        }
        let registry = self.index_registry().await?;
        let mut items = Vec::new();
        for generation in registry.fed() {
            for document in documents {
                let row = Pending { document: document.clone(), token: left::fresh_token() };
                items.push(left::left(&pending(generation.number), document, &row.token, &row)?);
            }
        }
        self.put_all(items.into_iter()).await
    }

    /// At most `limit` documents that a generation has to look at.
    ///
    /// # Errors
    /// The store failed.
    pub async fn pending(&self, generation: u64, limit: i32) -> Result<Vec<Pending>, ViewError> {
        self.left_rows(&pending(generation), limit).await
    }

    /// Deletes a pending row if its document was not left anew.
    ///
    /// # Errors
    /// The store failed.
    pub async fn clear_pending(&self, generation: u64, row: &Pending) -> Result<(), ViewError> {
        self.delete_if_token(&pending(generation), &row.document, &row.token).await.map(drop)
    }

    /// The entries of these documents, consistently, tombstones included; a document that never was public has none.
    ///
    /// # Errors
    /// The store failed.
    pub async fn entries(&self, prefix: &Prefix, documents: &[String]) -> Result<HashMap<String, Row>, ViewError> {
        let mut found = HashMap::with_capacity(documents.len());
        let mut documents: Vec<&String> = documents.iter().collect();
        documents.sort_unstable();
        documents.dedup();
        for chunk in documents.chunks(READ) {
            let rows: Vec<RowKey> = chunk.iter().map(|id| RowKey::new(slice::document(id), slice::ENTRY)).collect();
            for row in self.rows_at(prefix, &rows).await? {
                if let Some(id) = row.at.slice.strip_prefix(slice::DOCUMENT) {
                    found.insert(id.to_owned(), row);
                }
            }
        }
        Ok(found)
    }

    /// At most `limit` documents that stand on a site or stood there, after the key `after`: the key and the document of each.
    ///
    /// # Errors
    /// The store failed.
    pub async fn documents_of(
        &self,
        prefix: &Prefix,
        site: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, String)>, ViewError> {
        let rows = self.range_after(prefix, &slice::published(site), "", after, limit).await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let document = row.at.key.rsplit('/').next()?.to_owned();
                Some((row.at.key, document))
            })
            .collect())
    }

    /// At most a hundred rows by their keys, consistently; those that are not there are not in the answer.
    async fn rows_at(&self, prefix: &Prefix, keys: &[RowKey]) -> Result<Vec<Row>, ViewError> {
        let wanted = keys.iter().map(|at| (prefix.pk(&at.slice), at.key.clone())).collect();
        let mut rows = Vec::new();
        for item in self.items_at(wanted).await? {
            let pk = text(&item, "pk")?;
            let slice = pk.split_once('|').map_or(pk, |(_, slice)| slice).to_owned();
            rows.push(Self::row(&slice, &item)?);
        }
        Ok(rows)
    }
}
