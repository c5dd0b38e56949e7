//! `POST /form/<capability>/act`: what a citizen does to his case, once, however often it is sent.
//!
//! Number and code go with every act: who finds a page of somebody else open does nothing with it, and each is counted as a look at the case is. The token names
//! the act, the case and the site, and is the key under which it is done.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use pages::front::{self, ActForm, ActPage, Control, ErrorNote, Hidden};

use super::{
    answer::{Answer, Around, minutes},
    body, case,
    code::{self, Tried, note},
    files, fill, show, told,
};
use crate::{
    act::{Act, ActAnswer, Deed},
    answers::Answers,
    attachment::Attachment,
    attempts::{Try, Verdict},
    flaw,
    form::{Kind, Question},
    keys::Keys,
    posted::{Posted, TOKEN},
    reception::ReceptionProblem,
    submission::{Personal, SentFile},
    token::Token,
};

const WRONG: &str = "查询码不对，请对照提交成功的页面核对后再试";
const RENEWED: &str = "这份表单打开已超过 24 小时，或者网站更新过。我们为您换了一份新的，您填写的内容还在，还没有提交。请填写查询码后再提交一次。";
const OTHER_TEXT: &str = "您已经用这份表单提交过一次，当时的内容与现在不同，已提交的仍然有效。请查看办理进度。";
const UNAVAILABLE: &str = "暂时无法提交，填写的内容都还在。请稍等片刻再提交，不会重复提交。";
const FILES_GONE: &str = "有文件添加后超过两天没有提交，已经自动删除，请重新添加";

/// Does it, and shows how the case stands then.
pub(super) async fn send(around: Around, headers: HeaderMap, body: Body) -> Response {
    if !around.is_ours() {
        return told::foreign(&around).into_response();
    }
    let posted = match body::read(&headers, body).await {
        Ok(posted) => posted,
        Err(unread) => return told::unread(&around, unread).into_response(),
    };
    match Sent::of(&around, posted) {
        Ok(sent) => sent.answer().await.into_response(),
        Err(none) => (*none).into_response(),
    }
}

/// The form of an act on the case of `number`, with nothing in it; its page shows `seen`.
pub(super) fn offered(around: &Around, act: &Act, number: &str, seen: u32) -> ActForm {
    form(around, act, number, &fresh(around, act, number, seen), &Answers::default())
}

fn fresh(around: &Around, act: &Act, number: &str, seen: u32) -> Token {
    around.front.token_for(act.purpose(number), seen, &around.place.site)
}

fn form(around: &Around, act: &Act, number: &str, token: &Token, answers: &Answers) -> ActForm {
    let keys = &around.front.parts().keys;
    let own = [(TOKEN, token.signed(keys)), ("act", act.name.to_owned()), ("number", number.to_owned())];
    let mut hidden: Vec<Hidden> =
        own.into_iter().map(|(name, value)| Hidden { name: name.to_owned(), value }).collect();
    let mut fields = Vec::new();
    for (_, question) in act.questions() {
        let mut field = show::field(&question, answers);
        if let Control::Files { to, .. } = &mut field.control {
            *to = Some(format!("{}{}", around.front.path("act"), files::BELOW));
            let files = answers.all(&question.id).iter().filter_map(|value| Attachment::read(value));
            // What was added belongs to the form it stands in, whichever it was added to first.
            let signed = files.map(|file| file.signed(&question.id, token, keys));
            hidden.extend(signed.map(|value| Hidden { name: question.id.clone(), value }));
        }
        fields.push(field);
    }
    fields.push(code::field(act.code_field(), "为防止他人代办，请再填写一次。"));
    ActForm {
        action: around.front.path("act"),
        title: act.title.to_owned(),
        lead: act.lead.to_owned(),
        is_awaited: act.is_awaited(),
        fields,
        hidden,
    }
}

/// Drops what is no file that was added to this form; says so where there was any.
fn fit_files(posted: &mut Posted, question: &Question, token: Option<&Token>, keys: &Keys) -> Option<ErrorNote> {
    let (id, label) = (&question.id, &question.label);
    let is_file = |text: &str| Attachment::read(text).is_some();
    // A form that is not sent in parts has the name of a file that was chosen, and not the file.
    let chosen = posted.all(id).iter().any(|text| !text.is_empty() && !is_file(text));
    posted.retain(id, is_file);
    let is_ours = |text: &str| token.is_some_and(|token| Attachment::opened(text, id, token, keys).is_some());
    if posted.retain(id, is_ours) {
        let sentence = format!("“{label}”里有文件不是在这份表单里添加的，已经去掉，请重新添加");
        return Some(note(Some(id), "file-foreign", &sentence));
    }
    let sentence = format!("“{label}”里刚才选的文件还没有添加：请再选一次，按“添加”；不需要的，直接提交");
    chosen.then(|| note(Some(id), "file-not-added", &sentence))
}

