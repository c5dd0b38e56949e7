//! An entry as tantivy stores it.

use jiff::civil::Date;
use tantivy::{
    TantivyDocument,
    schema::{Field, Value as _},
};

use crate::{entry::Entry, facet::Facet, normal::Normal, number::Number, schema::Fields};

/// Characters of a body that are stored, and so can be shown; all of it is searched.
const SHOWN: usize = 20_000;

/// An entry as tantivy stores it.
pub(crate) fn document(entry: &Entry, fields: &Fields) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, &entry.id);
    document.add_u64(fields.version, entry.version);
    document.add_u64(fields.stamp, entry.stamped().0);
    document.add_i64(fields.instant, entry.instant);
    for number in entry.document_number.iter().chain(&entry.index_number) {
        if let Some(term) = Number::of(&Normal::of(number)).term() {
            document.add_text(fields.number, term);
        }
    }
    for field in [fields.title_words, fields.title_pairs, fields.initials, fields.title] {
        document.add_text(field, &entry.title);
    }
    document.add_text(fields.term_words, entry.terms.join("\n"));
    for field in [fields.summary_words, fields.summary] {
        document.add_text(field, &entry.summary);
    }
    document.add_text(fields.body_words, &entry.body);
    document.add_text(fields.text_pairs, format!("{}\n{}", entry.summary, entry.body));
    document.add_text(fields.body, entry.body.chars().take(SHOWN).collect::<String>());
    for (field, day) in [(fields.from, entry.force.from), (fields.until, entry.force.until)] {
        if let Some(day) = day {
            document.add_i64(field, ordinal(day));
        }
    }
    for (facet, field) in &fields.facets {
        add_facet(&mut document, *field, *facet, entry);
    }
    document
}

fn add_facet(document: &mut TantivyDocument, field: Field, facet: Facet, entry: &Entry) {
    let mut add = |value: &str| {
        if !value.is_empty() {
            document.add_text(field, value);
        }
    };
    match facet {
        Facet::Site => add(&entry.site),
        Facet::Column => add(&entry.column),
        Facet::Department => add(&entry.department),
        Facet::Class => entry.class.iter().for_each(|class| add(class)),
        Facet::Subject => entry.subjects().for_each(add),
        Facet::Genre => entry.genre.iter().for_each(|genre| add(genre)),
        Facet::Term => {
            // A word that is both a term and a keyword counts once.
            let terms: std::collections::BTreeSet<&str> = entry.terms.iter().map(String::as_str).collect();
            terms.into_iter().for_each(add);
        }
        Facet::Year => entry.year().iter().for_each(|year| add(year)),
        Facet::Validity => add(entry.force.validity.name()),
        Facet::Form => add(&entry.form),
    }
}

/// A day as a number that has its order.
pub(crate) fn ordinal(day: Date) -> i64 {
    (i64::from(day.year()) * 100 + i64::from(day.month())) * 100 + i64::from(day.day())
}

/// The day of such a number.
pub(crate) fn day(ordinal: i64) -> Option<Date> {
    let part = |number: i64| i8::try_from(number % 100).ok();
    Date::new(i16::try_from(ordinal / 10_000).ok()?, part(ordinal / 100)?, part(ordinal)?).ok()
}

/// What of a document is shown.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) body: String,
}

impl Shown {
    pub(crate) fn of(document: &TantivyDocument, fields: &Fields) -> Self {
        let text = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        Self { title: text(fields.title), summary: text(fields.summary), body: text(fields.body) }
    }
}
