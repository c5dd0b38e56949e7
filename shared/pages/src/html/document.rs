//! The page of one document.

mod files;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::{filled, page, visible};
use crate::address::absolute;
use crate::files::{placed, shown};
use crate::head::Head;
use crate::model::{
    CatalogueNote, ChangeNote, Dated, DocumentLink, DocumentPage, FileNote, FormNote, Frame, Link, OriginNote,
    Relations,
};
use crate::outline::{Heading, outline};
use crate::when::{When, chinese, iso};
use crate::{RenderError, Rendered, plain, sanitise};
use files::Files;

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
    files: Files<'a>,
    outline: Vec<Heading>,
    column: &'a Link,
    notes: Vec<Note<'a>>,
    history: Option<&'a str>,
    origin: Option<Origin<'a>>,
    catalogue: Catalogue<'a>,
    form: Form<'a>,
    relations: RelationViews<'a>,
}

#[derive(Serialize)]
struct Origin<'a> {
    name: &'a str,
    url: Option<&'a str>,
    at: When,
    issuer: Option<&'a str>,
    history: &'a [String],
}

impl<'a> From<&'a OriginNote> for Origin<'a> {
    fn from(note: &'a OriginNote) -> Self {
        Self {
            name: &note.name,
            url: filled(note.url.as_deref()),
            at: When::from(note.migrated_at),
            issuer: filled(note.issuer.as_deref()),
            history: &note.history,
        }
    }
}

/// How the catalogue files the document; what its editors do not say may be told by its origin.
#[derive(Serialize)]
struct Catalogue<'a> {
    subject: Option<&'a str>,
    genre: Option<&'a str>,
    class: Option<&'a str>,
    terms: Option<String>,
    validity: Option<&'a str>,
    expires: Option<Day>,
    office: Option<&'a str>,
}

impl<'a> Catalogue<'a> {
    fn of(model: &'a DocumentPage) -> Self {
        let CatalogueNote { genre, class, terms, expires_on, office, .. } = &model.catalogue;
        Self {
            subject: subject(model),
            genre: filled(genre.as_deref()),
            class: filled(class.as_deref()),
            terms: (!terms.is_empty()).then(|| terms.join("、")),
            validity: validity(model),
            expires: expires_on.map(Day::from),
            office: filled(office.as_deref()),
        }
    }
}

/// 主题分类, as its editors say, else as its source told.
pub(crate) fn subject(model: &DocumentPage) -> Option<&str> {
    let told = || model.origin.as_ref().and_then(|origin| filled(origin.subject.as_deref()));
    filled(model.catalogue.subject.as_deref()).or_else(told)
}

/// 有效性, as a document that repeals it says, else its editors, else its source.
pub(crate) fn validity(model: &DocumentPage) -> Option<&str> {
    let told = || model.origin.as_ref().and_then(|origin| filled(origin.validity.as_deref()));
    let repealed = (!model.relations.repealed_by.is_empty()).then_some(REPEALED);
    repealed.or_else(|| filled(model.catalogue.validity.as_deref())).or_else(told)
}

/// 有效性 of a document that another one repeals.
const REPEALED: &str = "废止";

/// What the document is beside a text.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Form<'a> {
    Article,
    Question { answer: Option<&'a str>, reviewed: Day },
    Leader { post: &'a str, duties: Option<&'a str> },
    Link { address: &'a str, host: &'a str },
    File,
    Pictures,
    Film,
}

impl<'a> From<&'a FormNote> for Form<'a> {
    fn from(form: &'a FormNote) -> Self {
        match form {
            FormNote::Article => Self::Article,
            FormNote::Question { answer, reviewed_on } => {
                Self::Question { answer: filled(Some(answer)), reviewed: Day::from(*reviewed_on) }
            }
            FormNote::Leader { post, duties } => Self::Leader { post, duties: filled(Some(duties)) },
            FormNote::Link { address, host } => Self::Link { address, host },
            FormNote::File => Self::File,
            FormNote::Pictures => Self::Pictures,
            FormNote::Film => Self::Film,
        }
    }
}

#[derive(Serialize)]
struct RelationView<'a> {
    title: &'a str,
    url: &'a str,
    at: When,
}

impl<'a> From<&'a DocumentLink> for RelationView<'a> {
    fn from(link: &'a DocumentLink) -> Self {
        Self { title: visible(&link.title), url: &link.url, at: When::from(link.dated) }
    }
}

#[derive(Serialize)]
struct RelationViews<'a> {
    interprets: Vec<RelationView<'a>>,
    amends: Vec<RelationView<'a>>,
    amended_by: Vec<RelationView<'a>>,
    repealed_by: Vec<RelationView<'a>>,
    /// What stands in lists below the body; none of them is empty.
    sections: Vec<RelationSection<'a>>,
}

#[derive(Serialize)]
struct RelationSection<'a> {
    id: &'static str,
    title: &'static str,
    links: Vec<RelationView<'a>>,
}

impl<'a> From<&'a Relations> for RelationViews<'a> {
    fn from(relations: &'a Relations) -> Self {
        let views = |links: &'a [DocumentLink]| links.iter().map(RelationView::from).collect();
        let sections = [
            ("interpretations", "政策解读", &relations.interpreted_by),
            ("basis", "依据", &relations.based_on),
            ("answers", "相关问答与通知", &relations.basis_of),
            ("repeals", "本文件废止的文件", &relations.repeals),
        ];
        let sections = sections.into_iter().filter(|(_, _, links)| !links.is_empty());
        Self {
            interprets: views(&relations.interprets),
            amends: views(&relations.amends),
            amended_by: views(&relations.amended_by),
            repealed_by: views(&relations.repealed_by),
            sections: sections.map(|(id, title, links)| RelationSection { id, title, links: views(links) }).collect(),
        }
    }
}

