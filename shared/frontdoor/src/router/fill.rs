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
    answers::Answers,
    attachment::Attachment,
    flaw::Flaw,
    form::Form,
    forms,
    posted::{Posted, RETURNING, TOKEN},
    step::{self, Asked, Step},
    token::Token,
};

/// Said where a form was open too long, or its token is no longer known.
pub(super) const RENEWED: &str =
    "这份表单打开已超过 24 小时，或者网站更新过。我们为您换了一份新的，您填写的内容都还在，还没有提交，请接着填写。";

/// Said beside it where files were added that cannot be told to belong to it any more.
pub(super) const WITHOUT_FILES: &str = "添加过的文件请重新添加。";

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
    let mut posted = match body::read(&headers, body).await {
        Ok(posted) => posted,
        Err(unread) => return told::unread(&around, unread).into_response(),
    };
    let answer = match opened(&around, newest, &mut posted) {
        Some(opened) => through(&around, &opened, newest, &posted).await,
        None => renewed(&around, newest, &mut posted),
    };
    answer.into_response()
}

/// The newest version of a form that this capability takes.
pub(super) fn offered(around: &Around, form: &str) -> Option<&'static Form> {
    let offered = around.front.reception().forms().contains(&form);
    offered.then(|| forms::newest(form)).flatten()
}

/// A form as it was shown.
pub(super) struct Opened {
    /// The version that was shown.
    pub(super) form: &'static Form,
    /// Its token; its time may be over.
    pub(super) token: Token,
    /// The first question with a file that was not added to it here.
    foreign: Option<String>,
}

/// The version of the form that was shown, with its token; files that were not added to it are dropped.
pub(super) fn opened(around: &Around, newest: &Form, posted: &mut Posted) -> Option<Opened> {
    let keys = &around.front.parts().keys;
    let token = Token::opened(posted.first(TOKEN)?, keys, &newest.id, &around.place.site).ok()?;
    let form = forms::get(&token.form, token.version)?;
    let mut foreign = None;
    // Of the newest version, too: a form that was open too long goes on as that one, which signs for its files anew.
    for question in form.file_questions().chain(newest.file_questions()) {
        let id = &question.id;
        if posted.retain(id, |text| Attachment::opened(text, id, &token, keys).is_some()) {
            foreign.get_or_insert_with(|| id.clone());
        }
    }
    Some(Opened { form, token, foreign })
}

/// What follows from the answers and the button.
pub(super) async fn through(around: &Around, opened: &Opened, newest: &'static Form, posted: &Posted) -> Answer {
    let (form, Opened { token, foreign, .. }) = (opened.form, opened);
    let step = step::next(form, posted, &around.place);
    let over = token.is_over(around.front.now());
    let shown = Shown { around, form, token, note: None };
    if let Some(asked) = foreign.as_ref().and_then(|question| without_foreign(form, question, posted)) {
        return Answer::with(StatusCode::UNPROCESSABLE_ENTITY, shown.ask(&asked));
    }
    match &step {
        Step::Send(answers) => {
            let sending = send::Sending { shown, answers, posted };
            // What was received once is recognised before anything can refuse it.
            match sending.recalled().await {
                Some(answer) => answer,
                None if over => again(around, newest, posted, RENEWED),
                None => sending.send().await,
            }
        }
        _ if over => again(around, newest, posted, RENEWED),
        Step::Ask(asked) if !asked.flaws.is_empty() => {
            Answer::with(StatusCode::UNPROCESSABLE_ENTITY, shown.step(&step))
        }
        Step::Ask(_) | Step::Check(_) => Answer::ok(shown.step(&step)),
    }
}

/// The page of a question of whose files one was not added to this form: without it.
fn without_foreign(form: &Form, question: &str, posted: &Posted) -> Option<Asked> {
    let answers = Answers::of(form, posted);
    let asked = answers.pages(form).into_iter();
    let mut asked = asked.filter_map(|place| Some((place, form.pages.get(place)?.takes_files()?)));
    let (place, question) = asked.find(|(_, asked)| asked.id == question)?;
    let sentence = format!("“{}”里有文件不是在这份表单里添加的，已经去掉，请重新添加", question.label);
    let flaws = vec![Flaw { question: question.id.clone(), code: "file-foreign", sentence }];
    Some(Asked { place, answers, flaws, returning: posted.first(RETURNING).is_some() })
}

/// As [`again`], of a form whose token is not known: neither are the files that were added to it.
pub(super) fn renewed(around: &Around, newest: &'static Form, posted: &mut Posted) -> Answer {
    let mut lost = false;
    for question in newest.file_questions() {
        lost |= posted.retain(&question.id, |_| false);
    }
    let note = if lost { format!("{RENEWED}{WITHOUT_FILES}") } else { RENEWED.to_owned() };
    again(around, newest, posted, &note)
}

/// The same page with all answers and a fresh token; files that were added to it stay.
pub(super) fn again(around: &Around, newest: &'static Form, posted: &Posted, note: &str) -> Answer {
    let token = around.front.token(newest, &around.place.site);
    let shown = show::Shown { around, form: newest, token: &token, note: Some(note) };
    Answer::with(StatusCode::CONFLICT, shown.step(&step::again(newest, posted)))
}
