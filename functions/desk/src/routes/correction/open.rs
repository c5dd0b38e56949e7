//! `GET` and `POST /api/desk/corrections/{id}/open`: why somebody opens an error report, then what stands in it.
//!
//! What was written is in the answer to the POST and nowhere else: no address, cookie or log has a word of it, nobody may store the page, and whoever loads it
//! again asks again, which is recorded again.

use gateway::PathParam;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::{
        cases::{Correction, Opened},
        part,
        problem::Refusal,
    },
    posted::Posted,
    routes::edit::form_again,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    case: Correction,
    form: FormSeal,
    why: String,
    trouble: Option<Trouble>,
}

/// It cannot be printed, for what it holds.
#[derive(Serialize)]
struct Shown {
    path: String,
    case: Correction,
    opened: Opened,
    why: String,
    can_answer: bool,
}

pub(crate) async fn ask(visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = format!("/corrections/{}", part(&id));
    let case: Correction = visit.cases.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let why = if case.closed_at.is_none() { "核实并答复" } else { "复核答复" };
    let form = visit.form(&format!("/api/desk{at}/open"), None);
    let page = Page { path: format!("/api/desk{at}"), case, form, why: why.to_owned(), trouble: None };
    Ok(visit.page("case_open.html", &title(&page.case), &page))
}

pub(crate) async fn open(PathParam(id): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let at = format!("/corrections/{}", part(&id));
    let case: Correction = match visit.cases.read(&at).await {
        Ok(case) => case,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let why = posted.fields.text("why").split_whitespace().collect::<Vec<_>>().join(" ");
    let path = format!("/api/desk{at}");
    let (status, trouble, form) = if why.is_empty() {
        let trouble = Trouble::at("why", "请填写“查看理由”。");
        (StatusCode::UNPROCESSABLE_ENTITY, trouble, visit.form(&visit.path, None))
    } else {
        let opened: Result<Opened, Refusal> = visit.cases.open(&format!("{at}/open"), &json!({"reason": why})).await;
        match opened {
            Ok(opened) => {
                let can_answer = case.answer.is_none();
                let title = format!("来信内容：{} {}", case.kind, case.number);
                return Ok(visit.page("case_opened.html", &title, &Shown { path, case, opened, why, can_answer }));
            }
            Err(refusal) if refusal.ends_session() => return Ok(posted.held()),
            Err(refusal) => {
                let trouble = Trouble::of(&refusal, |error| (error.pointer == "/reason").then(|| "why".to_owned()));
                (refusal.status, trouble, form_again(&posted, &refusal))
            }
        }
    };
    let page = Page { path, case, form, why: posted.fields.text("why").to_owned(), trouble: Some(trouble) };
    Ok(visit.again(status, "case_open.html", &title(&page.case), &page))
}

fn title(case: &Correction) -> String {
    format!("打开查看：{} {}", case.kind, case.number)
}
