//! From ids to changes: rows first, read after the head of the index, then texts.

use std::collections::BTreeSet;

use domain::document::RelationKind;
use futures::{StreamExt, TryStreamExt, stream};
use ledger::{Ledger, LoadError, StoreError};
use search::Change;
use views::{
    Prefix, Read, Row, ViewError, Views,
    city::{DocumentPage, EntryRow, RelatedRow, slice},
};

use crate::{
    document::{Told, standing},
    force::Later,
    indexer::IndexerError,
};

/// Documents that are read at once.
const CONCURRENT: usize = 8;

/// What the rows and the texts tell of documents.
pub(crate) struct Gather<'a> {
    pub(crate) views: &'a Views,
    pub(crate) ledger: &'a Ledger,
    /// The prefix that pages are rendered from.
    pub(crate) prefix: &'a Prefix,
}

impl Gather<'_> {
    /// The changes that bring the index to where these documents are, and those that they change in turn.
    ///
    /// A document that amends or repeals another tells since when that one is in force no more: both are looked at.
    pub(crate) async fn changes(&self, documents: &BTreeSet<String>) -> Result<Vec<Change>, IndexerError> {
        let mut changes = Vec::new();
        let mut ids: Vec<String> = documents.iter().cloned().collect();
        let mut seen = documents.clone();
        for _ in 0..2 {
            let entries = self.views.entries(self.prefix, &ids).await?;
            let looked_at: Vec<(Change, Vec<String>)> = stream::iter(entries)
                .map(|(id, entry)| async move { self.change(id, entry).await })
                .buffer_unordered(CONCURRENT)
                .try_filter_map(|change| async { Ok(change) })
                .try_collect()
                .await?;
            ids.clear();
            for (change, changed) in looked_at {
                changes.push(change);
                ids.extend(changed.into_iter().filter(|id| seen.insert(id.clone())));
            }
            if ids.is_empty() {
                break;
            }
        }
        Ok(changes)
    }

    /// What becomes of one document, and which others it amends or repeals; none where it moves just now.
    async fn change(&self, id: String, entry: Row) -> Result<Option<(Change, Vec<String>)>, IndexerError> {
        let Some(line) = entry.content::<EntryRow>() else {
            return Ok(Some((Change::Remove { id, version: entry.version }, Vec::new())));
        };
        let Some(page) = self.page(&line.site, &line.path).await? else { return Ok(None) };
        let Some(told) = Told::of(&id, entry, page) else { return Ok(None) };
        let changing = self.changing(&id).await?;
        let body = self.text(&told.document().body).await?;
        let mut later = Vec::new();
        for (kind, row) in &changing {
            let Some(document) = standing(row) else { continue };
            later.extend(Later::of(*kind, &document, &self.text(&document.body).await?));
        }
        let changed = changed_by(told.document());
        let entry = told.entry(body, &changing, &later);
        Ok(Some((Change::from(entry), changed)))
    }

    /// The pages of documents that amend or repeal this one, in the order of their rows.
    async fn changing(&self, id: &str) -> Result<Vec<(RelationKind, Row)>, IndexerError> {
        let read = Read::Range { slice: slice::related(id), prefix: slice::RELATED_BY.to_owned() };
        let mut changing = Vec::new();
        for row in self.views.read(self.prefix, &read).await? {
            let Some(related) = row.content::<RelatedRow>().filter(|related| changes(related.kind)) else { continue };
            changing.extend(self.page(&related.site, &related.path).await?.map(|page| (related.kind, page)));
        }
        Ok(changing)
    }

    async fn page(&self, site: &str, path: &str) -> Result<Option<Row>, ViewError> {
        Ok(self.views.read(self.prefix, &Read::row(slice::pages(site), path)).await?.into_iter().next())
    }

    /// A text as a reader sees it; empty where the store has none, for what is erased is found by nothing, and where it is damaged: one text keeps no other from being found.
    async fn text(&self, hash: &str) -> Result<String, IndexerError> {
        let Ok(hash) = hash.to_owned().try_into() else { return Ok(String::new()) };
        let body = match self.ledger.body(&hash).await {
            Err(error @ StoreError::Damaged { .. }) => {
                tracing::error!(alarm = "index-text", %error, "a text is damaged; its document is found by the rest of it");
                None
            }
            body => body.map_err(LoadError::Store)?,
        };
        Ok(pages::plain_text(&String::from_utf8_lossy(&body.unwrap_or_default())))
    }
}

fn changes(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Amends | RelationKind::Repeals)
}

/// The documents that one amends or repeals.
fn changed_by(document: &DocumentPage) -> Vec<String> {
    document.related.iter().filter(|told| changes(told.kind)).map(|told| told.document.as_str().to_owned()).collect()
}
