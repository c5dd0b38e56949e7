//! `POST /form/<capability>/<form>/files`: a page of a form that files are added on. It is all that decodes what strangers made: on AWS its role could neither read
//! nor write a case.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use domain::file::FileKind;
use gateway::PathParam;
use http::{HeaderMap, StatusCode};

use super::{
    adding::{Adding, Not},
    answer::{Answer, Around},
    body::{self, Chosen},
    fill::{self, Opened},
    show::Shown,
    told,
};
use crate::{
    answers::Answers,
    attachment::Attachment,
    flaw::Flaw,
    form::{Form, Question},
    posted::{AT, GO, Posted, RETURNING},
    step::Asked,
};

/// Behind the address of a form, where its pages with files are sent.
pub(super) const BELOW: &str = "/files";

/// Name of the button that adds a file, and what that of a button which takes one away begins with.
pub(super) const ADD: &str = "add";
pub(super) const REMOVE: &str = "remove:";

/// Said beside it of a file that came with a form which was open too long.
pub(super) const CHOSEN_ANEW: &str = "刚才选的文件请再选一次。";

/// What follows from the answers, the file and the button.
pub(super) async fn go_on(around: Around, PathParam(form): PathParam, headers: HeaderMap, body: Body) -> Response {
    let Some(newest) = fill::offered(&around, &form) else { return told::nothing_here(around).await };
    if !around.is_ours() {
        return told::foreign(&around).into_response();
    }
    let (mut posted, chosen) = match body::with_file(&headers, body).await {
        Ok(sent) => sent,
        Err(unread) => return told::unread(&around, unread).into_response(),
    };
    let answer = match fill::opened(&around, newest, &mut posted) {
        None => fill::renewed(&around, newest, &mut posted),
        Some(opened) if opened.token.is_over(around.front.now()) => {
            let note = match chosen {
                Some(_) => format!("{}{CHOSEN_ANEW}", fill::RENEWED),
                None => fill::RENEWED.to_owned(),
            };
            fill::again(&around, newest, &posted, &note)
        }
        Some(opened) => match page(opened.form, &posted) {
            Some((place, question)) => {
                Sent { around: &around, opened: &opened, newest, place, question }.answer(posted, chosen).await
            }
            None => fill::through(&around, &opened, newest, &posted).await,
        },
    };
    answer.into_response()
}

/// The page that was sent, if files are added on it and it is asked.
fn page<'f>(form: &'f Form, posted: &Posted) -> Option<(usize, &'f Question)> {
    let at = posted.first(AT)?;
    let asked = Answers::of(form, posted).pages(form).into_iter();
    let page = asked.filter_map(|place| Some((place, form.pages.get(place)?))).find(|(_, page)| page.id == at);
    page.and_then(|(place, page)| Some((place, page.takes_files()?)))
}

/// A page with files on its way.
struct Sent<'a> {
    around: &'a Around,
    opened: &'a Opened,
    newest: &'static Form,
    place: usize,
    question: &'a Question,
}

impl Sent<'_> {
    async fn answer(&self, mut posted: Posted, chosen: Option<Chosen>) -> Answer {
        let button = posted.first(GO).unwrap_or_default().to_owned();
        if let Some(place) = button.strip_prefix(REMOVE) {
            taken_away(&mut posted, &self.question.id, place);
            return self.again(&posted, None);
        }
        let chose = chosen.is_some();
        if let Some(chosen) = chosen {
            let adding = Adding { around: self.around, question: self.question, token: &self.opened.token };
            match adding.added(&posted, chosen).await {
                Ok(file) => {
                    self.log("added");
                    posted.add(&self.question.id, file);
                }
                Err(not) => return self.again(&posted, Some(not)),
            }
        }
        match (button == ADD, chose) {
            (true, true) => self.again(&posted, None),
            (true, false) => {
                let nothing = Not::fit("no-file", "请先选择一个文件，再按“添加”".to_owned());
                self.again(&posted, Some(nothing))
            }
            // Who chose a file and goes on means it, too.
            (false, _) => fill::through(self.around, self.opened, self.newest, &posted).await,
        }
    }

    /// The page once more, with the files that are added.
    fn again(&self, posted: &Posted, not: Option<Not>) -> Answer {
        let (form, token) = (self.opened.form, &self.opened.token);
        let shown = Shown { around: self.around, form, token, note: None };
        let (status, wait) = not.as_ref().map_or((StatusCode::OK, None), |not| (not.status, not.wait));
        let flaw = not.map(|Not { code, sentence, .. }| {
            self.log(code);
            Flaw { question: self.question.id.clone(), code, sentence }
        });
        let asked = Asked {
            place: self.place,
            answers: Answers::of(form, posted),
            flaws: flaw.into_iter().collect(),
            returning: posted.first(RETURNING).is_some(),
        };
        Answer { status, page: shown.ask(&asked), wait }
    }

    fn log(&self, outcome: &str) {
        let Form { id, version, .. } = self.opened.form;
        tracing::info!(action = "attach", form = id, version, outcome, request = self.around.request);
    }
}

/// Takes the file that lies at `place` out of a question's answers.
pub(super) fn taken_away(posted: &mut Posted, question: &str, place: &str) {
    posted.retain(question, |text| Attachment::read(text).is_none_or(|file| file.place != place));
}

/// What names of the files end in that a question takes: `jpg、png`.
pub(super) fn endings(question: &Question) -> String {
    question.files.iter().map(|kind| FileKind::extension(*kind)).collect::<Vec<_>>().join("、")
}
