//! What programs are told.

use std::collections::BTreeMap;

use domain::document::OriginalDate;
use jiff::{Timestamp, civil::Date};
use search::{Facet, Known, Marked, ReadingKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::{Found, Shown},
    asked::Asked,
    state::QueryState,
};

/// Where programs ask for documents.
pub(super) const PATH: &str = "/api/query/documents";

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentList {
    /// How many there are on all pages.
    total: u64,
    /// This page of them; a hit that was withdrawn a moment ago is left out.
    hits: Vec<DocumentHit>,
    /// For each facet its values and how many documents have them, the filters of the other facets considered.
    facets: BTreeMap<&'static str, Vec<FacetCount>>,
    /// How the text was read.
    reading: ReadingView,
    /// Other texts that may have been meant, where nothing was found.
    did_you_mean: Vec<String>,
    /// Address of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// The index that answered.
    index: IndexView,
}

/// A document that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentHit {
    /// Its id.
    id: String,
    /// Its address.
    url: String,
    /// Its title.
    title: String,
    /// Its title in pieces.
    title_pieces: Vec<PieceView>,
    /// A part of its text around what was searched for, in pieces; may be empty.
    snippet: Vec<PieceView>,
    /// The site it stands on.
    site: NamedCode,
    /// The department that answers for it.
    department: NamedCode,
    /// 发文字号.
    #[serde(skip_serializing_if = "Option::is_none")]
    document_number: Option<String>,
    /// 索引号; empty where an older system gave none.
    index_number: String,
    /// The day it goes by (city's calendar); absent where nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Date>,
    /// Public since.
    #[schema(value_type = String, format = DateTime)]
    public_at: Timestamp,
    /// What it is beside a text: `article`, `question`, `leader`, `link`, `file`, `pictures`, `film`.
    form: &'static str,
    /// 有效性: `in_force`, `amended`, `repealed`, `expired`, `unknown`.
    validity: &'static str,
    /// The first day on which it was in force; absent where nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    in_force_from: Option<Date>,
    /// The first day on which it was in force no more, or with these words no more; absent where nobody knows, or it is still.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    in_force_until: Option<Date>,
    /// The document that repealed or amended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_by: Option<ChangedBy>,
    /// Whether it was in force on the day asked for: `yes` or `unknown`; what was not is no hit. Absent where no day was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_day: Option<&'static str>,
}

/// A code and what it is called.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedCode {
    /// The code.
    code: String,
    /// What it is called.
    name: String,
}

/// A document that changed another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedBy {
    /// Its title.
    title: String,
    /// Its address.
    url: String,
}

/// Text that was searched for, or not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PieceView {
    /// The text.
    text: String,
    /// Whether it was searched for.
    marked: bool,
}

/// A value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCount {
    /// The value, as filters take it.
    value: String,
    /// What it is called.
    name: String,
    /// How many documents have it.
    count: u64,
}

/// How the text was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadingView {
    /// What hits had to have: `everything`, `all_words`, `some_words` (nothing has all), `number`.
    wanted: &'static str,
    /// Words that were searched for, too.
    synonyms: Vec<String>,
}

/// Which index answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndexView {
    /// Its generation.
    generation: u64,
    /// How often it changed: it only grows within a generation.
    counter: u64,
}

impl DocumentList {
    /// An answer for programs.
    pub(super) fn of(state: &QueryState, asked: &Asked, found: &Found) -> Self {
        let answer = &found.answer;
        Self {
            total: answer.total,
            hits: found.shown.iter().map(|shown| DocumentHit::of(state, found, shown)).collect(),
            facets: answer.facets.iter().map(|(facet, values)| (facet.name(), counts(found, *facet, values))).collect(),
            reading: ReadingView {
                wanted: match answer.reading.kind {
                    ReadingKind::Everything => "everything",
                    ReadingKind::AllWords => "all_words",
                    ReadingKind::SomeWords => "some_words",
                    ReadingKind::Number => "number",
                },
                synonyms: answer.reading.others(),
            },
            did_you_mean: answer.did_you_mean.clone(),
            next: answer.next.as_ref().map(|next| asked.behind(next, None).url(PATH)),
            index: IndexView { generation: found.generation, counter: answer.counter },
        }
    }
}

impl DocumentHit {
    fn of(state: &QueryState, found: &Found, shown: &Shown) -> Self {
        let (line, force) = (&shown.line, shown.force);
        let url = |site: &str, path: &str| format!("{}{path}", state.addresses.host(site));
        Self {
            id: shown.id.clone(),
            url: url(&line.site, &line.path),
            title: line.title.clone(),
            title_pieces: pieces(&shown.title),
            snippet: pieces(&shown.snippet),
            site: NamedCode { code: line.site.clone(), name: found.names.site(&line.site).to_owned() },
            department: NamedCode {
                code: line.department.clone(),
                name: found.names.department(&line.department).to_owned(),
            },
            document_number: line.document_number.clone(),
            index_number: line.index_number.clone(),
            day: OriginalDate::day_of(line.dated, line.public_at),
            public_at: line.public_at,
            form: line.form.name(),
            validity: force.validity.name(),
            in_force_from: force.from,
            in_force_until: force.until,
            changed_by: shown
                .changed_by
                .as_ref()
                .map(|other| ChangedBy { title: other.title.clone(), url: url(&other.site, &other.path) }),
            on_day: shown.on_day.map(|known| match known {
                Known::Yes => "yes",
                Known::No | Known::Unknown => "unknown",
            }),
        }
    }
}

fn counts(found: &Found, facet: Facet, values: &[(String, u64)]) -> Vec<FacetCount> {
    let count = |(value, count): &(String, u64)| FacetCount {
        value: value.clone(),
        name: found.names.value(facet, value),
        count: *count,
    };
    values.iter().map(count).collect()
}

fn pieces(marked: &Marked) -> Vec<PieceView> {
    marked.0.iter().map(|piece| PieceView { text: piece.text.clone(), marked: piece.marked }).collect()
}
