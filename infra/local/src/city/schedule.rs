//! The sample's acts in the order of their instants.

use std::collections::BTreeMap;

use domain::{CommitId, DocumentId, shanghai, staff::Role};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde_json::{Value, json};

use super::{
    act::{Act, Step},
    letters::{Letter, Writer},
    sample::{Declaration, Ending, Entry, Sample, SampleError, Series},
};
use crate::serve::staff::{OFFICE, Person};

/// How far back the city's simulated past begins.
pub const DAYS: i64 = 90;

/// Lays every act of the sample into the ninety days before `present`.
///
/// `files` says how the API named each file of the sample. Depends on nothing but its arguments: a second run makes the same requests under the same keys.
///
/// # Errors
/// A text of the sample has a blank that nothing fills, or names a file that is none.
pub fn acts(sample: &Sample, files: &BTreeMap<&str, String>, present: Timestamp) -> Result<Vec<Act>, SampleError> {
    let founding = present - SignedDuration::from_hours(24 * (DAYS + 3));
    let mut acts = register(sample, founding);
    let writer = Writer::default();
    for series in &sample.series {
        for entry in &series.documents {
            let mut letter = writer.write(series, entry, day(present, entry))?;
            letter.relations = relations(sample, entry)?;
            attach(&mut letter, entry, files)?;
            acts.extend(document(letter, series, entry, present)?);
        }
    }
    // Stable: acts of one instant stay in their order.
    acts.sort_by_key(|act| act.at);
    Ok(acts)
}

fn register(sample: &Sample, founding: Timestamp) -> Vec<Act> {
    let register = &sample.register;
    let name = |body: &Value, field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let departments = register.departments.iter().map(|body| (name(body, "code"), "departments", body.clone()));
    let sites = register.sites.iter().map(|body| (name(body, "label"), "sites", body.clone()));
    let columns = register.columns.iter().map(|entry| (entry.column.clone(), "columns", entry.body()));
    let all = departments.chain(sites).chain(columns);
    let registered = all
        .map(|(name, collection, body)| (format!("sample-{collection}-{name}"), Step::Register { collection, body }));
    let declared = declarations(&register.declarations);
    let staff = register.departments.iter().flat_map(|body| staff(&name(body, "code")));
    let calendar = ("sample-calendar".to_owned(), Step::Adopt { body: sample.calendar.clone() });
    registered
        .chain(declared)
        .chain([calendar])
        .chain(staff)
        .zip(0_i64..)
        .map(|((key, step), number)| Act {
            at: founding + SignedDuration::from_secs(60 * number),
            key,
            department: OFFICE.to_owned(),
            step,
        })
        .collect()
}

/// What each department declares, one commit after the other: the first is the one that registered it.
fn declarations(entries: &[Declaration]) -> impl Iterator<Item = (String, Step)> {
    entries.iter().enumerate().map(|(at, Declaration { department, category, reason })| {
        let before = entries.iter().take(at).filter(|other| other.department == *department).count();
        let version = u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1);
        let body = json!({ "category": category, "reason": reason });
        let step = Step::Declare { department: department.clone(), version, body };
        (format!("sample-declare-{department}-{category}"), step)
    })
}

/// Whoever writes, reviews and publishes for a department and answers its cases, under the keys that every local start uses.
fn staff(department: &str) -> Vec<(String, Step)> {
    let roles = [Role::Editor, Role::Reviewer, Role::Publisher, Role::Handler, Role::Supervisor];
    let people = roles.into_iter().filter_map(|role| {
        let person = Person::of(&[role], department).ok()?;
        Some((person.key(), Step::Enrol { body: person.enrolment() }))
    });
    people.collect()
}

/// What `entry` is to other documents of the sample, as the API takes it.
fn relations(sample: &Sample, entry: &Entry) -> Result<Vec<Value>, SampleError> {
    let wrong =
        |to: &str| SampleError { file: "series", reason: format!("{} names `{to}`, which is none", entry.slug) };
    let relation = |(kind, to): (&String, &String)| {
        let document = id(sample, to).ok_or_else(|| wrong(to))?;
        Ok(json!({ "kind": kind, "document": document.as_str() }))
    };
    entry.relations.iter().map(relation).collect()
}

/// Puts the entry's files beside the letter, and names them in its body as the API does.
fn attach(letter: &mut Letter, entry: &Entry, files: &BTreeMap<&str, String>) -> Result<(), SampleError> {
    for file in &entry.files {
        let reason = || format!("{} names the file `{}`, which is none", entry.slug, file.name);
        let hash = files.get(file.name.as_str()).ok_or_else(|| SampleError { file: "series", reason: reason() })?;
        letter.body_html = letter.body_html.replace(&format!("/_files/{}", file.name), &format!("/_files/{hash}"));
        letter.attachments.push(json!({ "file": hash, "title": file.title }));
    }
    Ok(())
}

