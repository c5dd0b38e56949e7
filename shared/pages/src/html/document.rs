//! The page of one document.

use serde::Serialize;
use serde_json::{Value, json};

use super::{filled, page, visible};
use crate::address::absolute;
use crate::head::Head;
use crate::model::{ChangeNote, Dated, DocumentPage, Frame, Link, OriginNote, VersionLink};
use crate::outline::{Heading, outline};
use crate::when::{When, chinese, iso};
use crate::{RenderError, Rendered, sanitise};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    document_number: Option<&'a str>,
    index_number: Option<&'a str>,
    issuer: &'a Link,
    written: Option<Day>,
    /// What the date is: `发布时间`, `发布日期`, `版本日期`; `日期不详` where there is none.
    date_label: &'static str,
    published: When,
    source: Option<&'a str>,
    kind: Option<&'a str>,
    keywords: Option<String>,
    summary: Option<&'a str>,
    body: String,
    outline: Vec<Heading>,
    column: &'a Link,
    notes: Vec<Note<'a>>,
    origin: Option<Origin<'a>>,
    amends: Option<Version<'a>>,
    amended_by: Vec<Version<'a>>,
}

#[derive(Serialize)]
struct Origin<'a> {
    name: &'a str,
    url: Option<&'a str>,
    at: When,
    issuer: Option<&'a str>,
    subject: Option<&'a str>,
    validity: Option<&'a str>,
    history: &'a [String],
}

impl<'a> From<&'a OriginNote> for Origin<'a> {
    fn from(note: &'a OriginNote) -> Self {
        Self {
            name: &note.name,
            url: filled(note.url.as_deref()),
            at: When::from(note.migrated_at),
            issuer: filled(note.issuer.as_deref()),
            subject: filled(note.subject.as_deref()),
            validity: filled(note.validity.as_deref()),
            history: &note.history,
        }
    }
}

#[derive(Serialize)]
struct Version<'a> {
    title: &'a str,
    url: &'a str,
    at: When,
}

impl<'a> From<&'a VersionLink> for Version<'a> {
    fn from(link: &'a VersionLink) -> Self {
        Self { title: visible(&link.title), url: &link.url, at: When::from(link.dated) }
    }
}

#[derive(Serialize)]
struct Day {
    chinese: String,
    machine: String,
}

#[derive(Serialize)]
struct Note<'a> {
    at: When,
    note: &'a str,
    version: u64,
}

/// Renders the page of one document; the body is sanitised again.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn document(frame: &Frame, model: &DocumentPage) -> Result<Rendered, RenderError> {
    let (body, headings) = body(model);
    let published = When::from(model.dated);
    let notes = newest_first(&model.notes);
    let changed = notes.first().map(|note| When::from(note.at));
    let title = visible(&model.title);

    let head = Head::new(frame, &format!("{title}{} - {}", version_mark(model, &published), model.column.name))
        .with("ColumnName", &model.column.name)
        .with("ArticleTitle", &model.title)
        .with("PubDate", &pub_date(model.dated, &published))
        .with("ContentSource", &model.source)
        .with("Keywords", &model.keywords.join(","))
        .with("Author", issuer(model).unwrap_or_default())
        .with("Description", &model.summary)
        .with("Url", &model.canonical)
        .canonical(model.canonical.clone())
        .data(frame);
    let graph = vec![article(frame, model, &published, changed.as_ref())];
    let view = View {
        title,
        document_number: filled(model.document_number.as_deref()),
        index_number: filled(Some(&model.index_number)),
        issuer: &model.issuer,
        written: model.written_on.map(|day| Day { chinese: chinese(day), machine: iso(day) }),
        date_label: match model.dated {
            Dated::At(_) => "发布时间",
            Dated::Published(_) => "发布日期",
            Dated::Version(_) => "版本日期",
            Dated::Unknown => "日期不详",
        },
        published,
        source: filled(Some(&model.source)),
        kind: filled(Some(&model.kind)),
        keywords: (!model.keywords.is_empty()).then(|| model.keywords.join("、")),
        summary: filled(Some(&model.summary)),
        body,
        outline: headings,
        column: &model.column,
        notes: notes
            .into_iter()
            .map(|note| Note { at: When::from(note.at), note: &note.note, version: note.version })
            .collect(),
        origin: model.origin.as_ref().map(Origin::from),
        amends: model.amends.as_ref().map(Version::from),
        amended_by: model.amended_by.iter().map(Version::from).collect(),
    };
    page("document.html", frame, "正文", head, graph, view)
}

