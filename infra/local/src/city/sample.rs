//! The sample's files, read and checked.

use std::collections::BTreeMap;

use domain::calendar::NATIONAL;
use serde::Deserialize;
use serde_json::{Value, json};
use thiserror::Error;

use super::cases::CaseEntry;

/// A file of the sample is not as it should be: a mistake of its author.
#[derive(Debug, Error)]
#[error("the sample's `{file}`: {reason}")]
pub struct SampleError {
    /// The file.
    pub file: &'static str,
    /// What is wrong.
    pub reason: String,
}

/// Departments, sites and columns, as the API takes them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Bodies of `POST /departments`.
    pub departments: Vec<Value>,
    /// Bodies of `POST /sites`.
    pub sites: Vec<Value>,
    /// Columns, in the order of opening.
    pub columns: Vec<ColumnEntry>,
    /// What does not concern which department.
    pub declarations: Vec<Declaration>,
}

/// That a category of the regulation does not concern a department.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Code of the department.
    pub department: String,
    /// The category.
    pub category: String,
    /// Why.
    pub reason: String,
}

/// One column of the sample.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnEntry {
    /// `www.zwgk.tzgg`.
    pub column: String,
    /// Who answers for it.
    pub department: String,
    /// `notices` and the like.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What a reader finds in it.
    #[serde(default)]
    pub description: String,
    /// Place among its neighbours.
    pub position: u16,
    /// `plain`, `navigation`, `home` or `both`.
    #[serde(default = "plain")]
    pub prominence: String,
    /// How often it has to have something new, as the API takes it.
    #[serde(default)]
    pub update_duty: Option<Value>,
    /// Categories of the regulation that its documents are of.
    #[serde(default)]
    pub discloses: Vec<String>,
}

fn plain() -> String {
    "plain".to_owned()
}

impl ColumnEntry {
    /// The body of `POST /columns`.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = json!({
            "column": self.column,
            "department": self.department,
            "kind": self.kind,
            "profile": {
                "name": self.name,
                "description": self.description,
                "position": self.position,
                "prominence": self.prominence,
            },
        });
        if let Some(profile) = body.get_mut("profile").and_then(Value::as_object_mut) {
            if let Some(duty) = &self.update_duty {
                profile.insert("update_duty".to_owned(), duty.clone());
            }
            if !self.discloses.is_empty() {
                profile.insert("discloses".to_owned(), json!(self.discloses));
            }
        }
        body
    }
}

/// Documents of one sort: one text with blanks, and what fills them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Where they stand.
    pub column: String,
    /// Who answers for them.
    pub department: String,
    /// Title, with blanks.
    pub title: String,
    /// Body, with blanks.
    pub body: String,
    /// Summary, with blanks.
    #[serde(default)]
    pub summary: String,
    /// Document number, with blanks.
    #[serde(default)]
    pub number: Option<String>,
    /// Source, where it is not the department.
    #[serde(default)]
    pub source: String,
    /// Keywords.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// How the catalogue files them, as the API takes it.
    #[serde(default)]
    pub catalogue: Option<Value>,
    /// The documents.
    pub documents: Vec<Entry>,
}

/// One document of a series.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// Names it for good: last part of its path, and part of its idempotency keys.
    pub slug: String,
    /// Days before the city's present on which it became public.
    pub ago: u16,
    /// Hour of the city's clock.
    #[serde(default = "ten")]
    pub hour: u8,
    /// Where its way ends; public where not told.
    #[serde(default)]
    pub ends: Ending,
    /// What the reviewer sent it back for, the first time.
    #[serde(default)]
    pub returned: Option<String>,
    /// A correction.
    #[serde(default)]
    pub correct: Option<Correction>,
    /// The column it was moved to, a day later.
    #[serde(default)]
    pub moved: Option<String>,
    /// Why it was withdrawn, three days later.
    #[serde(default)]
    pub withdrawn: Option<String>,
    /// What it is beside a text, as the API takes it.
    #[serde(default)]
    pub form: Option<Value>,
    /// Files beside it or in it, by their names in the sample; its body names them as `/_files/<name>`.
    #[serde(default)]
    pub files: Vec<NamedFile>,
    /// What it is to documents of the sample: `interprets` and the like, each with `<column>/<slug>`.
    #[serde(default)]
    pub relations: BTreeMap<String, String>,
    /// What fills the blanks.
    #[serde(flatten)]
    pub blanks: BTreeMap<String, String>,
}

/// A file of the sample beside a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedFile {
    /// Its name.
    pub name: String,
    /// What readers know it by.
    pub title: String,
}

fn ten() -> u8 {
    10
}

/// Where a document's way ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// With its editor.
    Draft,
    /// With the reviewers.
    Submitted,
    /// Back with its editor.
    Returned,
    /// Waiting to be made public.
    Approved,
    /// Public.
    #[default]
    Public,
}

/// What was wrong at first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The public note.
    pub note: String,
    /// What the first text said.
    pub wrong: String,
    /// What it should have said: stands in the series' text.
    pub right: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CasesFile {
    cases: Vec<CaseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesFile {
    series: Vec<Series>,
}

/// The whole sample.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Departments, sites, columns.
    pub register: Register,
    /// The body of `POST /calendar`: the national arrangements, a fact like the year itself in a city that is none.
    pub calendar: Value,
    /// Documents.
    pub series: Vec<Series>,
    /// What citizens reported and asked for.
    pub cases: Vec<CaseEntry>,
}

const CASES: &str = include_str!("../../sample/cases.toml");

const REGISTER: &str = include_str!("../../sample/register.toml");

const SERIES: [(&str, &str); 7] = [
    ("www.toml", include_str!("../../sample/www.toml")),
    ("jyj.toml", include_str!("../../sample/jyj.toml")),
    ("wjw.toml", include_str!("../../sample/wjw.toml")),
    ("swj.toml", include_str!("../../sample/swj.toml")),
    ("jtj.toml", include_str!("../../sample/jtj.toml")),
    ("rsj.toml", include_str!("../../sample/rsj.toml")),
    ("zjj.toml", include_str!("../../sample/zjj.toml")),
];

/// The files of the sample, drawn and written for it.
pub const FILES: [(&str, &[u8]); 4] = [
    ("greenway.jpg", include_bytes!("../../sample/files/greenway.jpg")),
    ("wetland.jpg", include_bytes!("../../sample/files/wetland.jpg")),
    ("after-class.csv", include_bytes!("../../sample/files/after-class.csv")),
    ("enrolment.docx", include_bytes!("../../sample/files/enrolment.docx")),
];

impl Sample {
    /// Reads the files this binary carries.
    ///
    /// # Errors
    /// The first file that is not as it should be.
    pub fn read() -> Result<Self, SampleError> {
        let wrong = |file, error: toml::de::Error| SampleError { file, reason: error.to_string() };
        let register = toml::from_str(REGISTER).map_err(|error| wrong("register.toml", error))?;
        let mut series = Vec::new();
        for (file, text) in SERIES {
            let read: SeriesFile = toml::from_str(text).map_err(|error| wrong(file, error))?;
            series.extend(read.series);
        }
        let unreadable = |error: serde_json::Error| SampleError { file: "national.json", reason: error.to_string() };
        let calendar = serde_json::from_str(NATIONAL).map_err(unreadable)?;
        let CasesFile { cases } = toml::from_str(CASES).map_err(|error| wrong("cases.toml", error))?;
        Ok(Self { register, calendar, series, cases })
    }
}