/// An act that was sent, and the case it is for.
pub(super) struct Sent<'a> {
    pub(super) around: &'a Around,
    pub(super) act: &'static Act,
    number: String,
    /// The form's own token, also where its time is over; none where it was not made here, or for something else.
    token: Option<Token>,
    pub(super) posted: Posted,
    /// What is wrong with its files.
    pub(super) unfit: Option<ErrorNote>,
}

impl<'a> Sent<'a> {
    /// Reads what was posted; there is no act by that name, or no case is named, otherwise.
    pub(super) fn of(around: &'a Around, mut posted: Posted) -> Result<Self, Box<Answer>> {
        let named = posted.first("act").unwrap_or_default();
        let Some(act) = around.front.reception().acts().iter().find(|act| act.name == named) else {
            return Err(Box::new(told::no_such_form(around)));
        };
        let number = code::number(posted.first("number").unwrap_or_default()).filter(|number| !number.is_empty());
        let Some(number) = number else {
            // No page of ours sends none.
            return Err(Box::new(case::entry(around, StatusCode::UNPROCESSABLE_ENTITY, "", Vec::new())));
        };
        let keys = &around.front.parts().keys;
        let token = posted.first(TOKEN).unwrap_or_default();
        let token = Token::opened(token, keys, &act.purpose(&number), &around.place.site).ok();
        let files = act.takes_files();
        let unfit = files.and_then(|question| fit_files(&mut posted, &question, token.as_ref(), keys));
        Ok(Self { around, act, number, token, posted, unfit })
    }

    /// Its token while it is good.
    pub(super) fn current(&self) -> Option<&Token> {
        let now = self.around.front.now();
        self.token.as_ref().filter(|token| !token.is_over(now))
    }

    async fn answer(&self) -> Answer {
        let token = match self.current() {
            Some(token) => token,
            None => match self.done_before().await {
                Some(token) => token,
                None => return self.renewed(""),
            },
        };
        let Self { around, act, number, .. } = self;
        let code = self.code();
        let flaws = self.flaws(code.as_deref());
        let (Some(code), true) = (code, flaws.is_empty()) else {
            return self.again(StatusCode::UNPROCESSABLE_ENTITY, Some(token), None, flaws);
        };
        let (deed, now) = (self.deed(token, code), around.front.now());
        if let Some(held_up) = self.counted(&deed, token).await {
            return held_up;
        }
        match code::tried(around, number, around.front.reception().act(&deed, now)).await {
            Tried::Right(standing) => {
                self.log("accepted");
                case::stands(around, &standing, Some(act.done))
            }
            Tried::Wrong => {
                let wrong = note(Some(&act.code_field()), "no-such-case", WRONG);
                self.again(StatusCode::UNPROCESSABLE_ENTITY, Some(token), None, vec![wrong])
            }
            Tried::Wait(wait) => self.too_many(token, wait),
            Tried::Unavailable => self.unavailable(token),
            Tried::Refused(problem) => self.refused(token, problem),
        }
    }

    fn code(&self) -> Option<String> {
        code::code(self.posted.first(&self.act.code_field()).unwrap_or_default())
    }

    /// The token of a form whose time is over and by which the act was done before: sent again it is told so, however late. Nothing else is done by it.
    async fn done_before(&self) -> Option<&Token> {
        let token = self.token.as_ref()?;
        let code = self.code().filter(|code| !code.is_empty())?;
        let deed = self.deed(token, code);
        match code::tried(self.around, &self.number, self.around.front.reception().did(&deed)).await {
            Tried::Right(true) => Some(token),
            Tried::Right(false) | Tried::Wrong | Tried::Refused(_) | Tried::Wait(_) | Tried::Unavailable => None,
        }
    }

    /// Counts an act with files as a file of this address, whatever comes of it: they are fetched and stored for it. The answer where it may not be tried now.
    async fn counted(&self, deed: &Deed, token: &Token) -> Option<Answer> {
        if deed.files.is_empty() {
            return None;
        }
        let (front, visitor) = (&self.around.front, self.around.visitor());
        match front.parts().limiter.take(&Try::Upload(&visitor), front.now()).await {
            Ok(Verdict::Granted) => None,
            Ok(Verdict::Wait(wait)) => Some(self.too_many(token, wait)),
            Err(error) => {
                tracing::error!(alarm = "frontdoor-attempts", %error);
                Some(self.unavailable(token))
            }
        }
    }

    /// The form again, for what was not done though the code was right.
    fn refused(&self, token: &Token, problem: ReceptionProblem) -> Answer {
        match problem {
            ReceptionProblem::Unavailable => self.unavailable(token),
            ReceptionProblem::FilesGone(places) => {
                self.log("files-gone");
                self.without(token, &places)
            }
            ReceptionProblem::OtherText => {
                self.log("other-text");
                self.again(StatusCode::CONFLICT, None, Some(OTHER_TEXT), Vec::new())
            }
            ReceptionProblem::Refused { code, sentence, .. } => {
                self.log(code);
                self.again(StatusCode::CONFLICT, Some(token), None, vec![note(None, code, &sentence)])
            }
        }
    }

