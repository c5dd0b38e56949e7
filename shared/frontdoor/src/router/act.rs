//! `POST /form/<capability>/act`: what a citizen does to his case, once, however often it is sent.
//!
//! Number and code go with every act: who finds a page of somebody else open does nothing with it, and each is counted as a look at the case is. The token names
//! the act, the case and the site, and is the key under which it is done.

use std::time::Duration;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use pages::front::{self, ActForm, ActPage, Control, ErrorNote, Field, Hidden, Keyboard};

use super::{
    answer::{Answer, Around, minutes},
    body, case,
    code::{self, Tried, note},
    show, told,
};
use crate::{
    act::{Act, Deed},
    answers::Answers,
    flaw,
    posted::{Posted, TOKEN},
    reception::ReceptionProblem,
    submission::Personal,
    token::Token,
};

const WRONG: &str = "查询码不对，请对照提交成功的页面核对后再试";
const RENEWED: &str = "这份表单打开已超过 24 小时，或者网站更新过。我们为您换了一份新的，您填写的内容还在，还没有提交。请填写查询码后再提交一次。";
const OTHER_TEXT: &str = "您已经用这份表单提交过一次，当时的内容与现在不同，已提交的仍然有效。请查看办理进度。";
const UNAVAILABLE: &str = "暂时无法提交，填写的内容都还在。请稍等片刻再提交，不会重复提交。";

/// Does it, and shows how the case stands then.
pub(super) async fn send(around: Around, headers: HeaderMap, body: Body) -> Response {
    if !around.is_ours() {
        return told::foreign(&around).into_response();
    }
    let posted = match body::read(&headers, body).await {
        Ok(posted) => posted,
        Err(unread) => return told::unread(&around, unread).into_response(),
    };
    let named = posted.first("act").unwrap_or_default();
    let Some(act) = around.front.reception().acts().iter().find(|act| act.name == named) else {
        return told::nothing_here(around).await;
    };
    let number = code::number(posted.first("number").unwrap_or_default()).filter(|number| !number.is_empty());
    match number {
        Some(number) => Sending { around: &around, act, number, posted: &posted }.answer().await.into_response(),
        // No page of ours sends none.
        None => case::entry(&around, StatusCode::UNPROCESSABLE_ENTITY, "", Vec::new()).into_response(),
    }
}

/// The form of an act on the case of `number`, with nothing in it.
pub(super) fn offered(around: &Around, act: &Act, number: &str) -> ActForm {
    form(around, act, number, &fresh(around, act, number), &Answers::default())
}

fn fresh(around: &Around, act: &Act, number: &str) -> Token {
    around.front.token_for(act.purpose(number), 1, &around.place.site)
}

fn form(around: &Around, act: &Act, number: &str, token: &Token, answers: &Answers) -> ActForm {
    let hidden = [
        (TOKEN, token.signed(&around.front.parts().keys)),
        ("act", act.name.to_owned()),
        ("number", number.to_owned()),
    ];
    let text = act.question().map(|question| show::field(&question, answers));
    let code = Field {
        id: act.code_field(),
        label: "查询码".to_owned(),
        help: Some("为防止他人代办，请再填写一次。空格和连字符可以不填，字母不分大小写。".to_owned()),
        optional: false,
        autocomplete: None,
        control: Control::Line { value: String::new(), keys: Keyboard::Text },
    };
    ActForm {
        action: around.front.path("act"),
        title: act.title.to_owned(),
        lead: act.lead.to_owned(),
        is_awaited: act.asks.is_some(),
        fields: text.into_iter().chain([code]).collect(),
        hidden: hidden.into_iter().map(|(name, value)| Hidden { name: name.to_owned(), value }).collect(),
    }
}

/// An act on its way.
struct Sending<'a> {
    around: &'a Around,
    act: &'static Act,
    number: String,
    posted: &'a Posted,
}

