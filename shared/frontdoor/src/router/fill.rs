//! Filling in a form, page by page.

use axum::{
    body::Body,
    extract::RawQuery,
    response::{IntoResponse, Response},
};
use gateway::PathParam;
use http::{HeaderMap, StatusCode};

use super::{
    answer::{Answer, Around},
    body, send,
    show::{self, Shown},
    told,
};
use crate::{
    form::Form,
    forms,
    posted::{Posted, TOKEN},
    step::{self, Step},
    token::Token,
};

/// Said where a form was open too long, or its token is no longer known.
const RENEWED: &str =
    "这份表单打开已超过 24 小时，或者网站更新过。我们为您换了一份新的，您填写的内容都还在，还没有提交，请接着填写。";

/// `GET /form/<capability>/<form>`: the first page, answered beforehand as a link may do it.
pub(super) async fn open(around: Around, PathParam(form): PathParam, RawQuery(query): RawQuery) -> Response {
    let Some(form) = offered(&around, &form) else { return told::nothing_here(around).await };
    let query = query.unwrap_or_default();
    let given: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().take(20).collect();
    let shown = Shown { around: &around, form, token: &around.front.token(form, &around.place.site), note: None };
    Answer::ok(shown.step(&step::first(form, &given))).into_response()
}

/// `POST /form/<capability>/<form>`: what follows from the answers and the button.
pub(super) async fn go_on(around: Around, PathParam(form): PathParam, headers: HeaderMap, body: Body) -> Response {
    let Some(newest) = offered(&around, &form) else { return told::nothing_here(around).await };
    if !around.is_ours() {
        return told::foreign(&around).into_response();
    }
    let posted = match body::read(&headers, body).await {
        Ok(posted) => posted,
        Err(unread) => return told::unread(&around, unread).into_response(),
    };
    let answer = match opened(&around, newest, &posted) {
        Some((form, token)) => through(&around, form, newest, &token, &posted).await,
        None => renewed(&around, newest, &posted),
    };
    answer.into_response()
}

/// The newest version of a form that this capability takes.
fn offered(around: &Around, form: &str) -> Option<&'static Form> {
    let offered = around.front.reception().forms().contains(&form);
    offered.then(|| forms::newest(form)).flatten()
}

/// The version of the form that was shown, with its token; its time may be over.
fn opened(around: &Around, newest: &Form, posted: &Posted) -> Option<(&'static Form, Token)> {
    let text = posted.first(TOKEN)?;
    let token = Token::opened(text, &around.front.parts().keys, &newest.id, &around.place.site).ok()?;
    Some((forms::get(&token.form, token.version)?, token))
}

async fn through(
    around: &Around,
    form: &'static Form,
    newest: &'static Form,
    token: &Token,
    posted: &Posted,
) -> Answer {
    let step = step::next(form, posted, &around.place);
    let over = token.is_over(around.front.now());
    let shown = Shown { around, form, token, note: None };
    match &step {
        Step::Send(answers) => {
            let sending = send::Sending { shown, answers, posted };
            // What was received once is recognised before anything can refuse it.
            match sending.recalled().await {
                Some(answer) => answer,
                None if over => renewed(around, newest, posted),
                None => sending.send().await,
            }
        }
        _ if over => renewed(around, newest, posted),
        Step::Ask(asked) if !asked.flaws.is_empty() => {
            Answer::with(StatusCode::UNPROCESSABLE_ENTITY, shown.step(&step))
        }
        Step::Ask(_) | Step::Check(_) => Answer::ok(shown.step(&step)),
    }
}

/// The same page with all answers and a fresh token.
fn renewed(around: &Around, newest: &'static Form, posted: &Posted) -> Answer {
    let token = around.front.token(newest, &around.place.site);
    let shown = show::Shown { around, form: newest, token: &token, note: Some(RENEWED) };
    Answer::with(StatusCode::CONFLICT, shown.step(&step::again(newest, posted)))
}
