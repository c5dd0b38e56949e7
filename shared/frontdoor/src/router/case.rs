//! How a case stands, for whoever knows its number and its code.

use std::time::Duration;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use pages::front::{self, ErrorNote, StatusEntryPage};

use super::{
    act,
    answer::{Answer, Around, minutes},
    body,
    code::{self, Tried, Typed, note},
    given, told,
};
use crate::{act::Standing, posted::Posted, submission::Personal};

const UNAVAILABLE: &str = "暂时无法查询，请稍后再试。";
const WRONG: &str = "受理编号或者查询码不对。请对照提交成功的页面核对后再试";

/// `GET /form/<capability>/status`: asks for number and code.
pub(super) async fn ask(around: Around) -> Response {
    entry(&around, StatusCode::OK, "", Vec::new()).into_response()
}

/// `POST /form/<capability>/status`: how the case stands.
pub(super) async fn open(around: Around, headers: HeaderMap, body: Body) -> Response {
    if !around.is_ours() {
        return told::foreign(&around).into_response();
    }
    let posted = match body::read(&headers, body).await {
        Ok(posted) => posted,
        Err(unread) => return told::unread(&around, unread).into_response(),
    };
    answer(&around, &posted).await.into_response()
}

async fn answer(around: &Around, posted: &Posted) -> Answer {
    let typed = Typed::of(posted, "code");
    let flaws = typed.flaws();
    let Typed { number, code, shown: typed } = typed;
    let (Some(number), Some(code), true) = (number, code, flaws.is_empty()) else {
        return entry(around, StatusCode::UNPROCESSABLE_ENTITY, &typed, flaws);
    };
    let code = Personal::new(code);
    let looked = around.front.reception().open(&number, &code, around.front.now());
    match code::tried(around, &number, looked).await {
        Tried::Right(standing) => stands(around, &standing, None),
        Tried::Wrong => wrong(around, &typed),
        Tried::Wait(wait) => too_many(around, &typed, wait),
        Tried::Refused(_) | Tried::Unavailable => unavailable(around, &typed),
    }
}

/// The page of a case, with what may be done to it, and what was done just now.
pub(super) fn stands(around: &Around, standing: &Standing, done: Option<&str>) -> Answer {
    let Standing { page, acts, seen } = standing;
    let offered = around.front.reception().acts().iter().filter(|act| acts.contains(&act.name));
    let forms: Vec<_> = offered.map(|offered| act::offered(around, offered, &page.number, *seen)).collect();
    Answer::ok(front::status(&around.of_site(), page, &forms, &given::form(around, &page.number), done))
}

pub(super) fn wrong(around: &Around, number: &str) -> Answer {
    let wrong = note(Some("number"), "no-such-case", WRONG);
    entry(around, StatusCode::UNPROCESSABLE_ENTITY, number, vec![wrong])
}

pub(super) fn too_many(around: &Around, number: &str, wait: Duration) -> Answer {
    let text = format!("查询得太频繁，请在 {} 分钟后再试。", minutes(wait));
    let mut answer = entry(around, StatusCode::TOO_MANY_REQUESTS, number, vec![note(None, "too-many", &text)]);
    answer.wait = Some(wait);
    answer
}

pub(super) fn unavailable(around: &Around, number: &str) -> Answer {
    let errors = vec![note(None, "unavailable", UNAVAILABLE)];
    let mut answer = entry(around, StatusCode::SERVICE_UNAVAILABLE, number, errors);
    answer.wait = Some(Duration::from_secs(5));
    answer
}

pub(super) fn entry(around: &Around, status: StatusCode, number: &str, errors: Vec<ErrorNote>) -> Answer {
    let page = StatusEntryPage { action: around.front.path("status"), number: number.to_owned(), errors };
    Answer::with(status, front::status_entry(&around.of_site(), &page))
}
