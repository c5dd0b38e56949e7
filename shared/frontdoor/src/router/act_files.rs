//! `POST /form/<capability>/act/files`: a file is added to the form of an act, or taken away again. Like `…/<form>/files` it reads and writes no case.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};

use super::{
    act::Sent,
    adding::{Adding, Not},
    answer::{Answer, Around},
    body::{self, Chosen},
    code::note,
    files::{CHOSEN_ANEW, REMOVE, taken_away},
    told,
};
use crate::{form::Question, posted::GO};

/// The form with the file, or without it.
pub(super) async fn go_on(around: Around, headers: HeaderMap, body: Body) -> Response {
    if !around.is_ours() {
        return told::foreign(&around).into_response();
    }
    let (posted, chosen) = match body::with_file(&headers, body).await {
        Ok(sent) => sent,
        Err(unread) => return told::unread(&around, unread).into_response(),
    };
    let sent = match Sent::of(&around, posted) {
        Ok(sent) => sent,
        Err(none) => return (*none).into_response(),
    };
    match sent.act.takes_files() {
        Some(question) => answer(sent, &question, chosen).await.into_response(),
        None => told::no_such_form(&around).into_response(),
    }
}

async fn answer(mut sent: Sent<'_>, question: &Question, chosen: Option<Chosen>) -> Answer {
    let Some(token) = sent.current().cloned() else {
        return sent.renewed(if chosen.is_some() { CHOSEN_ANEW } else { "" });
    };
    if let Some(unfit) = sent.unfit.clone() {
        return sent.again(StatusCode::UNPROCESSABLE_ENTITY, Some(&token), None, vec![unfit]);
    }
    let button = sent.posted.first(GO).unwrap_or_default().to_owned();
    if let Some(place) = button.strip_prefix(REMOVE) {
        taken_away(&mut sent.posted, &question.id, place);
        return sent.again(StatusCode::OK, Some(&token), None, Vec::new());
    }
    let added = match chosen {
        Some(chosen) => Adding { around: sent.around, question, token: &token }.added(&sent.posted, chosen).await,
        // Enter in another field presses the first button.
        None => {
            Err(Not::fit("no-file", "还没有选择文件：要添加的，先选择再按“添加”；要提交的，请按最后的按钮".to_owned()))
        }
    };
    match added {
        Ok(file) => {
            sent.log("added");
            sent.posted.add(&question.id, file);
            sent.again(StatusCode::OK, Some(&token), None, Vec::new())
        }
        Err(Not { status, code, sentence, wait }) => {
            sent.log(code);
            let mut answer = sent.again(status, Some(&token), None, vec![note(Some(&question.id), code, &sentence)]);
            answer.wait = wait;
            answer
        }
    }
}
