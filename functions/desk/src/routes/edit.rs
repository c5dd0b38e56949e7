//! `GET` and `POST /api/desk/documents/{id}/edit`: the whole content of a draft.

use axum::response::Response;
use gateway::PathParam;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::choices::Choice;
use crate::{
    api::{
        changes::WholeRevision,
        document::{Content, Document},
        part,
        problem::Refusal,
        receipt::Receipt,
    },
    content::ContentForm,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
    words,
};

/// The page of a content form, for a new document or one that there is.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// Where the document is; none if it is new.
    pub(super) path: Option<String>,
    pub(super) title: String,
    /// What stands above the form of a document that there is.
    pub(super) notes: Vec<String>,
    pub(super) form: FormSeal,
    pub(super) content: ContentForm,
    pub(super) trouble: Option<Trouble>,
    pub(super) options: Options,
    /// Columns and departments to choose from, for a new document.
    pub(super) place: Option<Place>,
}

/// Where a new document is to stand, and whose it is.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    pub(super) choice: Choice,
    /// The site whose columns are offered, where it had to be chosen first.
    pub(super) site: String,
    pub(super) departments: Vec<(String, String)>,
    pub(super) column: String,
    pub(super) department: String,
}

/// What selects offer.
#[derive(Debug, Serialize)]
pub(super) struct Options {
    subjects: &'static [&'static str],
    genres: &'static [(&'static str, &'static str)],
    classes: &'static [(&'static str, &'static str)],
    validities: &'static [(&'static str, &'static str)],
    forms: &'static [(&'static str, &'static str)],
    relations: &'static [(&'static str, &'static str)],
}

impl Options {
    pub(super) fn all() -> Self {
        Self {
            subjects: &domain::document::SUBJECTS,
            genres: words::all("genre"),
            classes: words::all("class"),
            validities: words::all("validity"),
            forms: words::all("form"),
            relations: words::all("relation"),
        }
    }
}

pub(crate) async fn show(visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = format!("/documents/{}", part(&id));
    let document: Document = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let form = visit.form(&format!("/api/desk{at}/edit"), Some(document.version)).seen(&document);
    let content = document.content().map_or_else(ContentForm::empty, ContentForm::of);
    let page = page(&id, &document, form, content, None);
    Ok(visit.page("edit.html", &page.title, &page))
}

/// Saves the draft, and shows the document, or what readers will get.
pub(crate) async fn revise(PathParam(id): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let envelope = posted.envelope()?;
    let at = format!("/documents/{}", part(&id));
    let document: Document = match visit.api.read(&at).await {
        Ok(document) => document,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let shown = match shown(visit, &document, posted.fields.filled("seen")).await {
        Ok(shown) => shown,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let content = ContentForm::filled(&posted.fields, shown.as_ref());
    let sent = content.sent(shown.as_ref().and_then(|shown| shown.body_html.as_deref()));
    let body = json!({"content": sent.content});
    let receipt: Result<Receipt, Refusal> = visit.api.send(Method::PUT, &format!("{at}/draft"), envelope, &body).await;
    let then = if posted.fields.text("then") == "preview" { "/preview" } else { "" };
    match receipt {
        Ok(receipt) => Ok(visit.done(&format!("/api/desk{at}{then}"), &saved(&receipt))),
        Err(refusal) if refusal.ends_session() => Ok(posted.held()),
        Err(refusal) if refusal.problem.code == "unchanged" => {
            Ok(visit.done(&format!("/api/desk{at}{then}"), "内容没有变化，没有另存新稿。"))
        }
        Err(refusal) => {
            let trouble = Trouble::of(&refusal, |error| sent.field(&error.pointer));
            let form = form_again(&posted, &refusal);
            let page = page(&id, &document, form, content, Some(trouble));
            Ok(again(visit, refusal.status, &page))
        }
    }
}

/// The text that a form was opened on: what is sent follows from it and from the form, so that the same form is the same command whatever has become of the document meanwhile.
pub(super) async fn shown(visit: &Visit, document: &Document, seen: Option<&str>) -> Result<Option<Content>, Refusal> {
    match seen {
        Some(seen) if document.revision() != Some(seen) => {
            let at = format!("/documents/{}/revisions/{}", part(&document.id), part(seen));
            Ok(Some(visit.api.read::<WholeRevision>(&at).await?.content))
        }
        _ => Ok(document.content().cloned()),
    }
}

/// A form that is shown again: under its own key, where nobody knows what became of its command.
pub(super) fn form_again(posted: &Posted, refusal: &Refusal) -> FormSeal {
    let key = posted.fields.get("key").filter(|_| refusal.keeps_key());
    posted.visit.form_again(&posted.visit.path, posted.version(), key).seen_before(posted.fields.filled("seen"))
}

/// What is said of a draft that was saved.
pub(super) fn saved(receipt: &Receipt) -> String {
    if receipt.removed.is_empty() {
        return "已保存草稿。".to_owned();
    }
    let most: Vec<&str> = receipt.removed.iter().take(8).map(String::as_str).collect();
    format!("已保存草稿。网页不用的格式已去掉，文字保留：{}。", most.join("、"))
}

pub(super) fn again(visit: &Visit, status: StatusCode, page: &Page) -> Response {
    visit.again(status, "edit.html", &page.title, page)
}

fn page(id: &str, document: &Document, form: FormSeal, content: ContentForm, trouble: Option<Trouble>) -> Page {
    let draft = document.draft.as_ref();
    let mut notes = Vec::new();
    if let Some(remark) = draft.and_then(|draft| draft.remark.as_ref()) {
        notes.push(format!("退回意见：{remark}"));
    }
    if draft.is_some_and(|draft| !draft.approved_by.is_empty()) {
        notes.push("保存修改后，已有的审核失效，需要重新送审。".to_owned());
    }
    if draft.is_some_and(|draft| draft.scheduled.is_some()) {
        notes.push("保存修改后，已定的发布时间失效。".to_owned());
    }
    if draft.is_none() && document.live.is_some() {
        notes.push("这里修改的是新稿；公开的文本不变，直到新稿通过审核并发布更正。".to_owned());
    }
    if let (None, None, Some(discarded)) = (draft, &document.live, &document.discarded) {
        notes.push(format!(
            "上一份草稿已由 {} 放弃；这里另写新稿。要接着原来的写，请回到文件页面恢复它。",
            discarded.by
        ));
    }
    Page {
        path: Some(format!("/api/desk/documents/{}", part(id))),
        title: format!("编辑：{}", document.title()),
        notes,
        form,
        content,
        trouble,
        options: Options::all(),
        place: None,
    }
}
