//! `POST /form/<capability>/<form>/files`: a page of a form that files are added on. It is all that decodes what strangers made: on AWS its role could neither read
//! nor write a case.

use std::time::Duration;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use domain::file::FileKind;
use gateway::{FILE_LIMIT, PathParam};
use http::{HeaderMap, StatusCode};
use intake::{Limits, Offered, Refusal, Taken};

use super::{
    answer::{Answer, Around, minutes},
    body::{self, Chosen},
    fill::{self, Opened},
    show::Shown,
    told,
};
use crate::{
    answers::Answers,
    attachment::Attachment,
    attempts::{Try, Verdict},
    file_name,
    flaw::Flaw,
    form::{Form, Question},
    posted::{AT, GO, Posted, RETURNING},
    step::Asked,
    submission::Personal,
};

/// Behind the address of a form, where its pages with files are sent.
pub(super) const BELOW: &str = "/files";

/// Name of the button that adds a file, and what that of a button which takes one away begins with.
pub(super) const ADD: &str = "add";
pub(super) const REMOVE: &str = "remove:";

/// Said beside it of a file that came with a form which was open too long.
const CHOSEN_ANEW: &str = "刚才选的文件请再选一次。";

const UNAVAILABLE: &str = "暂时无法添加文件，填写的内容都还在。请稍等片刻再试";

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
                Adding { around: &around, opened: &opened, newest, place, question }.answer(posted, chosen).await
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
struct Adding<'a> {
    around: &'a Around,
    opened: &'a Opened,
    newest: &'static Form,
    place: usize,
    question: &'a Question,
}

/// Why a file is not added, over the form that it was chosen in.
struct Not {
    status: StatusCode,
    code: &'static str,
    sentence: String,
    wait: Option<Duration>,
}

impl Not {
    fn fit(code: &'static str, sentence: String) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, code, sentence, wait: None }
    }

    fn now(status: StatusCode, code: &'static str, sentence: String, wait: Duration) -> Self {
        Self { status, code, sentence, wait: Some(wait) }
    }

    fn available() -> Self {
        Self::now(StatusCode::SERVICE_UNAVAILABLE, "unavailable", UNAVAILABLE.to_owned(), Duration::from_secs(5))
    }
}

impl Adding<'_> {
    async fn answer(&self, mut posted: Posted, chosen: Option<Chosen>) -> Answer {
        let button = posted.first(GO).unwrap_or_default().to_owned();
        if let Some(place) = button.strip_prefix(REMOVE) {
            posted.retain(&self.question.id, |text| Attachment::read(text).is_none_or(|file| file.place != place));
            return self.again(&posted, None);
        }
        let chose = chosen.is_some();
        if let Some(chosen) = chosen {
            match self.added(&posted, chosen).await {
                Ok(file) => posted.add(&self.question.id, file),
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

    /// Looks at a file and lays it away; what the form carries for it.
    async fn added(&self, posted: &Posted, chosen: Chosen) -> Result<String, Not> {
        let Self { around, opened, question, .. } = self;
        let parts = around.front.parts();
        let (label, most) = (&question.label, question.most());
        if chosen.question != question.id {
            return Err(Not::fit("not-a-question", format!("文件不属于“{label}”，请重新选择")));
        }
        if posted.all(&question.id).len() >= most {
            return Err(Not::fit("too-many-files", format!("“{label}”最多添加 {most} 个文件，可以先移除不需要的")));
        }
        let Chosen { name, bytes, .. } = chosen;
        if bytes.len() > FILE_LIMIT {
            let sentence = format!("“{label}”的每个文件不超过 4 MB，刚才选的超过了：请缩小、压缩或者拆分后再添加");
            return Err(Not::fit("file-too-large", sentence));
        }
        self.counted().await?;
        let name = file_name::cleaned(&name);
        let taken = self.looked_at(name.clone(), bytes).await?;
        if !question.files.contains(&taken.kind) {
            return Err(self.other_kind());
        }
        let kept = parts.quarantine.keep(&taken.bytes, around.front.now()).await.map_err(|error| {
            tracing::error!(alarm = "frontdoor-quarantine", %error);
            Not::available()
        })?;
        self.log("added");
        let file = Attachment {
            place: kept.place,
            key: kept.key,
            name: Personal::new(file_name::of_kind(&name, taken.kind)),
            kind: taken.kind,
            bytes: taken.bytes.len() as u64,
        };
        Ok(file.signed(&question.id, &opened.token, &parts.keys))
    }

    /// Counts a file of this address, whatever comes of it: looking at one is what costs.
    async fn counted(&self) -> Result<(), Not> {
        let (front, visitor) = (&self.around.front, self.around.visitor());
        match front.parts().limiter.take(&Try::Upload(&visitor), front.now()).await {
            Ok(Verdict::Granted) => Ok(()),
            Ok(Verdict::Wait(wait)) => {
                let sentence =
                    format!("从您所在的网络添加文件太多，请在 {} 分钟后再添加；不加也可以继续", minutes(wait));
                Err(Not::now(StatusCode::TOO_MANY_REQUESTS, "too-many", sentence, wait))
            }
            Err(error) => {
                tracing::error!(alarm = "frontdoor-attempts", %error);
                Err(Not::available())
            }
        }
    }

    /// What is made of the file: a picture anew, without what cameras write into it.
    async fn looked_at(&self, name: String, bytes: bytes::Bytes) -> Result<Taken, Not> {
        // It is never closed.
        let _room = self.around.front.looking().acquire().await;
        let limits = Limits { bytes: FILE_LIMIT as u64, ..Limits::default() };
        let looked =
            tokio::task::spawn_blocking(move || intake::take_in(&Offered { name: &name, bytes: &bytes }, &limits));
        match looked.await {
            Ok(Ok(taken)) => Ok(taken),
            // What is taken elsewhere need not be taken here.
            Ok(Err(Refusal::UnknownKind { .. })) => Err(self.other_kind()),
            Ok(Err(refusal)) => Err(Not::fit(refusal.code(), refusal.chinese())),
            Err(panic) => {
                tracing::error!(alarm = "intake-panicked", %panic);
                Err(Not::available())
            }
        }
    }

    fn other_kind(&self) -> Not {
        let sentence = format!("“{}”只接收 {} 文件，请另存为其中一种", self.question.label, endings(self.question));
        Not::fit("file-kind", sentence)
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

/// What names of the files end in that a question takes: `jpg、png`.
pub(super) fn endings(question: &Question) -> String {
    question.files.iter().map(|kind| FileKind::extension(*kind)).collect::<Vec<_>>().join("、")
}
