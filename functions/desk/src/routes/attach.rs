//! `GET` and `POST /api/desk/documents/{id}/attach`: a file beside the text, or a picture for it.
//!
//! In two steps: a file is chosen and taken in (`POST …/files`, which decodes strangers' bytes and cannot write the ledger), then it is looked at, named and put behind the others.

use axum::{extract::RawQuery, response::Response};
use gateway::PathParam;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::edit::{form_again, shown};
use crate::{
    api::{
        document::Document,
        part,
        problem::Refusal,
        receipt::{Receipt, TakenIn},
    },
    content::input,
    fields::Fields,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

#[derive(Debug, Serialize)]
pub(super) struct Page {
    pub(super) path: String,
    /// What the document is called, where that was read.
    pub(super) to: Option<String>,
    pub(super) form: FormSeal,
    /// The file that was taken in; none where one is still to be chosen.
    pub(super) taken: Option<TakenIn>,
    pub(super) title: String,
    pub(super) trouble: Option<Trouble>,
}

impl Page {
    pub(super) fn again(&self, visit: &Visit, status: StatusCode) -> Response {
        visit.again(status, "attach.html", "添加附件", self)
    }
}

pub(crate) async fn show(visit: Visit, PathParam(id): PathParam, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let at = format!("/documents/{}", part(&id));
    let document: Document = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let taken = match asked.filled("file") {
        Some(file) => Some(taken(&visit, file).await.map_err(|refusal| visit.refused(&refusal))?),
        None => None,
    };
    let form = match taken {
        Some(_) => visit.form(&format!("/api/desk{at}/attach"), Some(document.version)).seen(&document),
        None => visit.form(&format!("/api/desk{at}/files"), None),
    };
    let page = Page {
        path: format!("/api/desk{at}"),
        to: Some(document.title().to_owned()),
        form,
        taken,
        title: asked.text("title").to_owned(),
        trouble: None,
    };
    Ok(visit.page("attach.html", "添加附件", &page))
}

/// Puts the file behind the others of the draft.
pub(crate) async fn attach(PathParam(id): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let envelope = posted.envelope()?;
    let Some(file) = posted.fields.filled("file") else { return Err(posted.incomplete()) };
    let at = format!("/documents/{}", part(&id));
    let title = posted.fields.text("title").trim();
    let document: Document = match visit.api.read(&at).await {
        Ok(document) => document,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let content = match shown(visit, &document, posted.fields.filled("seen")).await {
        Ok(Some(content)) => content,
        Ok(None) => return Err(posted.incomplete()),
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let content = input(&content, &[(file.to_owned(), title.to_owned())]);
    let saved: Result<Receipt, Refusal> =
        visit.api.send(Method::PUT, &format!("{at}/draft"), envelope, &json!({"content": content})).await;
    let refusal = match saved {
        Ok(_) => {
            return Ok(visit.done(&format!("/api/desk{at}/edit#attachments"), &format!("已添加附件“{title}”。")));
        }
        Err(refusal) => refusal,
    };
    let taken = match taken(visit, file).await {
        Ok(taken) if !refusal.ends_session() => taken,
        _ => return Ok(posted.refused(&refusal)),
    };
    let mut trouble = Trouble::of(&refusal, |_| Some("title".to_owned()));
    let form = if refusal.problem.code == "stale" {
        // Who adds a file writes over nobody: the same once more on the newer text.
        trouble.over = None;
        trouble.detail.push_str("文件已经收下；再按一次按钮，就添加到新的文稿上。");
        visit.form(&visit.path, Some(document.version)).seen(&document)
    } else {
        form_again(&posted, &refusal)
    };
    let page = Page {
        path: format!("/api/desk{at}"),
        to: Some(document.title().to_owned()),
        form,
        taken: Some(taken),
        title: title.to_owned(),
        trouble: Some(trouble),
    };
    Ok(page.again(visit, refusal.status))
}

/// What was found out about a file, and where he who handed it in can look at it.
async fn taken(visit: &Visit, file: &str) -> Result<TakenIn, Refusal> {
    visit.api.read(&format!("/files/{}", part(file))).await
}
