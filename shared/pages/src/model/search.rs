//! The search over all public content of all sites: what was asked, what was found, and how to ask again.
//!
//! No `Debug` where something that a person typed is in it. Every address keeps all else that was asked, but the cursor: only
//! [`Results::next`] carries one.

use jiff::civil::Date;
use serde::Serialize;

use super::{ErrorNote, Hidden};

mod facet;
mod hit;

pub use facet::{Facet, FacetKind, FacetOption};
pub use hit::{HitValidity, InForceOn, Piece, Reason, SearchHit, ValidityNote};

/// The page of the search: the question, and what came of it.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchPage {
    /// What was asked for, as it was typed; empty asks for everything.
    pub text: String,
    /// Where the forms are sent: [`SearchPage::PATH`].
    pub action: String,
    /// What a new text keeps: filters, day and order; not the text, not the cursor.
    pub kept: Vec<Hidden>,
    /// The filters and the day, each with the address without it.
    pub chips: Vec<Chip>,
    /// The address without any of them; shown where there are several.
    pub without_chips: Option<String>,
    /// The same question on all sites; none where it is asked of all.
    pub all_sites: Option<String>,
    /// The same question on this site only; none where it is asked of this site only, and on the portal.
    pub this_site: Option<String>,
    /// The day on which documents are to be in force 在某日有效.
    pub day: DayQuestion,
    /// What came of it.
    pub outcome: Outcome,
}

impl SearchPage {
    /// Where the search stands on every site.
    pub const PATH: &'static str = "/search";
    /// Where its JSON stands on every site.
    pub const DATA_PATH: &'static str = "/api/query/documents";
    /// Where its description for browsers stands on every site ([`description`](crate::search::description)).
    pub const DESCRIPTION_PATH: &'static str = "/search.xml";
    /// The parameter that holds the text, and the id of its field: an [`ErrorNote`] of it names it.
    pub const TEXT: &'static str = "q";
    /// The parameter that holds the day, and the id of its field.
    pub const DAY: &'static str = "on";
    /// The parameter that holds the order.
    pub const ORDER: &'static str = "order";
    /// The parameter that holds the cursor.
    pub const AFTER: &'static str = "after";
}

/// A filter that is set.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Chip {
    /// What it filters by: [`FacetKind::title`], or [`DayQuestion::TITLE`].
    pub label: String,
    /// By which value, in words.
    pub value: String,
    /// The address without it.
    pub url: String,
}

/// The question for documents in force on a day, in a form of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct DayQuestion {
    /// The day as it was typed; empty where none was.
    pub typed: String,
    /// The day that the answer is about; none where none was asked for or what was typed is none.
    pub day: Option<Date>,
    /// What it keeps: the text, filters and order.
    pub kept: Vec<Hidden>,
}

impl DayQuestion {
    /// Its label, also on its chip.
    pub const TITLE: &'static str = "在某日有效";
}

/// What came of a question.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An answer, perhaps without hits.
    Found(Box<Results>),
    /// The question cannot be read: too long, no day, a cursor of nobody's. The fields keep what was typed.
    Refused(Vec<ErrorNote>),
    /// The index cannot be read just now (status 503).
    Unavailable,
}

/// What was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Results {
    /// How many there are on all pages.
    pub total: u64,
    /// Which of them the first hit here is, from 1; none where that is not known.
    pub first: Option<u64>,
    /// How the text was read.
    pub reading: Reading,
    /// Other texts that find more 您是不是要找.
    pub did_you_mean: Vec<super::Link>,
    /// The orders there are, as links, one of them chosen.
    pub orders: Vec<Choice>,
    /// Counts by facet, in the order of the page; empty ones may be left out.
    pub facets: Vec<Facet>,
    /// The hits of this page, in order.
    pub hits: Vec<SearchHit>,
    /// The next page; none on the last.
    pub next: Option<String>,
    /// The first page; none on it.
    pub first_page: Option<String>,
    /// The catalogue of government information of this site, for those who found nothing.
    pub catalogue: Option<super::Link>,
}

/// How a text was read.
#[derive(Clone, PartialEq, Eq)]
pub struct Reading {
    /// What hits had to have.
    pub wanted: Wanted,
    /// Synonyms that were searched for, too.
    pub synonyms: Vec<String>,
}

/// What hits had to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All words.
    AllWords,
    /// Some words: nothing has all.
    SomeWords,
    /// A document number or an index number.
    Number,
    /// Nothing: no text was asked for.
    Everything,
}

/// One of a few that exclude each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its name: `相关度`.
    pub name: String,
    /// The address that chooses it.
    pub url: String,
    /// Whether it is chosen.
    pub chosen: bool,
}
