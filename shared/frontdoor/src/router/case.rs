//! How a case stands, for whoever knows its number and its code.

use std::time::Duration;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use pages::front::{self, ErrorNote, StatusEntryPage};

use super::{
    answer::{Answer, Around, minutes},
    body, told,
};
use crate::{
    answers::half_width,
    attempts::{Try, Verdict},
    posted::Posted,
    submission::Personal,
};

/// Characters of a number or a code at most.
const LONGEST: usize = 40;

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
    let number = spelled(posted.first("number").unwrap_or_default(), |c| c.is_ascii_alphanumeric() || c == '-');
    let code = spelled(posted.first("code").unwrap_or_default(), |c| c.is_ascii_alphanumeric());
    let typed: String = posted.first("number").unwrap_or_default().chars().take(LONGEST).collect();
    let flaws: Vec<ErrorNote> = [("number", "受理编号", &number), ("code", "查询码", &code)]
        .into_iter()
        .filter_map(|(field, label, text)| flaw(field, label, text.as_deref()))
        .collect();
    let (Some(number), Some(code), true) = (number, code, flaws.is_empty()) else {
        return entry(around, StatusCode::UNPROCESSABLE_ENTITY, &typed, flaws);
    };
    let (limiter, now) = (&around.front.parts().limiter, around.front.now());
    let visitor = around.visitor();
    // One bucket however the number is spelled: where its hyphens stand tells nothing.
    let bucket = number.replace('-', "");
    let (for_number, from_here) = (Try::Number(&bucket), Try::Code(&visitor));
    // Whoever may not try any more takes no try from anybody else: nobody closes a number to its owner from one address.
    for attempt in [&from_here, &for_number] {
        match limiter.take(attempt, now).await {
            Ok(Verdict::Granted) => {}
            Ok(Verdict::Wait(wait)) => return too_many(around, &typed, wait),
            Err(error) => {
                tracing::error!(alarm = "frontdoor-attempts", %error);
                return unavailable(around, &typed);
            }
        }
    }
    match around.front.reception().open(&number, &Personal::new(code), now).await {
        Ok(Some(status)) => {
            let given = tokio::join!(limiter.give_back(&from_here, now), limiter.give_back(&for_number, now));
            if let Err(error) = given.0.and(given.1) {
                tracing::warn!(%error, "a try was not given back");
            }
            Answer::ok(front::status(&around.of_site(), &status))
        }
        Ok(None) => {
            let wrong = note(Some("number"), "no-such-case", WRONG);
            entry(around, StatusCode::UNPROCESSABLE_ENTITY, &typed, vec![wrong])
        }
        Err(_) => unavailable(around, &typed),
    }
}

/// A number or a code as it is compared: half width, upper case, without the spaces (and, of codes, hyphens) that people put in.
///
/// Nothing where it has other characters, or too many; an empty one stays empty.
fn spelled(text: &str, fits: fn(char) -> bool) -> Option<String> {
    let text = text.chars().map(half_width).filter(|c| !c.is_whitespace() && (fits('-') || *c != '-'));
    let text: String = text.map(|c| c.to_ascii_uppercase()).take(LONGEST + 1).collect();
    (text.len() <= LONGEST && text.chars().all(fits)).then_some(text)
}

fn flaw(field: &str, label: &str, text: Option<&str>) -> Option<ErrorNote> {
    match text {
        Some("") => Some(note(Some(field), "missing", &format!("请填写{label}"))),
        Some(_) => None,
        None => Some(note(Some(field), "not-one", &format!("{label}只有字母、数字和连字符，请核对"))),
    }
}

fn too_many(around: &Around, number: &str, wait: Duration) -> Answer {
    let text = format!("查询得太频繁，请在 {} 分钟后再试。", minutes(wait));
    let mut answer = entry(around, StatusCode::TOO_MANY_REQUESTS, number, vec![note(None, "too-many", &text)]);
    answer.wait = Some(wait);
    answer
}

fn unavailable(around: &Around, number: &str) -> Answer {
    let errors = vec![note(None, "unavailable", UNAVAILABLE)];
    let mut answer = entry(around, StatusCode::SERVICE_UNAVAILABLE, number, errors);
    answer.wait = Some(Duration::from_secs(5));
    answer
}

fn note(field: Option<&str>, code: &str, text: &str) -> ErrorNote {
    ErrorNote { field: field.map(str::to_owned), code: code.to_owned(), text: text.to_owned() }
}

fn entry(around: &Around, status: StatusCode, number: &str, errors: Vec<ErrorNote>) -> Answer {
    let page = StatusEntryPage { action: around.front.path("status"), number: number.to_owned(), errors };
    Answer::with(status, front::status_entry(&around.of_site(), &page))
}
