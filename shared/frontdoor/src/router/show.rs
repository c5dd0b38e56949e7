//! What the engine says, as pages.

use domain::file::FileKind;
use pages::{
    RenderError, Rendered,
    front::{
        self, AddedFile, AnswerNote, CheckPage, ChoiceOption, Control, ErrorNote, Field, Hidden, Keyboard, Many,
        NoticeNote, QuestionPage,
    },
};

use super::{answer::Around, files};
use crate::{
    answers::Answers,
    attachment::Attachment,
    form::{Form, Kind, Question},
    posted::{AT, CHECK, RETURNING, TOKEN},
    proof,
    step::{Asked, Step},
    token::Token,
};

/// A form, as it is shown to somebody.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) around: &'a Around,
    pub(super) form: &'static Form,
    pub(super) token: &'a Token,
    /// What happened that is nobody's mistake.
    pub(super) note: Option<&'a str>,
}

impl Shown<'_> {
    /// The page that a step leads to.
    pub(super) fn step(&self, step: &Step) -> Result<Rendered, RenderError> {
        match step {
            Step::Ask(asked) => self.ask(asked),
            Step::Check(answers) | Step::Send(answers) => self.check(answers, Vec::new()),
        }
    }

    /// A page of questions.
    pub(super) fn ask(&self, asked: &Asked) -> Result<Rendered, RenderError> {
        let Asked { place, answers, flaws, returning } = asked;
        let Some(page) = self.form.pages.get(*place) else { return self.check(answers, Vec::new()) };
        let questions = answers.asked(self.form, page);
        let number = answers.pages(self.form).iter().take_while(|before| *before < place).count() + 1;
        let mut hidden = self.hidden(&page.id, answers, |question| {
            // What was added travels along on its own page, too: no field has it.
            question.kind == Kind::Files || questions.iter().all(|shown| shown.id != question.id)
        });
        if *returning {
            hidden.push(Hidden { name: RETURNING.to_owned(), value: "1".to_owned() });
        }
        let errors = flaws.iter().map(|flaw| ErrorNote {
            field: Some(flaw.question.clone()),
            code: flaw.code.to_owned(),
            text: flaw.sentence.clone(),
        });
        let takes_files = page.takes_files().is_some();
        let model = QuestionPage {
            form: self.form.title.clone(),
            action: if takes_files { format!("{}{}", self.action(), files::BELOW) } else { self.action() },
            takes_files,
            title: page.title.clone(),
            number,
            lead: (*place == 0).then(|| self.form.lead.clone()),
            help: page.help.clone(),
            note: self.note.map(str::to_owned),
            errors: errors.collect(),
            fields: questions.into_iter().map(|question| field(question, answers)).collect(),
            hidden,
            goes_back: *place > 0,
            notice: self.notice(),
        };
        front::questions(&self.around.of_form(self.form), &model)
    }

    /// All answers once more, with what kept them from being sent.
    pub(super) fn check(&self, answers: &Answers, errors: Vec<ErrorNote>) -> Result<Rendered, RenderError> {
        let form = self.form;
        let notes = form.pages.iter().flat_map(|page| {
            answers.asked(form, page).into_iter().map(|question| AnswerNote {
                label: question.label.clone(),
                lines: lines(question, answers),
                page: page.id.clone(),
            })
        });
        let parts = self.around.front.parts();
        let model = CheckPage {
            form: form.title.clone(),
            action: self.action(),
            note: self.note.map(str::to_owned),
            errors,
            answers: notes.collect(),
            hidden: self.hidden(CHECK, answers, |_| true),
            notice: self.notice(),
            challenge: proof::challenge(self.token, &parts.keys, parts.randomness.bytes()),
            without_script: without_script(parts.limiter.rates().plain_submission),
        };
        front::check(&self.around.of_form(form), &model)
    }

    fn action(&self) -> String {
        self.around.front.path(&self.form.id)
    }

    fn notice(&self) -> NoticeNote {
        let paragraphs = self.form.notice.text.lines().map(str::trim).filter(|line| !line.is_empty());
        NoticeNote {
            version: self.form.notice.version,
            paragraphs: paragraphs.map(str::to_owned).collect(),
            rule: self.form.rule.clone(),
        }
    }

    /// An answer as the form carries it: a file that was added belongs to the form it stands in, whichever it was added to first.
    fn carried(&self, question: &Question, value: &str) -> String {
        let file = Some(value).filter(|_| question.kind == Kind::Files).and_then(Attachment::read);
        let keys = &self.around.front.parts().keys;
        file.map_or_else(|| value.to_owned(), |file| file.signed(&question.id, self.token, keys))
    }

    /// The token, the page, and the answers to those questions that `travels` picks.
    fn hidden(&self, at: &str, answers: &Answers, travels: impl Fn(&Question) -> bool) -> Vec<Hidden> {
        let own = [(TOKEN, self.token.signed(&self.around.front.parts().keys)), (AT, at.to_owned())];
        let own = own.into_iter().map(|(name, value)| Hidden { name: name.to_owned(), value });
        let others = self.form.questions().filter(|(_, question)| travels(question)).flat_map(|(_, question)| {
            let values = answers.all(&question.id).iter();
            values.map(|value| Hidden { name: question.id.clone(), value: self.carried(question, value) })
        });
        own.chain(others).collect()
    }
}