/// The body as readers get it, with its headings.
pub(crate) fn body(model: &DocumentPage) -> (String, Vec<Heading>) {
    outline(&sanitise(&model.body_html))
}

/// Notes in the order of reading.
pub(crate) fn newest_first(notes: &[ChangeNote]) -> Vec<&ChangeNote> {
    let mut notes: Vec<&ChangeNote> = notes.iter().collect();
    notes.sort_by_key(|note| std::cmp::Reverse((note.version, note.at)));
    notes
}

/// `PubDate` has minutes by rule (RULES.md A1): of a day it names the beginning, of an unknown one nothing.
fn pub_date(dated: Dated, published: &When) -> String {
    match dated {
        Dated::At(_) | Dated::Unknown => published.minute.clone(),
        Dated::Published(_) | Dated::Version(_) => format!("{} 00:00", published.day),
    }
}

/// Tells the versions of one text apart in the title of the window: `（2014-05-08版）`.
fn version_mark(model: &DocumentPage, published: &When) -> String {
    let alone = model.amends.is_none() && model.amended_by.is_empty();
    if alone { String::new() } else { format!("（{}版）", published.day) }
}

/// Who issued the text: the department; of a migrated text whom its source names, if anybody.
pub(crate) fn issuer(model: &DocumentPage) -> Option<&str> {
    match &model.origin {
        Some(origin) => filled(origin.issuer.as_deref()),
        None => Some(&model.issuer.name),
    }
}

/// Whether the text is an official document: it has a number, or versions.
fn is_legislation(model: &DocumentPage) -> bool {
    filled(model.document_number.as_deref()).is_some() || matches!(model.dated, Dated::Version(_))
}

/// An official document is a `Legislation`, everything else a `NewsArticle`.
fn article(frame: &Frame, model: &DocumentPage, published: &When, changed: Option<&When>) -> Value {
    let organization = json!({ "@id": format!("{}/#organization", frame.scheme_host) });
    let mut node = json!({
        "url": model.canonical,
        "mainEntityOfPage": model.canonical,
        "inLanguage": frame.language,
        "isAccessibleForFree": true,
        "publisher": organization,
        "keywords": model.keywords,
    });
    let Some(fields) = node.as_object_mut() else { return node };
    let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    if let Some(issuer) = issuer(model) {
        set("author", json!({ "@type": "GovernmentOrganization", "name": issuer }));
    }
    if !model.summary.is_empty() {
        set("description", json!(model.summary));
    }
    if !matches!(model.dated, Dated::Version(_)) && !published.machine.is_empty() {
        set("datePublished", json!(published.machine));
    }
    if let Some(modified) = changed.or(Some(published)).filter(|when| !when.machine.is_empty()) {
        set("dateModified", json!(modified.machine));
    }
    if is_legislation(model) {
        set("@type", json!("Legislation"));
        set("name", json!(model.title));
        if let Some(number) = filled(model.document_number.as_deref()) {
            set("legislationIdentifier", json!(number));
        }
        set("legislationType", json!(model.kind));
        if let Some(issuer) = issuer(model) {
            set("legislationPassedBy", json!({ "@type": "GovernmentOrganization", "name": issuer }));
        }
        if let Dated::Version(_) = model.dated {
            set("legislationDateVersion", json!(published.machine));
        }
        if let Some(amended) = &model.amends {
            set(
                "legislationChanges",
                json!({ "@type": "Legislation", "name": amended.title, "url": absolute(&frame.scheme_host, &amended.url) }),
            );
        }
        if let Some(day) = model.written_on {
            set("legislationDate", json!(iso(day)));
        }
    } else {
        set("@type", json!("NewsArticle"));
        set("headline", json!(model.title));
        set("articleSection", json!(model.column.name));
    }
    node
}
