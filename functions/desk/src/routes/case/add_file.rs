//! `GET` and `POST …/{id}/files`: a file is put into a case.

use gateway::PathParam;
use http::StatusCode;
use serde::Serialize;

use crate::{
    api::{Envelope, cases::Case, part, problem::Refusal, receipt::Receipt},
    case_acts::{CaseAct, act},
    case_kind::CaseKind,
    fields::Chosen,
    posted::Posted,
    routes::edit::form_again,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

const VERB: &str = "files";

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    rule: &'static str,
    effect: &'static str,
    form: FormSeal,
    trouble: Option<Trouble>,
}

impl Page {
    fn new(at: &str, act: &CaseAct, form: FormSeal, trouble: Option<Trouble>) -> Self {
        Self { path: format!("/api/desk{at}"), rule: act.rule, effect: act.effect, form, trouble }
    }
}

pub(super) async fn ask(kind: CaseKind, visit: Visit, PathParam(id): PathParam) -> Answer {
    let Some(act) = act(kind, VERB) else { return Ok(super::act::unknown(&visit)) };
    let at = kind.at(&id);
    let case: Case = kind.api(&visit).read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let form = visit.form(&format!("/api/desk{at}/files"), Some(case.version));
    Ok(visit.page("case_add_file.html", &title(act, &case), &Page::new(&at, act, form, None)))
}

/// Puts it there. Who adds a file writes over nobody: on a case that moved on, the same once more.
pub(super) async fn add(kind: CaseKind, PathParam(id): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let Some(act) = act(kind, VERB) else { return Ok(super::act::unknown(visit)) };
    let envelope = posted.envelope()?;
    let at = kind.at(&id);
    let case: Case = match kind.api(visit).read(&at).await {
        Ok(case) => case,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let (status, trouble, form) = match &posted.file {
        None => {
            let trouble = Trouble::at("file", "请选择一个文件，不能是空文件。");
            (StatusCode::UNPROCESSABLE_ENTITY, trouble, visit.form(&visit.path, Some(case.version)))
        }
        Some(file) => match sent(kind, visit, &at, envelope, file).await {
            Ok(_) => return Ok(visit.done(&format!("/api/desk{at}"), act.done)),
            Err(refusal) if refusal.ends_session() => return Ok(posted.held()),
            Err(refusal) => {
                let mut trouble = Trouble::of(&refusal, |_| Some("file".to_owned()));
                trouble.over = None;
                let form = match refusal.problem.code == "stale" {
                    true => visit.form(&visit.path, Some(case.version)),
                    false => form_again(&posted, &refusal),
                };
                (refusal.status, trouble, form)
            }
        },
    };
    let page = Page::new(&at, act, form, Some(trouble));
    Ok(visit.again(status, "case_add_file.html", &title(act, &case), &page))
}

async fn sent(
    kind: CaseKind,
    visit: &Visit,
    at: &str,
    envelope: Envelope<'_>,
    file: &Chosen,
) -> Result<Receipt, Refusal> {
    let path = format!("{at}/files?name={}", part(&file.name));
    kind.api(visit).hand_in(&path, envelope, file.bytes.clone()).await
}

fn title(act: &CaseAct, case: &Case) -> String {
    format!("{}：{} {}", act.name, case.kind, case.number)
}
