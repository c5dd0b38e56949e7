//! `GET /api/desk/documents/{id}/revisions/{revision}`: one text of a document.

use gateway::PathParams;
use serde::Serialize;

use super::preview::body;
use crate::{
    api::{changes::WholeRevision, part},
    stop::Answer,
    visit::Visit,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    revision: WholeRevision,
    is_erased: bool,
    body: String,
}

pub(crate) async fn read(visit: Visit, PathParams(id, revision): PathParams) -> Answer {
    let at = format!("/documents/{}/revisions/{}", part(&id), part(&revision));
    let read: WholeRevision = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let path = format!("/api/desk/documents/{}", part(&id));
    let page = Page {
        is_erased: read.content.body_html.is_none(),
        body: body(read.content.body_html.as_deref().unwrap_or_default(), &path),
        path,
        revision: read,
    };
    let title = format!("第 {} 步写下的文稿", page.revision.number);
    Ok(visit.page("revision.html", &title, &page))
}
