//! The rows of a text's files.

use serde::Serialize;

use crate::{api::document::Attachment, fields::Fields};

/// A file as a row of the form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) file: String,
    pub(crate) title: String,
    /// What it is, where that is known.
    pub(crate) kind: Option<String>,
    pub(crate) bytes: Option<u64>,
    pub(crate) is_picture: bool,
    /// Whether it is to be taken off.
    pub(crate) is_removed: bool,
}

impl Row {
    pub(crate) fn of(attachment: &Attachment) -> Self {
        Self {
            file: attachment.file.clone(),
            title: attachment.title.clone(),
            kind: Some(attachment.kind.clone()),
            bytes: Some(attachment.bytes),
            is_picture: matches!(attachment.kind.as_str(), "jpeg" | "png"),
            is_removed: false,
        }
    }
}

/// The rows as they were filled in: a file and a title each, in the order of the form.
pub(crate) fn rows(fields: &Fields, known: &[Attachment]) -> Vec<Row> {
    let removed: Vec<&str> = fields.all("attachment_remove").collect();
    fields
        .all("attachment")
        .zip(fields.all("attachment_title"))
        .map(|(file, title)| {
            let known = known.iter().find(|known| known.file == file).map(Row::of);
            let row = known.unwrap_or(Row {
                file: file.to_owned(),
                title: String::new(),
                kind: None,
                bytes: None,
                is_picture: false,
                is_removed: false,
            });
            Row { title: title.to_owned(), is_removed: removed.contains(&file), ..row }
        })
        .collect()
}
