//! Answers questions.

mod clauses;
mod columns;
mod count;
mod error;
mod fetching;
mod loaded;
mod marks;
mod question;
mod suggestions;

use std::{
    collections::BTreeSet,
    io,
    sync::{Arc, OnceLock},
};

use tantivy::{
    DocAddress, DocSet, Index, ReloadPolicy, Searcher, TERMINATED, Term, query::EnableScoring,
    schema::IndexRecordOption,
};

use self::{
    clauses::{Clauses, Wording},
    count::{Count, Found},
    error::in_time,
    fetching::Fetched,
    loaded::Loaded,
    marks::Marks,
    question::Question,
};
use crate::{
    answer::Answer,
    cache::Cache,
    cursor::Cursor,
    deadline::{Deadline, Patient},
    directory::{ShelfDirectory, in_parallel},
    document::{Shown, ordinal},
    hit::Hit,
    manifest::Manifest,
    number::Number,
    query::{Order, Query},
    reading::{Reading, ReadingKind},
    schema::{Fields, SCHEMA, tokenizers},
    shelf::Shelf,
};

pub(crate) use columns::Columns;
pub use error::{AskError, OpenError};

/// An index that is open: answers any number of questions, several at once.
pub struct Reader {
    searcher: Searcher,
    directory: ShelfDirectory,
    cache: Arc<Cache>,
    generation: String,
    counter: u64,
    /// For each segment its columns, once they are open.
    opened: Vec<OnceLock<Arc<Columns>>>,
    loaded: OnceLock<Loaded>,
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
        let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
        Ok(Self {
            opened: searcher.segment_readers().iter().map(|_| OnceLock::new()).collect(),
            searcher,
            directory,
            cache: Arc::clone(cache),
            generation: manifest.generation.clone(),
            counter: manifest.counter,
            loaded: OnceLock::new(),
            fetched: Fetched::default(),
        })
    }

    /// The counter of its manifest.
    #[must_use]
    pub fn counter(&self) -> u64 {
        self.counter
    }

    /// Answers a question, however long it takes.
    ///
    /// # Errors
    /// The question is longer than anybody means it, or the index cannot be read: never a wrong answer.
    pub fn answer(&self, query: &Query) -> Result<Answer, AskError> {
        self.answer_before(&Patient, query)
    }

    /// Answers a question, as long as somebody waits. What is being fetched at that moment is waited for; of what is loaded, counted,
    /// guessed and marked, at most a segment of 250,000 documents lies between two looks at the clock.
    ///
    /// # Errors
    /// As of [`Reader::answer`]; or nobody waits any more: never half an answer.
    pub fn answer_before(&self, deadline: &dyn Deadline, query: &Query) -> Result<Answer, AskError> {
        if query.limit > Query::LARGEST {
            return Err(AskError::TooManyHits { most: Query::LARGEST });
        }
        in_time(deadline)?;
        let question = Question::of(&query.text)?;
        let wording = self.wording(&question)?;
        let (mut kind, mut found) = (wording.kind, self.count(query, &*wording.all(), wording.kind, deadline)?);
        if found.matched == 0 && wording.clauses.len() > 1 {
            let some = self.count(query, &*wording.some(), ReadingKind::SomeWords, deadline)?;
            if some.matched > 0 {
                (kind, found) = (ReadingKind::SomeWords, some);
            }
        }
        let lost = found.matched == 0 && kind != ReadingKind::Number;
        let did_you_mean = if lost { self.suggestions(&question, deadline)? } else { Vec::new() };
        let reading = Reading { kind, synonyms: wording.synonyms };
        self.told(query, found, (reading, did_you_mean), &wording.marks, deadline)
    }

    fn told(
        &self,
        query: &Query,
        mut found: Found,
        (reading, did_you_mean): (Reading, Vec<String>),
        marks: &Marks,
        deadline: &dyn Deadline,
    ) -> Result<Answer, AskError> {
        let more = found.best.len() > query.limit;
        found.best.truncate(query.limit);
        let last = found.best.last().filter(|_| more);
        let next = last.map(|(place, _)| Cursor {
            generation: self.generation.clone(),
            counter: self.counter,
            place: place.clone(),
        });
        let loaded = self.loaded(deadline)?;
        let hits = in_parallel(&found.best, |(place, address)| {
            in_time(deadline)?;
            self.hit(loaded, (&place.id, *address), query, marks)
        })?;
        let facets = found.facets(loaded, &query.filters);
        Ok(Answer { total: found.total, hits, facets, reading, did_you_mean, next, counter: self.counter })
    }

    fn wording(&self, question: &Question) -> Result<Wording, AskError> {
        let numbers = self.numbers(question)?;
        Clauses::default().word(question, numbers)
    }

    /// The numbers in the question that documents have: those of its first reading in which documents have any, for closed up `1 5号` is no
    /// number 1. Only what has digits is looked up.
    fn numbers(&self, question: &Question) -> Result<Vec<String>, AskError> {
        let field = Fields::get().number;
        let readings: Vec<Vec<String>> = question.numbers.iter().map(Number::candidates).collect();
        let all: BTreeSet<&String> = readings.iter().flatten().collect();
        let terms: Vec<Term> = all.iter().map(|number| Term::from_field_text(field, number)).collect();
        self.fetch_terms(terms.iter().map(|term| (term.clone(), IndexRecordOption::Basic)))?;
        let mut had: Vec<String> = Vec::new();
        for (number, term) in all.into_iter().zip(&terms) {
            if self.searcher.doc_freq(term)? > 0 {
                had.push(number.clone());
            }
        }
        let mut found = readings.iter().map(|reading| kept(&had, reading));
        Ok(found.find(|numbers| !numbers.is_empty()).unwrap_or_default())
    }

    fn count(
        &self,
        query: &Query,
        wanted: &dyn tantivy::query::Query,
        kind: ReadingKind,
        deadline: &dyn Deadline,
    ) -> Result<Found, AskError> {
        self.fetch(wanted)?;
        let count = Count {
            loaded: self.loaded(deadline)?,
            filters: &query.filters,
            on: query.in_force_on.map(ordinal),
            after: query.after.as_ref().map(|cursor| &cursor.place),
            ranked: query.order == Order::Relevance,
            scored: query.order == Order::Relevance && kind != ReadingKind::Everything,
            most: query.limit + 1,
            deadline,
        };
        count.run(&self.searcher, wanted)
    }

    /// Whether anything is found by `text`.
    fn finds(&self, text: &str, deadline: &dyn Deadline) -> Result<bool, AskError> {
        let wording = self.wording(&Question::of(text)?)?;
        let weight = wording.all().weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        for segment in self.searcher.segment_readers() {
            in_time(deadline)?;
            let mut docs = weight.scorer(segment, 1.0)?;
            while docs.doc() != TERMINATED {
                if segment.alive_bitset().is_none_or(|alive| alive.is_alive(docs.doc())) {
                    return Ok(true);
                }
                docs.advance();
            }
        }
        Ok(false)
    }

    fn hit(
        &self,
        loaded: &Loaded,
        (id, address): (&str, DocAddress),
        query: &Query,
        marks: &Marks,
    ) -> Result<Hit, AskError> {
        let shown = Shown::of(&self.searcher.doc(address)?, Fields::get());
        let columns = loaded.segments.get(address.segment_ord as usize).ok_or_else(gone)?;
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

/// Those of the numbers `had` that are in a reading.
fn kept(had: &[String], reading: &[String]) -> Vec<String> {
    had.iter().filter(|number| reading.contains(number)).cloned().collect()
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
