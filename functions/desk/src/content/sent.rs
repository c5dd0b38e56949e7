//! The content form as a request.

use serde_json::{Map, Value, json};

use super::{ContentForm, words};
use crate::api::document::{Attachment, Content};

/// A content as it was sent, and which row of the form each item of a list came from.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) content: Value,
    relations: Vec<usize>,
    attachments: Vec<usize>,
}

impl ContentForm {
    /// What is sent; `standing` is the body that the document has.
    pub(crate) fn sent(&self, standing: Option<&str>) -> Sent {
        let related: Vec<_> = self.relations.iter().enumerate().filter(|(_, related)| !related.is_empty()).collect();
        let kept: Vec<_> = self.attachments.iter().enumerate().filter(|(_, row)| !row.is_removed).collect();
        let mut catalogue = Map::new();
        for (name, text) in [
            ("subject", &self.subject),
            ("genre", &self.genre),
            ("class", &self.class),
            ("validity", &self.validity),
            ("expires_on", &self.expires_on),
            ("office", &self.office),
        ] {
            put(&mut catalogue, name, text);
        }
        catalogue.insert("terms".to_owned(), json!(words(&self.terms)));
        let mut content = Map::new();
        content.insert("title".to_owned(), json!(line(&self.title)));
        content.insert("body_html".to_owned(), json!(self.html(standing)));
        content.insert("summary".to_owned(), json!(self.summary.trim()));
        content.insert("source".to_owned(), json!(line(&self.source)));
        put(&mut content, "document_number", &self.document_number);
        put(&mut content, "written_on", &self.written_on);
        content.insert("keywords".to_owned(), json!(words(&self.keywords)));
        content.insert("catalogue".to_owned(), Value::Object(catalogue));
        content.insert("form".to_owned(), form(&self.form()));
        content.insert("relations".to_owned(), related.iter().map(|(_, row)| json!(row.relation())).collect());
        let files = kept.iter().map(|(_, row)| json!({"file": row.file, "title": line(&row.title)}));
        content.insert("attachments".to_owned(), files.collect());
        Sent {
            content: Value::Object(content),
            relations: related.iter().map(|(place, _)| *place).collect(),
            attachments: kept.iter().map(|(place, _)| *place).collect(),
        }
    }
}

impl Sent {
    /// The id of the field that a pointer of a refusal leads to.
    pub(crate) fn field(&self, pointer: &str) -> Option<String> {
        let mut parts = pointer.split('/').skip(1);
        match (parts.next()?, parts.next(), parts.next(), parts.next()) {
            (field @ ("column" | "department"), ..) => Some(field.to_owned()),
            ("content", Some("body_html"), ..) => Some("body".to_owned()),
            ("content", Some("relations"), None, _) => Some("relation_document-0".to_owned()),
            ("content", Some("attachments"), None, _) => Some("attachments".to_owned()),
            ("content", Some("relations"), Some(place), _) => row(&self.relations, place, "relation_document"),
            ("content", Some("attachments"), Some(place), _) => row(&self.attachments, place, "attachment_title"),
            ("content", Some("catalogue" | "form"), Some(field), _) => Some(field.to_owned()),
            ("content", Some("catalogue"), None, _) => Some("subject".to_owned()),
            ("content", Some("form"), None, _) => Some("kind".to_owned()),
            ("content", Some(field), ..) => Some(field.to_owned()),
            _ => None,
        }
    }
}

fn row(rows: &[usize], place: &str, name: &str) -> Option<String> {
    rows.get(place.parse::<usize>().ok()?).map(|row| format!("{name}-{row}"))
}

/// A text as it stands, sent again with other files.
pub(crate) fn input(content: &Content, more: &[(String, String)]) -> Value {
    let named = |Attachment { file, title, .. }: &Attachment| json!({"file": file, "title": title});
    let added = more.iter().map(|(file, title)| json!({"file": file, "title": title}));
    let mut catalogue = json!(content.catalogue);
    if let Some(fields) = catalogue.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    let mut sent = json!({
        "title": content.title,
        "body_html": content.body_html.clone().unwrap_or_default(),
        "summary": content.summary,
        "source": content.source,
        "keywords": content.keywords,
        "catalogue": catalogue,
        "form": form(&content.form),
        "relations": content.relations,
        "attachments": content.attachments.iter().map(named).chain(added).collect::<Vec<_>>(),
    });
    if let Some(fields) = sent.as_object_mut() {
        put(fields, "document_number", content.document_number.as_deref().unwrap_or_default());
        put(fields, "written_on", content.written_on.as_deref().unwrap_or_default());
    }
    sent
}

/// A kind's own fields and no others.
fn form(form: &crate::api::document::Form) -> Value {
    let mut sent = json!(form);
    if let Some(fields) = sent.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    sent
}

fn put(fields: &mut Map<String, Value>, name: &str, text: &str) {
    let text = line(text);
    if !text.is_empty() {
        fields.insert(name.to_owned(), json!(text));
    }
}

/// One line without blanks around it; who presses the return key in it means nothing by it.
fn line(text: &str) -> String {
    text.trim().replace('\n', " ")
}
