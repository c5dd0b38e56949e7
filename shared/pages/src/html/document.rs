//! The page of one document.

use serde::Serialize;
use serde_json::{Value, json};

use super::{filled, page, visible};
use crate::head::Head;
use crate::model::{DocumentPage, Frame, Link};
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
    published: When,
    source: Option<&'a str>,
    kind: Option<&'a str>,
    keywords: Option<String>,
    summary: Option<&'a str>,
    body: String,
    outline: Vec<Heading>,
    column: &'a Link,
    notes: Vec<Note<'a>>,
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
    let (body, headings) = outline(&sanitise(&model.body_html));
    let published = When::from(model.published_at);
    let mut notes: Vec<&crate::ChangeNote> = model.notes.iter().collect();
    notes.sort_by_key(|note| std::cmp::Reverse((note.version, note.at)));
    let changed = notes.first().map(|note| When::from(note.at));
    let title = visible(&model.title);

    let head = Head::new(frame, &format!("{title} - {}", model.column.name))
        .with("ColumnName", &model.column.name)
        .with("ArticleTitle", &model.title)
        .with("PubDate", &published.minute)
        .with("ContentSource", &model.source)
        .with("Keywords", &model.keywords.join(","))
        .with("Author", &model.issuer.name)
        .with("Description", &model.summary)
        .with("Url", &model.canonical)
        .canonical(model.canonical.clone());
    let graph = vec![article(frame, model, &published, changed.as_ref())];
    let view = View {
        title,
        document_number: filled(model.document_number.as_deref()),
        index_number: filled(Some(&model.index_number)),
        issuer: &model.issuer,
        written: model.written_on.map(|day| Day { chinese: chinese(day), machine: iso(day) }),
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
    };
    page("document.html", frame, "正文", head, graph, view)
}

/// An official document is a `Legislation`, everything else a `NewsArticle`.
fn article(frame: &Frame, model: &DocumentPage, published: &When, changed: Option<&When>) -> Value {
    let organization = json!({ "@id": format!("{}/#organization", frame.scheme_host) });
    let mut node = json!({
        "url": model.canonical,
        "mainEntityOfPage": model.canonical,
        "datePublished": published.machine,
        "dateModified": changed.unwrap_or(published).machine,
        "inLanguage": frame.language,
        "isAccessibleForFree": true,
        "author": { "@type": "GovernmentOrganization", "name": model.issuer.name },
        "publisher": organization,
        "keywords": model.keywords,
    });
    let Some(fields) = node.as_object_mut() else { return node };
    let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    if !model.summary.is_empty() {
        set("description", json!(model.summary));
    }
    if let Some(number) = filled(model.document_number.as_deref()) {
        set("@type", json!("Legislation"));
        set("name", json!(model.title));
        set("legislationIdentifier", json!(number));
        set("legislationType", json!(model.kind));
        set("legislationPassedBy", json!({ "@type": "GovernmentOrganization", "name": model.issuer.name }));
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
