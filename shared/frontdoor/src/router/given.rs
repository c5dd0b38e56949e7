//! `POST /form/<capability>/file`: a file that was given with an answer, for whoever knows number and code.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use pages::front::{ActForm, Control, ErrorNote, Field, Hidden, Keyboard};

use super::{
    answer::Around,
    body, case,
    code::{self, Tried, note},
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
    let typed = code::beginning(posted.first("number").unwrap_or_default());
    let number = code::number(posted.first("number").unwrap_or_default());
    let code = code::code(posted.first(CODE).unwrap_or_default());
    let again = |status, errors: Vec<ErrorNote>| case::entry(around, status, &typed, errors).into_response();
    let flaws = [("number", "受理编号", &number), ("code", "查询码", &code)];
    let flaws = flaws.into_iter().filter_map(|(field, label, text)| code::flaw(field, label, text.as_deref()));
    let chosen = posted.first("file").filter(|file| !file.is_empty());
    let unchosen =
        chosen.is_none().then(|| note(None, "no-file", "请选择要下载的附件：重新查看办理进度，再从列出的附件中选一个"));
    let flaws: Vec<ErrorNote> = flaws.chain(unchosen).collect();
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
    let code = Field {
        id: CODE.to_owned(),
        label: "查询码".to_owned(),
        help: Some("空格和连字符可以不填，字母不分大小写。".to_owned()),
        optional: false,
        autocomplete: None,
        control: Control::Line { value: String::new(), keys: Keyboard::Text },
    };
    ActForm {
        action: around.front.path("file"),
        title: "答复的附件".to_owned(),
        lead: "为防止他人取走，下载前请再填写一次查询码。".to_owned(),
        is_awaited: false,
        fields: vec![code],
        hidden: vec![Hidden { name: "number".to_owned(), value: number.to_owned() }],
    }
}