/// What is said where no script runs: the truth.
fn without_script(rate: crate::Rate) -> String {
    let span = if rate.minutes == 60 { "每小时".to_owned() } else { format!("每 {} 分钟", rate.minutes) };
    format!(
        "您的浏览器没有运行脚本，不影响提交。为防止机器批量提交，这样提交的，同一网络{span}最多 {} 件；超过时请稍后再提交，或者拨打页面底部的联系电话。",
        rate.tries
    )
}

/// What was answered, as a person reads it.
fn lines(question: &Question, answers: &Answers) -> Vec<String> {
    let values = answers.all(&question.id).iter();
    if question.kind == Kind::Files {
        let files = values.filter_map(|value| Attachment::read(value));
        return files.map(|file| format!("{}（{}）", file.name.expose(), file.about())).collect();
    }
    values.flat_map(|value| question.chosen(value).unwrap_or(value).lines().map(str::to_owned)).collect()
}

pub(super) fn field(question: &Question, answers: &Answers) -> Field {
    let value = answers.one(&question.id).to_owned();
    let line = |keys| Control::Line { value: value.clone(), keys };
    let control = match question.kind {
        Kind::Line | Kind::IdentityCard => line(Keyboard::Text),
        Kind::Phone => line(Keyboard::Telephone),
        Kind::Email => line(Keyboard::Email),
        Kind::PageAddress => line(Keyboard::Web),
        Kind::Date => line(Keyboard::Date),
        Kind::LongText => Control::Text { value, limit: question.most() },
        Kind::Choice => Control::Choice { many: Many::One, options: options(question, answers) },
        Kind::Choices => Control::Choice { many: Many::Any, options: options(question, answers) },
        Kind::Files => added(question, answers),
        Kind::YesNo => {
            let option = |value: &str, label: &str| ChoiceOption {
                value: value.to_owned(),
                label: label.to_owned(),
                help: None,
                chosen: answers.one(&question.id) == value,
            };
            Control::Choice { many: Many::One, options: vec![option("yes", "是"), option("no", "否")] }
        }
    };
    Field {
        id: question.id.clone(),
        label: question.label.clone(),
        help: question.help.clone(),
        optional: !question.required,
        autocomplete: question.autocomplete.clone(),
        control,
    }
}

/// The files that were added, and what may be added still.
fn added(question: &Question, answers: &Answers) -> Control {
    let files: Vec<Attachment> = answers.all(&question.id).iter().filter_map(|value| Attachment::read(value)).collect();
    let (most, endings) = (question.most(), files::endings(question));
    let accept = question.files.iter().flat_map(|kind| match kind {
        FileKind::Jpeg => vec![".jpg".to_owned(), ".jpeg".to_owned()],
        kind => vec![format!(".{}", kind.extension())],
    });
    Control::Files {
        accept: accept.collect::<Vec<_>>().join(","),
        limits: format!("最多 {most} 个，每个不超过 4 MB：{endings}。一次添加一个。"),
        is_full: files.len() >= most,
        to: None,
        added: files
            .into_iter()
            .map(|file| AddedFile { about: file.about(), name: file.name.expose().to_owned(), place: file.place })
            .collect(),
    }
}

fn options(question: &Question, answers: &Answers) -> Vec<ChoiceOption> {
    let chosen = answers.all(&question.id);
    let options = question.choices.iter().map(|choice| ChoiceOption {
        value: choice.value.clone(),
        label: choice.label.clone(),
        help: choice.help.clone(),
        chosen: chosen.contains(&choice.value),
    });
    options.collect()
}