    /// What he answered, cleaned.
    fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        for (_, question) in self.act.questions() {
            let most = match question.kind {
                Kind::Choices => question.choices.len(),
                Kind::Files => question.most(),
                _ => 1,
            };
            for value in self.posted.all(&question.id).iter().take(most) {
                answers.put(&question, value);
            }
        }
        answers
    }

    fn deed(&self, token: &Token, code: String) -> Deed {
        let answers = self.answers();
        let (mut text, mut chosen, mut files) = (None, BTreeMap::new(), Vec::new());
        for (asked, question) in self.act.questions() {
            let values = answers.all(&question.id);
            match asked.answer {
                ActAnswer::Text(_) => text = values.first().map(|text| Personal::new(text.as_str())),
                ActAnswer::One(_) | ActAnswer::Any(_) if values.is_empty() => {}
                ActAnswer::One(_) | ActAnswer::Any(_) => {
                    chosen.insert(asked.name, values.to_vec());
                }
                ActAnswer::Files(..) => {
                    let sent = values.iter().filter_map(|value| Attachment::read(value));
                    files.extend(sent.map(|file| SentFile { question: asked.name.to_owned(), file }));
                }
            }
        }
        let (number, key) = (self.number.clone(), token.id.clone());
        Deed { act: self.act.name, number, code: Personal::new(code), key, text, chosen, files, seen: token.version }
    }

    /// What is wrong with what was typed, before anybody looks at the case.
    fn flaws(&self, code: Option<&str>) -> Vec<ErrorNote> {
        let answers = self.answers();
        let questions = self.act.questions();
        let flaws = questions.filter_map(|(_, question)| flaw::of(&question, &answers, &self.around.place));
        let mut flaws: Vec<ErrorNote> =
            flaws.map(|flaw| note(Some(&flaw.question), flaw.code, &flaw.sentence)).collect();
        flaws.extend(self.unfit.clone());
        flaws.extend(code::flaw(&self.act.code_field(), "查询码", code));
        flaws
    }

    /// A fresh form with everything in it that is known to belong there, where it was open too long; `beside` is said, too.
    pub(super) fn renewed(&self, beside: &str) -> Answer {
        self.log("renewed");
        let lost = if self.token.is_none() && self.unfit.is_some() { fill::WITHOUT_FILES } else { "" };
        self.again(StatusCode::CONFLICT, None, Some(&format!("{RENEWED}{lost}{beside}")), Vec::new())
    }

    /// The form without the files that have gone from quarantine.
    fn without(&self, token: &Token, places: &[String]) -> Answer {
        let mut answers = self.answers();
        let question = self.act.takes_files().map(|question| question.id);
        if let Some(question) = &question {
            let is_there = |file: &Attachment| !places.contains(&file.place);
            answers.retain(question, |value| Attachment::read(value).is_some_and(|file| is_there(&file)));
        }
        let gone = note(question.as_deref(), "files-gone", FILES_GONE);
        self.with(&answers, StatusCode::UNPROCESSABLE_ENTITY, Some(token), None, vec![gone])
    }

    /// The form with what was answered still in it; the code is typed anew. Without a token it has a new one.
    pub(super) fn again(
        &self,
        status: StatusCode,
        token: Option<&Token>,
        said: Option<&str>,
        errors: Vec<ErrorNote>,
    ) -> Answer {
        self.with(&self.answers(), status, token, said, errors)
    }

    fn with(
        &self,
        answers: &Answers,
        status: StatusCode,
        token: Option<&Token>,
        said: Option<&str>,
        errors: Vec<ErrorNote>,
    ) -> Answer {
        let Self { around, act, number, .. } = self;
        // INVARIANT: a form that is made anew without its case shows no more than the one it comes from.
        let seen = self.token.as_ref().map_or(0, |token| token.version);
        let token = token.cloned().unwrap_or_else(|| fresh(around, act, number, seen));
        let page = ActPage {
            form: form(around, act, number, &token, answers),
            number: number.clone(),
            note: said.map(str::to_owned),
            errors,
            status: around.front.path("status"),
        };
        Answer::with(status, front::act(&around.of_site(), &page))
    }

    fn too_many(&self, token: &Token, wait: Duration) -> Answer {
        let text = format!("提交得太频繁，请在 {} 分钟后再试。填写的内容都还在，还没有提交。", minutes(wait));
        self.later(StatusCode::TOO_MANY_REQUESTS, token, wait, note(None, "too-many", &text))
    }

    fn unavailable(&self, token: &Token) -> Answer {
        let unavailable = note(None, "unavailable", UNAVAILABLE);
        self.later(StatusCode::SERVICE_UNAVAILABLE, token, Duration::from_secs(5), unavailable)
    }

    fn later(&self, status: StatusCode, token: &Token, wait: Duration, error: ErrorNote) -> Answer {
        self.log(&error.code);
        let mut answer = self.again(status, Some(token), None, vec![error]);
        answer.wait = Some(wait);
        answer
    }

    pub(super) fn log(&self, outcome: &str) {
        tracing::info!(action = "act", act = self.act.name, outcome, request = self.around.request);
    }
}
