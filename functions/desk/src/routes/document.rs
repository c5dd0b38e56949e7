//! `GET /api/desk/documents/{id}`: everything of one document.

use futures::join;
use gateway::PathParam;
use serde::Serialize;

use super::choices;
use crate::{
    acts::lawful,
    api::{
        changes::{History, Revisions},
        checks::Checks,
        document::{Content, Document},
        part,
    },
    stop::Answer,
    visit::Visit,
};

/// Commits and texts that the page tells; the rest is behind a link.
const TOLD: usize = 12;

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    document: Document,
    content: Option<Content>,
    column: String,
    department: String,
    acts: Vec<Act>,
    checks: Option<Checks>,
    /// Newest first.
    history: Option<History>,
    /// Newest first, each with the one before it.
    revisions: Vec<Revision>,
    has_more: bool,
}

/// An act that the document allows.
#[derive(Debug, Serialize)]
struct Act {
    verb: &'static str,
    name: &'static str,
    rule: &'static str,
    is_grave: bool,
}

#[derive(Debug, Serialize)]
struct Revision {
    revision: crate::api::changes::Revision,
    before: Option<String>,
    is_draft: bool,
    is_live: bool,
}

pub(crate) async fn read(visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = format!("/documents/{}", part(&id));
    let document: Document = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let site = document.column.split('.').next().unwrap_or_default().to_owned();
    let (checks, history, revisions) = (format!("{at}/checks"), format!("{at}/history"), format!("{at}/revisions"));
    let (checks, history, revisions, columns, departments) = join!(
        visit.api.read::<Checks>(&checks),
        visit.api.read::<History>(&history),
        visit.api.read::<Revisions>(&revisions),
        choices::column_names(&visit, std::iter::once(site.as_str())),
        choices::departments(&visit),
    );
    let mut has_more = false;
    let history = history.ok().map(|mut history| {
        history.commits.reverse();
        has_more = history.commits.len() > TOLD || history.earlier.is_some();
        history.commits.truncate(TOLD);
        history
    });
    let title = document.title().to_owned();
    let page = Page {
        path: format!("/api/desk/documents/{}", part(&id)),
        content: document.content().cloned(),
        column: columns.get(&document.column).unwrap_or(&document.column).clone(),
        department: departments.get(&document.department).unwrap_or(&document.department).clone(),
        acts: lawful(&document)
            .into_iter()
            .map(|act| Act { verb: act.verb, name: act.name, rule: act.rule, is_grave: act.is_grave })
            .collect(),
        checks: checks.ok(),
        history,
        revisions: revisions.map(|read| rows(read, &document)).unwrap_or_default(),
        has_more,
        document,
    };
    Ok(visit.page("document.html", &title, &page))
}

/// Texts, the newest first.
fn rows(read: Revisions, document: &Document) -> Vec<Revision> {
    let draft = document.draft.as_ref().map(|draft| draft.revision.as_str());
    let live = document.live.as_ref().map(|live| live.revision.as_str());
    let mut before: Option<String> = None;
    let mut rows = Vec::new();
    for revision in read.revisions {
        let name = revision.revision.clone();
        rows.push(Revision {
            before: before.replace(name.clone()).filter(|before| *before != name),
            is_draft: draft == Some(&name),
            is_live: live == Some(&name),
            revision,
        });
    }
    rows.reverse();
    rows.truncate(TOLD);
    rows
}
