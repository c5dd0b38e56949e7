//! From a line of a collection to what the API is sent.

use data_encoding::HEXLOWER;
use domain::{document::DocumentNumber, text::is_forbidden};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use crate::{
    clean::Notes,
    map::{Fields, Mapping},
    value::Value,
};

/// A line that became a document, or why not.
pub type Row = Result<Record, Reject>;

/// One row, as the API takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its line in the collection, from 1.
    pub line: usize,
    /// What names it in the collection.
    pub key: String,
    /// The body of `POST /migrations`.
    pub body: Json,
    /// What versions of one text have in common; none where it is no version.
    pub text: Option<String>,
    /// The day it goes by: `2019-01-30`.
    pub day: Option<String>,
    /// What a reader of the report should know: characters or pictures left out.
    pub notes: Vec<&'static str>,
}

/// A line that is not brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Its line in the collection, from 1.
    pub line: usize,
    /// What names it, if that is known.
    pub key: Option<String>,
    /// Why: a sentence.
    pub reason: String,
}

/// Reads line number `line` of a collection.
///
/// # Errors
/// It is no JSON object, or has no key, no title or no text; or a field that the domain cannot hold.
pub fn read(mapping: &Mapping, line: usize, text: &str) -> Row {
    let refused = |key: Option<&str>, reason: String| Reject { line, key: key.map(str::to_owned), reason };
    let row: Json = serde_json::from_str(text).map_err(|error| refused(None, format!("it is not JSON: {error}")))?;
    if !row.is_object() {
        return Err(refused(None, "it is JSON, but no object".to_owned()));
    }
    let key = mapping.source.key.one(&row).ok_or_else(|| refused(None, "it has no key".to_owned()))?;
    let refused = |reason: &str| refused(Some(&key), reason.to_owned());
    let fields = &mapping.document;
    let mut notes = Notes::default();
    let title = fields.title.one(&row).ok_or_else(|| refused("it has no title"))?;
    let html = fields.body.read(&row, &mut notes).ok_or_else(|| refused("it has no text"))?;
    let number = told(&fields.document_number, &row);
    if let Some(number) = &number {
        DocumentNumber::try_from(number.clone()).map_err(|error| refused(&format!("its document number {error}")))?;
    }
    let (date, day) = date(fields, &row);
    let content = json!({
        "title": line_of(&title),
        "body_html": html,
        "summary": told(&fields.summary, &row).unwrap_or_default(),
        "document_number": number,
        "written_on": told(&fields.written_on, &row),
        "source": fields.from.as_ref().map_or_else(|| Some(mapping.source.name.clone()), |rule| rule.one(&row)).unwrap_or_default(),
        "keywords": all(&fields.keywords, &row),
    });
    let origin = json!({
        "system": mapping.source.system,
        "name": mapping.source.name,
        "key": key,
        "evidence": HEXLOWER.encode(&Sha256::digest(text.as_bytes())),
        "date": date,
        "url": told(&fields.url, &row),
        "issuer": told(&fields.issuer, &row),
        "subject": told(&fields.subject, &row),
        "validity": told(&fields.validity, &row),
        "history": all(&fields.history, &row),
    });
    let body = json!({
        "column": mapping.target.column,
        "department": mapping.target.department,
        "slug": told(&fields.slug, &row),
        "index_number": told(&fields.index_number, &row),
        "content": known(content),
        "origin": known(origin),
    });
    let chain = mapping.chain.as_ref();
    Ok(Record {
        line,
        text: chain.and_then(|chain| chain.by.one(&row)),
        key,
        body: known(body),
        day,
        notes: notes.0.into_iter().collect(),
    })
}

/// The day it goes by, as the API takes it, and by itself.
fn date(fields: &Fields, row: &Json) -> (Json, Option<String>) {
    for (kind, rule) in [("published", &fields.published_on), ("version", &fields.version_on)] {
        if let Some(day) = told(rule, row) {
            return (json!({ "kind": kind, "day": day }), Some(day));
        }
    }
    (json!({ "kind": "unknown" }), None)
}

fn told(rule: &Option<Value>, row: &Json) -> Option<String> {
    rule.as_ref().and_then(|rule| rule.one(row)).map(|text| line_of(&text))
}

fn all(rule: &Option<Value>, row: &Json) -> Vec<String> {
    let all = rule.as_ref().map(|rule| rule.all(row)).unwrap_or_default();
    all.iter().map(|text| line_of(text)).filter(|text| !text.is_empty()).collect()
}

/// A text in one line, without characters that hide.
fn line_of(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_forbidden(*c) || c.is_whitespace());
    let spaced: String = visible.map(|c| if c == '\u{3000}' || !c.is_whitespace() { c } else { ' ' }).collect();
    spaced.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Without members that say nothing: what is unknown is absent.
fn known(value: Json) -> Json {
    let Json::Object(members) = value else { return value };
    let says = |value: &Json| !(value.is_null() || value.as_array().is_some_and(Vec::is_empty));
    Json::Object(members.into_iter().filter(|(_, value)| says(value)).collect::<Map<_, _>>())
}