impl Sending<'_> {
    async fn answer(&self) -> Answer {
        let Self { around, act, number, posted } = self;
        let (keys, now) = (&around.front.parts().keys, around.front.now());
        let text = posted.first(TOKEN).unwrap_or_default();
        let token = Token::opened(text, keys, &act.purpose(number), &around.place.site);
        let Some(token) = token.ok().filter(|token| !token.is_over(now)) else {
            self.log("renewed");
            return self.again(StatusCode::CONFLICT, None, Some(RENEWED), Vec::new());
        };
        let code = code::code(posted.first(&act.code_field()).unwrap_or_default());
        let flaws = self.flaws(code.as_deref());
        let (Some(code), true) = (code, flaws.is_empty()) else {
            return self.again(StatusCode::UNPROCESSABLE_ENTITY, Some(&token), None, flaws);
        };
        let written = act.question().map(|question| Personal::new(self.answers().one(&question.id)));
        let deed = Deed {
            act: act.name,
            number: number.clone(),
            code: Personal::new(code),
            key: token.id.clone(),
            text: written,
        };
        match code::tried(around, number, around.front.reception().act(&deed, now)).await {
            Tried::Right(standing) => {
                self.log("accepted");
                case::stands(around, &standing, Some(act.done))
            }
            Tried::Wrong => {
                let wrong = note(Some(&act.code_field()), "no-such-case", WRONG);
                self.again(StatusCode::UNPROCESSABLE_ENTITY, Some(&token), None, vec![wrong])
            }
            Tried::Wait(wait) => {
                let text = format!("提交得太频繁，请在 {} 分钟后再试。填写的内容都还在，还没有提交。", minutes(wait));
                self.later(StatusCode::TOO_MANY_REQUESTS, &token, wait, note(None, "too-many", &text))
            }
            // Acts carry no files.
            Tried::Unavailable | Tried::Refused(ReceptionProblem::Unavailable | ReceptionProblem::FilesGone(_)) => {
                let unavailable = note(None, "unavailable", UNAVAILABLE);
                self.later(StatusCode::SERVICE_UNAVAILABLE, &token, Duration::from_secs(5), unavailable)
            }
            Tried::Refused(ReceptionProblem::OtherText) => {
                self.log("other-text");
                self.again(StatusCode::CONFLICT, None, Some(OTHER_TEXT), Vec::new())
            }
            Tried::Refused(ReceptionProblem::Refused { code, sentence, .. }) => {
                self.log(code);
                self.again(StatusCode::CONFLICT, Some(&token), None, vec![note(None, code, &sentence)])
            }
        }
    }

    fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        if let Some(question) = self.act.question() {
            answers.put(&question, self.posted.first(&question.id).unwrap_or_default());
        }
        answers
    }

    /// What is wrong with what was typed, before anybody looks at the case.
    fn flaws(&self, code: Option<&str>) -> Vec<ErrorNote> {
        let question = self.act.question();
        let text = question.and_then(|question| flaw::of(&question, &self.answers(), &self.around.place));
        let text = text.map(|flaw| note(Some(&flaw.question), flaw.code, &flaw.sentence));
        text.into_iter().chain(code::flaw(&self.act.code_field(), "查询码", code)).collect()
    }

    /// The form with the text still in it; the code is typed anew. Without a token it has a new one.
    fn again(&self, status: StatusCode, token: Option<&Token>, said: Option<&str>, errors: Vec<ErrorNote>) -> Answer {
        let Self { around, act, number, .. } = self;
        let token = token.cloned().unwrap_or_else(|| fresh(around, act, number));
        let page = ActPage {
            form: form(around, act, number, &token, &self.answers()),
            number: number.clone(),
            note: said.map(str::to_owned),
            errors,
            status: around.front.path("status"),
        };
        Answer::with(status, front::act(&around.of_site(), &page))
    }

    fn later(&self, status: StatusCode, token: &Token, wait: Duration, error: ErrorNote) -> Answer {
        self.log(&error.code);
        let mut answer = self.again(status, Some(token), None, vec![error]);
        answer.wait = Some(wait);
        answer
    }

    fn log(&self, outcome: &str) {
        tracing::info!(action = "act", act = self.act.name, outcome, request = self.around.request);
    }
}
