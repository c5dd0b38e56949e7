//! `GET` and `POST …/{id}/open`: why somebody opens a case, then what stands in it.
//!
//! What was written is in the answer to the POST and nowhere else: no address, cookie or log has a word of it, nobody may store the page, and whoever loads it
//! again asks again, which is recorded again.

use gateway::PathParam;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::{
        cases::{Case, Opened, OpenedFile, kind_of},
        part,
        problem::Refusal,
    },
    case_acts::lawful,
    case_kind::CaseKind,
    posted::Posted,
    routes::edit::form_again,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    case: Case,
    form: FormSeal,
    why: String,
    trouble: Option<Trouble>,
}

/// It cannot be printed, for what it holds.
#[derive(Serialize)]
struct Shown {
    path: String,
    case: Case,
    /// What its citizen wrote is called.
    content: &'static str,
    opened: Opened,
    files: Vec<Download>,
    why: String,
    /// The act that replies to it; none once that was done.
    reply: Option<&'static str>,
    /// Whether a draft waits for somebody else's approval, which is of what stands here.
    approve: bool,
    /// Whether it moved on while it was opened.
    has_moved: bool,
}

/// A file that came with it, and the form that saves it.
#[derive(Serialize)]
struct Download {
    file: OpenedFile,
    /// What it is, in a word.
    kind: &'static str,
    /// Whether it is given with the reply that was drafted or given.
    is_given: bool,
    form: FormSeal,
}

impl Download {
    fn of(visit: &Visit, path: &str, given: &[String], file: OpenedFile) -> Self {
        let kind = kind_of(&file.kind);
        let is_given = given.contains(&file.file);
        Self { kind, is_given, form: visit.form(&format!("{path}/files/{}", part(&file.file)), None), file }
    }
}

pub(super) async fn ask(kind: CaseKind, visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = kind.at(&id);
    let case: Case = kind.api(&visit).read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let why = kind.why(case.closed_at.is_some());
    let form = visit.form(&format!("/api/desk{at}/open"), None);
    let page = Page { path: format!("/api/desk{at}"), case, form, why: why.to_owned(), trouble: None };
    Ok(visit.page("case_open.html", &title(&page.case), &page))
}

pub(super) async fn open(kind: CaseKind, PathParam(id): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let at = kind.at(&id);
    let case: Case = match kind.api(visit).read(&at).await {
        Ok(case) => case,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let why = posted.fields.text("why").split_whitespace().collect::<Vec<_>>().join(" ");
    let path = format!("/api/desk{at}");
    let (status, trouble, form) = if why.is_empty() {
        let trouble = Trouble::at("why", "请填写“查看理由”。");
        (StatusCode::UNPROCESSABLE_ENTITY, trouble, visit.form(&visit.path, None))
    } else {
        let opened: Result<Opened, Refusal> =
            kind.api(visit).open(&format!("{at}/open"), &json!({"reason": why})).await;
        match opened {
            Ok(mut opened) => {
                let files = std::mem::take(&mut opened.files).into_iter();
                // What stands here beside the texts was read before them: only of one version it is one thing.
                let is_one = opened.version == case.version;
                let own = &case.application;
                let given = own.conclusion.as_ref().map(|ended| &ended.files);
                let given = given.or(own.draft.as_ref().map(|draft| &draft.files)).filter(|_| is_one);
                let given = given.map_or(&[][..], Vec::as_slice);
                let files = files.map(|file| Download::of(visit, &path, given, file)).collect();
                let replied = case.report.answer.is_some() || case.application.conclusion.is_some();
                let reply = (!replied).then(|| kind.reply());
                let acts = lawful(kind, &case, visit.me().as_deref(), None);
                let approve = is_one && acts.iter().any(|act| act.is_of_what_was_read());
                let content = kind.content();
                let title = format!("{content}：{} {}", case.kind, case.number);
                let shown = Shown { path, has_moved: !is_one, case, content, opened, files, why, reply, approve };
                return Ok(visit.page("case_opened.html", &title, &shown));
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

fn title(case: &Case) -> String {
    format!("打开查看：{} {}", case.kind, case.number)
}
