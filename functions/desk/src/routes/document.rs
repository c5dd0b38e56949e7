//! `GET /api/desk/documents/{id}`: everything of one document.

use futures::join;
use gateway::PathParam;
use serde::Serialize;

use super::{
    choices,
    revisions::{Row, rows},
};
use crate::{
    acts::lawful,
    api::{
        changes::{History, Revisions},
        checks::Checks,
        document::{Content, Document},
        part,
        sharing::{SharedIn, Sharing},
    },
    stop::Answer,
    visit::Visit,
};

/// Commits and texts that the page tells; the rest is behind links.
const TOLD: usize = 12;

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    document: Document,
    content: Option<Content>,
    column: String,
    department: String,
    acts: Vec<Act>,
    /// Columns of others that list it, name and entry; none where that cannot be read now.
    shared: Option<Vec<(String, SharedIn)>>,
    checks: Option<Checks>,
    /// Newest first.
    history: Option<History>,
    /// Newest first, each with the one before it.
    revisions: Vec<Row>,
    has_more: bool,
    has_older: bool,
}

/// An act that the document allows.
#[derive(Debug, Serialize)]
struct Act {
    verb: &'static str,
    name: &'static str,
    rule: &'static str,
    is_grave: bool,
}

pub(crate) async fn read(visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = format!("/documents/{}", part(&id));
    let document: Document = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let site = document.column.split('.').next().unwrap_or_default().to_owned();
    let (checks, history, revisions) = (format!("{at}/checks"), format!("{at}/history"), format!("{at}/revisions"));
    let sharing = format!("{at}/sharing");
    let (checks, history, revisions, sharing, departments) = join!(
        visit.api.read::<Checks>(&checks),
        visit.api.read::<History>(&history),
        visit.api.read::<Revisions>(&revisions),
        visit.api.read::<Sharing>(&sharing),
        choices::departments(&visit),
    );
    let shared = sharing.map(|read| read.columns).ok();
    let sites = shared.iter().flatten().filter_map(|listed| listed.column.split('.').next());
    let columns = choices::column_names(&visit, sites.chain([site.as_str()])).await;
    let mut has_more = false;
    let history = history.ok().map(|mut history| {
        history.commits.reverse();
        has_more = history.commits.len() > TOLD || history.earlier.is_some();
        history.commits.truncate(TOLD);
        history
    });
    let mut has_older = false;
    let revisions = revisions.map(|read| {
        has_older = read.revisions.len() > TOLD || read.earlier.is_some();
        let mut rows = rows(read, &document);
        rows.truncate(TOLD);
        rows
    });
    let title = document.title().to_owned();
    let page = Page {
        path: format!("/api/desk/documents/{}", part(&id)),
        content: document.content().cloned(),
        column: choices::named(&columns, &document.column),
        department: choices::named(&departments, &document.department),
        acts: lawful(&document)
            .into_iter()
            .map(|act| Act { verb: act.verb, name: act.name, rule: act.rule, is_grave: act.is_grave })
            .collect(),
        shared: shared
            .map(|listed| listed.into_iter().map(|one| (choices::named(&columns, &one.column), one)).collect()),
        checks: checks.ok(),
        history,
        revisions: revisions.unwrap_or_default(),
        has_more,
        has_older,
        document,
    };
    Ok(visit.page("document.html", &title, &page))
}
