//! The rows of what a text is to others.

use serde::Serialize;

use crate::{api::document::Relation, fields::Fields};

/// A relation as a row of the form.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Related {
    pub(crate) kind: String,
    pub(crate) document: String,
}

impl Related {
    pub(crate) fn of(relation: &Relation) -> Self {
        Self { kind: relation.kind.clone(), document: relation.document.clone() }
    }

    /// The rows as they were filled in.
    pub(crate) fn filled(fields: &Fields) -> Vec<Self> {
        let rows = fields.all("relation_kind").zip(fields.all("relation_document"));
        rows.map(|(kind, document)| Self { kind: kind.to_owned(), document: document.to_owned() }).collect()
    }

    /// A row that names no document is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.document.trim().is_empty()
    }

    /// As it is sent: an address of the desk or of a page's footer names the document, too.
    pub(crate) fn relation(&self) -> Relation {
        let kind = if self.kind.is_empty() { "based-on" } else { &self.kind };
        let document = document_in(&self.document).unwrap_or_else(|| self.document.trim());
        Relation { kind: kind.to_owned(), document: document.to_owned() }
    }
}

/// The id of a document within whatever somebody pasted: an address of the desk, the name of its stream, the id itself.
pub(crate) fn document_in(text: &str) -> Option<&str> {
    let of_id = |c: char| c.is_ascii_lowercase() || matches!(c, '2'..='7');
    text.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| word.len() == 26 && word.chars().all(of_id))
}
