//! Answers questions.

mod clauses;
mod columns;
mod count;
mod error;
mod fetching;
mod marks;
mod question;
mod suggestions;

use std::{
    io,
    sync::{Arc, OnceLock},
};

use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, Term, schema::IndexRecordOption};

use self::{
    clauses::{Clauses, Wording},
    columns::Columns,
    count::{Count, Found},
    fetching::Fetched,
    marks::Marks,
    question::Question,
};
use crate::{
    answer::Answer,
    cache::Cache,
    cursor::Cursor,
    directory::{ShelfDirectory, in_parallel},
    document::{Shown, ordinal},
    hit::Hit,
    manifest::Manifest,
    query::{Order, Query},
    reading::{Reading, ReadingKind},
    schema::{Fields, SCHEMA, tokenizers},
    shelf::Shelf,
};

pub use error::{AskError, OpenError};

/// An index that is open: answers any number of questions, several at once.
pub struct Reader {
    searcher: Searcher,
    directory: ShelfDirectory,
    generation: String,
    counter: u64,
    /// Of each segment, as the searcher counts them.
    columns: OnceLock<Vec<Arc<Columns>>>,
    fetched: Fetched,
}

impl Reader {
    /// Opens the index of a manifest. Reads the ends of its files only.
    ///
    /// # Errors
    /// The index is of another schema, or an object is missing or not what the manifest says.
    pub fn open(manifest: &Manifest, shelf: &Arc<dyn Shelf>, cache: &Arc<Cache>) -> Result<Self, OpenError> {
        if manifest.schema != SCHEMA {
            return Err(OpenError::OtherSchema { found: manifest.schema, wanted: SCHEMA });
        }
        let directory = ShelfDirectory::new(manifest, shelf, cache)?;
        directory.fetch_ends()?;
        let mut index = Index::open(directory.clone())?;
        index.set_tokenizers(tokenizers());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (searcher, counter, generation) = (reader.searcher(), manifest.counter, manifest.generation.clone());
        Ok(Self { searcher, directory, generation, counter, columns: OnceLock::new(), fetched: Fetched::default() })
    }

    /// The counter of its manifest.
    #[must_use]
    pub fn counter(&self) -> u64 {
        self.counter
    }

    /// Answers a question.
    ///
    /// # Errors
    /// The question is longer than anybody means it, or the index cannot be read: never a wrong answer.
    pub fn answer(&self, query: &Query) -> Result<Answer, AskError> {
        if query.limit > Query::LARGEST {
            return Err(AskError::TooManyHits { most: Query::LARGEST });
        }
        let question = Question::of(&query.text)?;
        let wording = self.wording(&question)?;
        let (mut kind, mut found) = (wording.kind, self.count(query, &*wording.all(), wording.kind)?);
        if found.matched == 0 && wording.clauses.len() > 1 {
            let some = self.count(query, &*wording.some(), ReadingKind::SomeWords)?;
            if some.matched > 0 {
                (kind, found) = (ReadingKind::SomeWords, some);
            }
        }
        let lost = found.matched == 0 && kind != ReadingKind::Number;
        let did_you_mean = if lost { self.suggestions(&question)? } else { Vec::new() };
        self.told(query, found, Reading { kind, synonyms: wording.synonyms }, &wording.marks, did_you_mean)
    }

    fn told(
        &self,
        query: &Query,
        mut found: Found,
        reading: Reading,
        marks: &Marks,
        did_you_mean: Vec<String>,
    ) -> Result<Answer, AskError> {
        let more = found.best.len() > query.limit;
        found.best.truncate(query.limit);
        let last = found.best.last().filter(|_| more);
        let next = last.map(|(place, _)| Cursor {
            generation: self.generation.clone(),
            counter: self.counter,
            place: place.clone(),
        });
        let hits = in_parallel(&found.best, |(place, address)| self.hit(&place.id, *address, query, marks))?;
        let facets = found.facets(&query.filters);
        Ok(Answer { total: found.total, hits, facets, reading, did_you_mean, next, counter: self.counter })
    }

    fn wording(&self, question: &Question) -> Result<Wording, AskError> {
        let numbers = self.numbers(question)?;
        Clauses::default().word(question, numbers)
    }

    /// The numbers in the question that documents have. Only what has digits is looked up.
    fn numbers(&self, question: &Question) -> Result<Vec<String>, AskError> {
        let field = Fields::get().number;
        let terms = question.number.candidates().into_iter().map(|number| Term::from_field_text(field, &number));
        let terms: Vec<Term> = terms.collect();
        self.fetch_terms(terms.iter().map(|term| (term.clone(), IndexRecordOption::Basic)))?;
        let mut numbers = Vec::new();
        for term in terms {
            if self.searcher.doc_freq(&term)? > 0 {
                numbers.extend(term.value().as_str().map(str::to_owned));
            }
        }
        Ok(numbers)
    }

    fn count(&self, query: &Query, wanted: &dyn tantivy::query::Query, kind: ReadingKind) -> Result<Found, AskError> {
        self.fetch(wanted)?;
        let count = Count {
            columns: self.columns()?,
            filters: &query.filters,
            on: query.in_force_on.map(ordinal),
            after: query.after.as_ref().map(|cursor| &cursor.place),
            ranked: query.order == Order::Relevance,
            scored: query.order == Order::Relevance && kind != ReadingKind::Everything,
            most: query.limit + 1,
        };
        Ok(self.searcher.search(wanted, &count)??)
    }

    /// Whether anything is found by `text`.
    fn finds(&self, text: &str) -> Result<bool, AskError> {
        let wording = self.wording(&Question::of(text)?)?;
        Ok(self.searcher.search(&*wording.all(), &tantivy::collector::Count)? > 0)
    }

    fn columns(&self) -> Result<&[Arc<Columns>], AskError> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        self.directory.fetch_columns()?;
        let columns = in_parallel(self.searcher.segment_readers(), |segment| Columns::open(segment).map(Arc::new))?;
        Ok(self.columns.get_or_init(|| columns))
    }

    fn hit(&self, id: &str, address: DocAddress, query: &Query, marks: &Marks) -> Result<Hit, AskError> {
        let shown = Shown::of(&self.searcher.doc(address)?, Fields::get());
        let columns = self.columns()?.get(address.segment_ord as usize).ok_or_else(gone)?;
        let version = columns.version(address.doc_id).ok_or_else(gone)?;
        Ok(Hit {
            id: id.to_owned(),
            version,
            title: marks.title(&shown.title),
            snippet: marks.snippet(&shown.summary, &shown.body),
            force: columns.force(address.doc_id),
            in_force: query.in_force_on.map(|day| columns.in_force(address.doc_id, ordinal(day))),
        })
    }
}

/// The index found a document and does not have it.
fn gone() -> AskError {
    AskError::from(io::Error::from(io::ErrorKind::InvalidData))
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reader").field("counter", &self.counter).finish_non_exhaustive()
    }
}