/// The id of the document `<column>/<slug>`: it follows from who drafts it under which key, so it is known before it is drafted.
fn id(sample: &Sample, name: &str) -> Option<DocumentId> {
    let (column, slug) = name.split_once('/')?;
    let of_column =
        |series: &&Series| series.column == column && series.documents.iter().any(|entry| entry.slug == slug);
    let series = sample.series.iter().find(of_column)?;
    let editor = format!("{}.editor", series.department).parse().ok()?;
    let draft = CommitId::derive(&editor, "POST documents", "new", 0, &key(series, slug, "draft"));
    Some(DocumentId::derive(&draft))
}

fn key(series: &Series, slug: &str, name: &str) -> String {
    format!("sample-{}-{slug}-{name}", series.column)
}

/// The day on which a document becomes public.
fn day(present: Timestamp, entry: &Entry) -> Date {
    shanghai::local(instant(present, entry)).date()
}

/// One document's way, from its first draft to where it ends.
fn document(right: Letter, series: &Series, entry: &Entry, present: Timestamp) -> Result<Vec<Act>, SampleError> {
    let public = instant(present, entry);
    let meant = entry.correct.as_ref().map_or_else(|| right.clone(), |correction| right.mistaken(correction));
    let first = if entry.returned.is_some() { meant.without_summary() } else { meant.clone() };
    let mut way = Way { entry, series, public, acts: Vec::new() };
    let draft = json!({ "column": series.column, "department": series.department, "content": first });
    way.step(-48 * 60, "draft", Step::Draft { body: draft });
    if entry.ends == Ending::Draft {
        return Ok(way.acts);
    }
    way.step(-47 * 60, "submit", Step::Submit);
    if let Some(remark) = &entry.returned {
        way.step(-30 * 60, "return", Step::Return { remark: remark.clone() });
        if entry.ends == Ending::Returned {
            return Ok(way.acts);
        }
        way.step(-28 * 60, "revise", Step::Revise { content: Box::new(meant) });
        way.step(-27 * 60, "submit-again", Step::Submit);
    }
    if entry.ends == Ending::Submitted {
        return Ok(way.acts);
    }
    way.step(-20, "approve", Step::Approve);
    if entry.ends == Ending::Approved {
        return Ok(way.acts);
    }
    way.step(0, "publish", Step::Publish { slug: entry.slug.clone() });
    if let Some(correction) = &entry.correct {
        way.step(20 * 60, "mend", Step::Revise { content: Box::new(right) });
        way.step(20 * 60 + 10, "submit-mended", Step::Submit);
        way.step(20 * 60 + 40, "approve-mended", Step::Approve);
        way.step(20 * 60 + 50, "correct", Step::Correct { note: correction.note.clone() });
    }
    if let Some(column) = &entry.moved {
        way.step(24 * 60, "move", Step::Move { column: column.clone() });
    }
    if let Some(reason) = &entry.withdrawn {
        way.step(72 * 60, "withdraw", Step::Withdraw { reason: reason.clone() });
    }
    let late = way.acts.iter().any(|act| act.at >= present);
    let reason = || format!("{} would happen in the future", entry.slug);
    if late { Err(SampleError { file: "series", reason: reason() }) } else { Ok(way.acts) }
}

struct Way<'a> {
    entry: &'a Entry,
    series: &'a Series,
    public: Timestamp,
    acts: Vec<Act>,
}

impl Way<'_> {
    fn step(&mut self, minutes: i64, name: &str, step: Step) {
        let key = key(self.series, &self.entry.slug, name);
        let at = self.public + SignedDuration::from_mins(minutes);
        self.acts.push(Act { at, key, department: self.series.department.clone(), step });
    }
}

/// The minute of its slug and the hour of its file, on its day: no two documents of an hour look stamped.
fn instant(present: Timestamp, entry: &Entry) -> Timestamp {
    let day = shanghai::local(present - SignedDuration::from_hours(24 * i64::from(entry.ago))).date();
    let minute = entry.slug.bytes().map(i64::from).sum::<i64>() % 57;
    let midnight = shanghai::OFFSET.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(present);
    midnight + SignedDuration::from_mins(i64::from(entry.hour) * 60 + minute)
}

#[cfg(test)]
mod tests;
