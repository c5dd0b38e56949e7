//! `GET` and `POST /api/desk/documents/{id}/attach`: a file beside the text, or a picture for it.

use gateway::PathParam;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::edit::form_again;
use crate::{
    api::{
        document::Document,
        part,
        problem::Refusal,
        receipt::{Receipt, TakenIn},
    },
    content::input,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    document: Option<Document>,
    form: FormSeal,
    title: String,
    trouble: Option<Trouble>,
}

pub(crate) async fn show(visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = format!("/documents/{}", part(&id));
    let document: Document = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let form = visit.form(&format!("/api/desk{at}/attach"), Some(document.version)).seen(&document);
    let page =
        Page { path: format!("/api/desk{at}"), document: Some(document), form, title: String::new(), trouble: None };
    Ok(visit.page("attach.html", "添加附件", &page))
}

/// Takes the file in, and puts it behind the others of the draft.
pub(crate) async fn take_in(PathParam(id): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let envelope = posted.envelope()?;
    let at = format!("/documents/{}", part(&id));
    let title = posted.fields.text("title").trim().to_owned();
    let page = |document: Option<Document>, form: FormSeal, trouble: Trouble| Page {
        path: format!("/api/desk{at}"),
        document,
        form,
        title: title.clone(),
        trouble: Some(trouble),
    };
    let again = |status: StatusCode, page: &Page| visit.again(status, "attach.html", "添加附件", page);
    let document: Document = match visit.api.read(&at).await {
        Ok(document) => document,
        Err(refusal) if refusal.ends_session() => return Ok(posted.held()),
        Err(refusal) => return Err(visit.refused(&refusal)),
    };
    let Some(file) = &posted.file else {
        let form = visit.form(&visit.path, posted.version());
        let page = page(Some(document), form, Trouble::at("file", "请选择一个文件。"));
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    // The name of the file without its ending, where nothing else was told.
    let told = if title.is_empty() { file.name.rsplit_once('.').map_or(&*file.name, |(stem, _)| stem) } else { &title };
    let taken: Result<TakenIn, Refusal> = visit.api.take_in(&file.name, file.bytes.clone()).await;
    let saved: Result<Receipt, Refusal> = match (taken, document.content()) {
        (Err(refusal), _) => Err(refusal),
        (Ok(_), None) => return Err(posted.incomplete()),
        (Ok(taken), Some(content)) => {
            let content = input(content, &[(taken.file, told.to_owned())]);
            visit.api.send(Method::PUT, &format!("{at}/draft"), envelope, &json!({"content": content})).await
        }
    };
    match saved {
        Ok(_) => Ok(visit.done(&format!("/api/desk{at}/edit#attachments"), &format!("已添加附件“{told}”。"))),
        Err(refusal) if refusal.ends_session() => Ok(posted.held()),
        Err(refusal) => {
            let trouble = Trouble::of(&refusal, |error| {
                Some(if error.pointer.ends_with("/title") { "title" } else { "file" }.to_owned())
            });
            let page = page(Some(document), form_again(&posted, &refusal), trouble);
            Ok(again(refusal.status, &page))
        }
    }
}
