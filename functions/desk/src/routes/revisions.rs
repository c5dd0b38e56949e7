//! `GET /api/desk/documents/{id}/revisions`: the texts a document had, in parts.

use axum::extract::RawQuery;
use futures::join;
use gateway::PathParam;
use serde::Serialize;

use crate::{
    api::{
        changes::{Revision, Revisions},
        document::Document,
        part,
    },
    fields::Fields,
    stop::Answer,
    visit::Visit,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    title: String,
    rows: Vec<Row>,
    /// Where the part before this one begins.
    earlier: Option<u64>,
}

/// A text, and what it is now.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    revision: Revision,
    /// The text it can be compared with: the one before it in the same part.
    before: Option<String>,
    is_draft: bool,
    is_live: bool,
}

pub(crate) async fn read(visit: Visit, PathParam(id): PathParam, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let at = format!("/documents/{}", part(&id));
    let mut texts = format!("{at}/revisions");
    if let Some(before) = asked.filled("before").and_then(|before| before.parse::<u64>().ok()) {
        texts.push_str(&format!("?before={before}"));
    }
    let (document, read) = join!(visit.api.read::<Document>(&at), visit.api.read::<Revisions>(&texts));
    let document = document.map_err(|refusal| visit.refused(&refusal))?;
    let read = read.map_err(|refusal| visit.refused(&refusal))?;
    let page = Page {
        path: format!("/api/desk{at}"),
        title: document.title().to_owned(),
        earlier: read.earlier,
        rows: rows(read, &document),
    };
    Ok(visit.page("revisions.html", "全部文稿", &page))
}

/// Texts, the newest first, each with the one before it.
pub(super) fn rows(read: Revisions, document: &Document) -> Vec<Row> {
    let draft = document.draft.as_ref().map(|draft| draft.revision.as_str());
    let live = document.live.as_ref().map(|live| live.revision.as_str());
    let mut before: Option<String> = None;
    let mut rows = Vec::new();
    for revision in read.revisions {
        let name = revision.revision.clone();
        rows.push(Row {
            before: before.replace(name.clone()).filter(|before| *before != name),
            is_draft: draft == Some(&name),
            is_live: live == Some(&name),
            revision,
        });
    }
    rows.reverse();
    rows
}
