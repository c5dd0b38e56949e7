//! Sending a form: recognised, counted, received, and answered with a receipt.

use std::time::Duration;

use http::StatusCode;
use pages::front::{self, ErrorNote, ReceiptPage};

use super::{
    answer::{Answer, minutes},
    show::Shown,
};
use crate::{
    answers::Answers,
    attachment::Attachment,
    attempts::{Try, Verdict},
    flaw::Flaw,
    posted::{PROOF, Posted},
    proof::{self, Work},
    reception::{Receipt, ReceptionProblem, Visit},
    step::Asked,
    submission::Submission,
};

const UNAVAILABLE: &str = "暂时无法提交，填写的内容都还在。请稍等片刻再按“提交”，不会重复提交。";
const OTHER_TEXT: &str = "您已经用这份表单提交过一次，当时的内容与现在不同，已提交的仍然有效。如果要把现在的内容另外提交一份，请再按一次“提交”。";

/// A form on its way.
pub(super) struct Sending<'a> {
    pub(super) shown: Shown<'a>,
    pub(super) answers: &'a Answers,
    pub(super) posted: &'a Posted,
}

impl Sending<'_> {
    fn submission(&self) -> Submission {
        Submission::of(self.shown.form, self.shown.token, self.answers)
    }

    /// The answer for what was received under this key already, or for what cannot be told from it.
    pub(super) async fn recalled(&self) -> Option<Answer> {
        match self.shown.around.front.reception().recall(&self.submission()).await {
            Ok(None) => None,
            Ok(Some(receipt)) => Some(self.receipt(receipt, "repeated")),
            Err(problem) => Some(self.problem(problem)),
        }
    }

    /// Counts and receives it.
    pub(super) async fn send(&self) -> Answer {
        let around = self.shown.around;
        let (front, now) = (&around.front, around.front.now());
        let proof = self.posted.first(PROOF).unwrap_or_default();
        let work = proof::check(proof, self.shown.token, &front.parts().keys);
        let visitor = around.visitor();
        let attempt = match work {
            Work::Done => Try::Submission(&visitor),
            Work::None => Try::PlainSubmission(&visitor),
        };
        match front.parts().limiter.take(&attempt, now).await {
            Ok(Verdict::Granted) => {}
            Ok(Verdict::Wait(wait)) => return self.too_many(work, wait),
            Err(error) => {
                tracing::error!(alarm = "frontdoor-attempts", %error);
                return self.problem(ReceptionProblem::Unavailable);
            }
        }
        let visit = Visit { now, work, request: around.request.clone() };
        match front.reception().receive(&self.submission(), &visit).await {
            Ok(receipt) => self.receipt(receipt, "accepted"),
            Err(problem) => {
                // Nothing came of it.
                if let Err(error) = front.parts().limiter.give_back(&attempt, now).await {
                    tracing::warn!(%error, "a try was not given back");
                }
                self.problem(problem)
            }
        }
    }

    fn receipt(&self, receipt: Receipt, outcome: &'static str) -> Answer {
        self.log(outcome);
        let around = self.shown.around;
        let page = ReceiptPage {
            form: self.shown.form.title.clone(),
            number: receipt.number,
            code: receipt.code.expose().to_owned(),
            next: receipt.next,
            status: around.front.path("status"),
        };
        Answer::ok(front::receipt(&around.of_form(self.shown.form), &page))
    }

    fn too_many(&self, work: Work, wait: Duration) -> Answer {
        self.log("too-many");
        let mut text = format!(
            "从您所在的网络提交得太多，请在 {} 分钟后再按“提交”。填写的内容都还在，还没有提交。",
            minutes(wait)
        );
        if work == Work::None {
            text.push_str("浏览器允许运行脚本的，可以提交更多。");
        }
        let mut answer = self.kept(StatusCode::TOO_MANY_REQUESTS, "too-many", &text);
        answer.wait = Some(wait);
        answer
    }

    fn problem(&self, problem: ReceptionProblem) -> Answer {
        match problem {
            ReceptionProblem::Unavailable => {
                self.log("unavailable");
                let mut answer = self.kept(StatusCode::SERVICE_UNAVAILABLE, "unavailable", UNAVAILABLE);
                answer.wait = Some(Duration::from_secs(5));
                answer
            }
            ReceptionProblem::OtherText => {
                self.log("other-text");
                let around = self.shown.around;
                let token = around.front.token(self.shown.form, &around.place.site);
                let shown = Shown { token: &token, note: Some(OTHER_TEXT), ..self.shown };
                Answer::with(StatusCode::CONFLICT, shown.check(self.answers, Vec::new()))
            }
            ReceptionProblem::FilesGone(places) => {
                self.log("files-gone");
                self.without(&places)
            }
            ReceptionProblem::Refused { code, question, sentence } => {
                self.log(code);
                self.refused(code, question, &sentence)
            }
        }
    }

    /// The page of the first question of whose files some are gone, with everything else in it.
    fn without(&self, places: &[String]) -> Answer {
        let is_gone = |file: &Attachment| places.contains(&file.place);
        let sent = self.submission().files;
        let Some(first) = sent.iter().find(|sent| is_gone(&sent.file)) else {
            return self.problem(ReceptionProblem::Unavailable);
        };
        let (question, name) = (first.question.clone(), first.file.name.expose());
        let sentence = format!("“{name}”等文件添加后超过两天没有提交，已经自动删除，请重新添加");
        let mut answers = self.answers.clone();
        for sent in &sent {
            answers.retain(&sent.question, |value| Attachment::read(value).is_some_and(|file| !is_gone(&file)));
        }
        self.at_question(&answers, "files-gone", Some(question), &sentence)
    }

    /// The page of the question that a refusal is about, or the check.
    fn refused(&self, code: &'static str, question: Option<String>, sentence: &str) -> Answer {
        self.at_question(self.answers, code, question, sentence)
    }

    fn at_question(&self, answers: &Answers, code: &'static str, question: Option<String>, sentence: &str) -> Answer {
        let form = self.shown.form;
        let page = question.as_ref().and_then(|question| {
            let place = form.pages.iter().position(|page| page.questions.iter().any(|asked| asked.id == *question))?;
            Some((place, question.clone()))
        });
        let Some((place, question)) = page else { return self.kept(StatusCode::UNPROCESSABLE_ENTITY, code, sentence) };
        let flaws = vec![Flaw { question, code, sentence: sentence.to_owned() }];
        let asked = Asked { place, answers: answers.clone(), flaws, returning: true };
        Answer::with(StatusCode::UNPROCESSABLE_ENTITY, self.shown.ask(&asked))
    }

    /// The check with everything still in it, under the same key.
    fn kept(&self, status: StatusCode, code: &str, text: &str) -> Answer {
        let error = ErrorNote { field: None, code: code.to_owned(), text: text.to_owned() };
        Answer::with(status, self.shown.check(self.answers, vec![error]))
    }

    fn log(&self, outcome: &'static str) {
        let Shown { around, form, .. } = self.shown;
        tracing::info!(action = "submit", form = form.id, version = form.version, outcome, request = around.request);
    }
}