#[derive(Serialize)]
struct Day {
    chinese: String,
    machine: String,
}

impl From<Date> for Day {
    fn from(day: Date) -> Self {
        Self { chinese: chinese(day), machine: iso(day) }
    }
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
    let clean = sanitise(&model.body_html);
    let (body, headings) = outline(&placed(&clean, &model.files));
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
        .with("Image", image(model).map_or("", |file| &file.url))
        .with("Url", &model.canonical)
        .canonical(model.canonical.clone())
        .data(frame);
    let graph = vec![article(frame, model, &published, changed.as_ref())];
    let view = View {
        title,
        document_number: filled(model.document_number.as_deref()),
        index_number: filled(Some(&model.index_number)),
        issuer: &model.issuer,
        written: model.written_on.map(Day::from),
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
        files: Files::of(model, &shown(&clean)),
        outline: headings,
        column: &model.column,
        notes: notes
            .into_iter()
            .map(|note| Note { at: When::from(note.at), note: &note.note, version: note.version })
            .collect(),
        history: model.history.as_deref(),
        origin: model.origin.as_ref().map(Origin::from),
        catalogue: Catalogue::of(model),
        form: Form::from(&model.form),
        relations: RelationViews::from(&model.relations),
    };
    page("document.html", frame, "正文", head, graph, view)
}

/// The body as readers get it.
pub(crate) fn body(model: &DocumentPage) -> String {
    outline(&placed(&sanitise(&model.body_html), &model.files)).0
}

/// The picture that stands for the document: its first.
fn image(model: &DocumentPage) -> Option<&FileNote> {
    model.files.iter().find(|file| file.kind.is_picture())
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
    if model.relations.has_versions() { format!("（{}版）", published.day) } else { String::new() }
}

/// Who issued the text: the department; of a migrated text whom its source names, if anybody.
pub(crate) fn issuer(model: &DocumentPage) -> Option<&str> {
    match &model.origin {
        Some(origin) => filled(origin.issuer.as_deref()),
        None => Some(&model.issuer.name),
    }
}

/// schema.org's word for 有效性, where it is known.
fn legal_force(model: &DocumentPage) -> Option<&'static str> {
    match validity(model) {
        Some("有效") => Some("https://schema.org/InForce"),
        Some(_) => Some("https://schema.org/NotInForce"),
        None => None,
    }
}

/// Whether the text is an official document: it has a number, or versions.
fn is_legislation(model: &DocumentPage) -> bool {
    filled(model.document_number.as_deref()).is_some() || matches!(model.dated, Dated::Version(_))
}

/// schema.org's type of a file.
fn media_object(file: &FileNote) -> &'static str {
    match file.kind.media_type().split('/').next() {
        Some("image") => "ImageObject",
        Some("video") => "VideoObject",
        Some("audio") => "AudioObject",
        _ => "MediaObject",
    }
}

/// An official document is a `Legislation`, a question an answer to it, a person a `Person`, everything else a `NewsArticle`.
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
    if let Some(picture) = image(model) {
        set("image", json!(picture.url));
    }
    if !model.files.is_empty() {
        let media = model.files.iter().map(|file| {
            json!({
                "@type": media_object(file),
                "name": file.title,
                "contentUrl": file.url,
                "encodingFormat": file.kind.media_type(),
                "contentSize": format!("{}", file.bytes),
            })
        });
        set("associatedMedia", media.collect());
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
        let named = |links: &[DocumentLink]| -> Vec<Value> {
            let named = links.iter().map(|link| {
                json!({ "@type": "Legislation", "name": link.title, "url": absolute(&frame.scheme_host, &link.url) })
            });
            named.collect()
        };
        let Relations { amends, repeals, .. } = &model.relations;
        if !amends.is_empty() {
            set("legislationChanges", json!(named(amends)));
        }
        if !repeals.is_empty() {
            set("legislationRepeals", json!(named(repeals)));
        }
        if let Some(force) = legal_force(model) {
            set("legislationLegalForce", json!(force));
        }
        if let Some(day) = model.written_on {
            set("legislationDate", json!(iso(day)));
        }
    } else if let FormNote::Question { answer, .. } = &model.form {
        // The summary is the answer in short; without one, the text is.
        let answered = if answer.is_empty() { plain::text(&sanitise(&model.body_html)) } else { answer.clone() };
        set("@type", json!("QAPage"));
        set(
            "mainEntity",
            json!({
                "@type": "Question",
                "name": model.title,
                "answerCount": 1,
                "acceptedAnswer": { "@type": "Answer", "text": answered },
            }),
        );
    } else if let FormNote::Leader { post, .. } = &model.form {
        set("@type", json!("ProfilePage"));
        set(
            "mainEntity",
            json!({ "@type": "Person", "name": model.title, "jobTitle": post, "worksFor": organization }),
        );
    } else {
        set("@type", json!("NewsArticle"));
        set("headline", json!(model.title));
        set("articleSection", json!(model.column.name));
    }
    node
}
