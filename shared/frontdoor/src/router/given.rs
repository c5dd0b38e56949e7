//! `POST /form/<capability>/file`: a file that was given with an answer, for whoever knows number and code.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use pages::front::{ActForm, ErrorNote, Hidden};

use super::{
    answer::Around,
    body, case,
    code::{self, Tried, Typed, note},
    told,
};
use crate::{
    posted::Posted,
    reception::{CodeShown, ReceptionProblem},
    submission::Personal,
};

/// The field that the code is typed into: several forms may stand on the page of a case.
const CODE: &str = "file-code";

/// Hands the file out, to be saved.
pub(super) async fn send(around: Around, headers: HeaderMap, body: Body) -> Response {
    if !around.is_ours() {
        return told::foreign(&around).into_response();
    }
    match body::read(&headers, body).await {
        Ok(posted) => answer(&around, &posted).await,
        Err(unread) => told::unread(&around, unread).into_response(),
    }
}

async fn answer(around: &Around, posted: &Posted) -> Response {
    let typed = Typed::of(posted, CODE);
    let mut flaws = typed.flaws();
    let Typed { number, code, shown: typed } = typed;
    let again = |status, errors: Vec<ErrorNote>| case::entry(around, status, &typed, errors).into_response();
    let chosen = posted.first("file").filter(|file| !file.is_empty());
    if chosen.is_none() {
        flaws.push(note(None, "no-file", "请选择要下载的附件：重新查看办理进度，再从列出的附件中选一个"));
    }
    let (Some(number), Some(code), Some(file), true) = (number, code, chosen, flaws.is_empty()) else {
        return again(StatusCode::UNPROCESSABLE_ENTITY, flaws);
    };
    let code = Personal::new(code);
    let shown = CodeShown { number: &number, code: &code };
    let asked = around.front.reception().file(&shown, file, around.front.now());
    match code::tried(around, &number, asked).await {
        Tried::Right(file) => {
            tracing::info!(action = "file", outcome = "given", request = around.request);
            file.into_response()
        }
        Tried::Refused(ReceptionProblem::Refused { code, sentence, .. }) => {
            again(StatusCode::NOT_FOUND, vec![note(None, code, &sentence)])
        }
        Tried::Wrong => case::wrong(around, &typed).into_response(),
        Tried::Wait(wait) => case::too_many(around, &typed, wait).into_response(),
        Tried::Refused(_) | Tried::Unavailable => case::unavailable(around, &typed).into_response(),
    }
}

/// What files are asked for with that were given with the answer of the case of `number`.
pub(super) fn form(around: &Around, number: &str) -> ActForm {
    ActForm {
        action: around.front.path("file"),
        title: "答复的附件".to_owned(),
        lead: "为防止他人取走，下载前请再填写一次查询码。".to_owned(),
        is_awaited: false,
        fields: vec![code::field(CODE.to_owned(), "")],
        hidden: vec![Hidden { name: "number".to_owned(), value: number.to_owned() }],
    }
}
