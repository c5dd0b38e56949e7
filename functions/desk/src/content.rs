//! The content form: from a text and back, and where each pointer of a refusal leads.

mod attachments;
mod relations;
mod sent;

use serde::Serialize;

use crate::{
    api::document::{Content, Form},
    fields::Fields,
    markup,
};

pub(crate) use attachments::{Row, rows};
pub(crate) use relations::{Related, document_in};
pub(crate) use sent::input;

/// How the body stands in the form.
pub(crate) const MARKUP: &str = "markup";
const HTML: &str = "html";

/// A content as a form holds it: every field a text.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ContentForm {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) document_number: String,
    pub(crate) written_on: String,
    pub(crate) source: String,
    pub(crate) keywords: String,
    pub(crate) subject: String,
    pub(crate) genre: String,
    pub(crate) class: String,
    pub(crate) terms: String,
    pub(crate) validity: String,
    pub(crate) expires_on: String,
    pub(crate) office: String,
    pub(crate) kind: String,
    pub(crate) reviewed_on: String,
    pub(crate) post: String,
    pub(crate) duties: String,
    pub(crate) address: String,
    pub(crate) relations: Vec<Related>,
    pub(crate) attachments: Vec<Row>,
    pub(crate) body: String,
    /// `markup`, or `html` where the body cannot be said in markup.
    pub(crate) markup: String,
}

impl ContentForm {
    /// An empty form.
    pub(crate) fn empty() -> Self {
        Self { kind: "article".to_owned(), markup: MARKUP.to_owned(), ..Self::default() }.with_empty_relations()
    }

    /// The form for what a document says.
    pub(crate) fn of(content: &Content) -> Self {
        let html = content.body_html.clone().unwrap_or_default();
        let (markup, body) = match markup::to_markup(&html) {
            Some(body) => (MARKUP, body),
            None => (HTML, html),
        };
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let (catalogue, form) = (&content.catalogue, &content.form);
        Self {
            title: content.title.clone(),
            summary: content.summary.clone(),
            document_number: said(&content.document_number),
            written_on: said(&content.written_on),
            source: content.source.clone(),
            keywords: content.keywords.join("、"),
            subject: said(&catalogue.subject),
            genre: said(&catalogue.genre),
            class: said(&catalogue.class),
            terms: catalogue.terms.join("、"),
            validity: said(&catalogue.validity),
            expires_on: said(&catalogue.expires_on),
            office: said(&catalogue.office),
            kind: form.kind.clone(),
            reviewed_on: said(&form.reviewed_on),
            post: said(&form.post),
            duties: said(&form.duties),
            address: said(&form.address),
            relations: content.relations.iter().map(Related::of).collect(),
            attachments: content.attachments.iter().map(Row::of).collect(),
            body,
            markup: markup.to_owned(),
        }
        .with_empty_relations()
    }

    /// The form as it was filled in; what its files are is known from the document.
    pub(crate) fn filled(fields: &Fields, known: Option<&Content>) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        Self {
            title: text("title"),
            summary: text("summary"),
            document_number: text("document_number"),
            written_on: text("written_on"),
            source: text("source"),
            keywords: text("keywords"),
            subject: text("subject"),
            genre: text("genre"),
            class: text("class"),
            terms: text("terms"),
            validity: text("validity"),
            expires_on: text("expires_on"),
            office: text("office"),
            kind: text("kind"),
            reviewed_on: text("reviewed_on"),
            post: text("post"),
            duties: text("duties"),
            address: text("address"),
            relations: Related::filled(fields),
            attachments: rows(fields, known.map_or(&[], |content| &content.attachments)),
            body: text("body"),
            markup: text("markup"),
        }
        .with_empty_relations()
    }

    /// Room for two relations more.
    fn with_empty_relations(mut self) -> Self {
        self.relations.retain(|related| !related.is_empty());
        self.relations.extend([Related::default(), Related::default()]);
        self
    }

    /// The body as HTML. What reads as the standing one is the standing one: opening and saving a text changes nothing.
    pub(crate) fn html(&self, standing: Option<&str>) -> String {
        let html = if self.markup == HTML { self.body.clone() } else { markup::to_html(&self.body) };
        match standing {
            Some(standing) if markup::reads_as(&html, standing) => standing.to_owned(),
            _ => html,
        }
    }

    /// The fields that only this kind of content has.
    fn form(&self) -> Form {
        let kind = if self.kind.is_empty() { "article" } else { &self.kind };
        let of = |wanted: &str, text: &str| (kind == wanted).then(|| text.trim().to_owned());
        Form {
            kind: kind.to_owned(),
            reviewed_on: of("question", &self.reviewed_on),
            post: of("leader", &self.post),
            duties: of("leader", &self.duties),
            address: of("link", &self.address),
        }
    }
}

/// Words of one line, separated by spaces or marks.
fn words(text: &str) -> Vec<String> {
    let separates = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | ';');
    text.split(separates).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
