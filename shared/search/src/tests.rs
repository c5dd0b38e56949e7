//! An index on a shelf in memory: changes go in, answers come out.

mod changes;
mod columns;
mod cursors;
mod damage;
mod deadline;
mod facets;
mod first;
mod histories;
mod hostile;
mod measure;
mod recall;
mod relevance;

use std::{path::Path, sync::Arc};

use crate::*;

/// A city's index, and what a function would do around it.
pub(crate) struct City {
    pub(crate) shelf: Arc<MemoryShelf>,
    pub(crate) manifest: Manifest,
    pub(crate) cache: Arc<Cache>,
    attempts: u32,
}

impl City {
    pub(crate) fn new() -> Self {
        Self { shelf: Arc::default(), manifest: Manifest::empty("g1"), cache: Arc::default(), attempts: 0 }
    }

    pub(crate) fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut city = Self::new();
        city.build(entries);
        city
    }

    /// Builds and wins the swap.
    pub(crate) fn build<C: Into<Change>>(&mut self, changes: impl IntoIterator<Item = C>) -> Report {
        let (report, built) = self.attempt(changes.into_iter().map(Into::into).collect());
        if let Some(manifest) = built {
            self.manifest = serde_json::from_slice(&serde_json::to_vec(&manifest).unwrap()).unwrap();
        }
        report
    }

    /// Builds, puts the objects on the shelf, and loses the swap.
    pub(crate) fn lose(&mut self, changes: Vec<Change>) {
        self.attempt(changes);
    }

    fn attempt(&mut self, changes: Vec<Change>) -> (Report, Option<Manifest>) {
        self.attempts += 1;
        let folder = tempfile::tempdir().unwrap();
        let outcome = self.writer(folder.path(), &format!("a{}", self.attempts), changes).unwrap();
        let built = outcome.built.map(|built| {
            for (key, path) in built.objects {
                assert!(!self.shelf.keys().contains(&key), "{key} is overwritten");
                self.shelf.put(key, std::fs::read(path).unwrap());
            }
            built.manifest
        });
        (outcome.report, built)
    }

    pub(crate) fn writer(&self, folder: &Path, attempt: &str, changes: Vec<Change>) -> Result<Outcome, BuildError> {
        let shelf: Arc<dyn Shelf> = self.shelf.clone();
        Writer { manifest: &self.manifest, shelf: &shelf, cache: &self.cache, attempt, folder }.build(changes)
    }

    pub(crate) fn reader(&self) -> Reader {
        self.try_reader().unwrap()
    }

    pub(crate) fn try_reader(&self) -> Result<Reader, OpenError> {
        let shelf: Arc<dyn Shelf> = self.shelf.clone();
        Reader::open(&self.manifest, &shelf, &self.cache)
    }

    pub(crate) fn answer(&self, query: &Query) -> Answer {
        self.reader().answer(query).unwrap()
    }

    /// The ids that a text finds, the best first.
    pub(crate) fn ids(&self, text: &str) -> Vec<String> {
        let query = Query { limit: 100, ..Query::of(text) };
        self.answer(&query).hits.into_iter().map(|hit| hit.id).collect()
    }
}

/// A document of which only id, title and body matter.
pub(crate) fn entry(id: &str, title: &str, body: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        version: 1,
        stamp: format!("{id}{title}{body}"),
        site: "市政府".to_owned(),
        column: "通知公告".to_owned(),
        department: "市政府办公室".to_owned(),
        title: title.to_owned(),
        summary: String::new(),
        body: body.to_owned(),
        document_number: None,
        index_number: None,
        class: None,
        subject: None,
        genre: None,
        terms: Vec::new(),
        form: "article".to_owned(),
        day: Some("2024-05-01".parse().unwrap()),
        instant: 1_714_521_600_000,
        force: Force::default(),
    }
}
