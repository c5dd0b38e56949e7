//! `GET /form`: what an application on paper is asked for.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use frontdoor::{form, forms};
use gateway::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::reception::INFORMATION_REQUEST;

/// A form: what is asked, on which condition, and how it is answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormView {
    /// Its name.
    #[schema(example = "information-request")]
    form: &'static str,
    /// Its version: what `form_version` says of what was filled in.
    #[schema(example = 2)]
    version: u32,
    /// What it is.
    title: &'static str,
    /// The regulation it follows.
    rule: &'static str,
    /// What whoever fills it in is told of his personal data; a line is a paragraph.
    notice: &'static str,
    /// Groups of questions, in their order.
    pages: Vec<PageView>,
}

/// Questions that belong together.
#[derive(Debug, Serialize, ToSchema)]
struct PageView {
    /// Its name within the form.
    page: &'static str,
    /// What they are about.
    title: &'static str,
    /// What to know before answering.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'static str>,
    /// When they are asked; always where this is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<WhenView>,
    /// The questions.
    questions: Vec<QuestionView>,
}

/// A question.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionView {
    /// Its name: what the answer stands under.
    #[schema(example = "description")]
    question: &'static str,
    /// What is asked.
    label: &'static str,
    /// What helps to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'static str>,
    /// What an answer looks like.
    kind: AnswerKind,
    /// Whether there has to be one.
    required: bool,
    /// Most characters.
    limit: usize,
    /// When it is asked; whenever its page is, where this is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<WhenView>,
    /// What can be chosen.
    choices: Vec<ChoiceView>,
}

/// What an answer looks like.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum AnswerKind {
    /// One line.
    Line,
    /// Several lines.
    LongText,
    /// One of several, by value.
    Choice,
    /// Anything else, written in one line: a number, an address, a day.
    Other,
}

/// One thing that can be chosen.
#[derive(Debug, Serialize, ToSchema)]
struct ChoiceView {
    /// What the answer says.
    value: &'static str,
    /// What is read.
    label: &'static str,
}

/// Another question's answer on which it depends whether something is asked.
#[derive(Debug, Serialize, ToSchema)]
struct WhenView {
    /// The question.
    question: &'static str,
    /// One of these has to be its answer.
    is: Vec<&'static str>,
}

/// Tells what an application is asked for, in the form's newest version (everybody): what stands on paper is registered by the same rules.
#[utoipa::path(get, operation_id = "read_form", path = "/form", tag = "requests", security(()),
    responses((status = 200, description = "The form.", body = FormView)))]
pub(crate) async fn read() -> Response {
    let Some(form) = forms::newest(INFORMATION_REQUEST) else {
        // A build without it fails its tests.
        return Problem::plain(&gateway::kinds::NOT_FOUND).into_response();
    };
    ([(header::CACHE_CONTROL, "public, max-age=300")], Json(FormView::of(form))).into_response()
}

impl FormView {
    fn of(form: &'static form::Form) -> Self {
        Self {
            form: &form.id,
            version: form.version,
            title: &form.title,
            rule: &form.rule,
            notice: &form.notice.text,
            // Files that come on paper lie in the paper file.
            pages: form.pages.iter().filter(|page| page.takes_files().is_none()).map(PageView::of).collect(),
        }
    }
}

impl PageView {
    fn of(page: &'static form::Page) -> Self {
        Self {
            page: &page.id,
            title: &page.title,
            help: page.help.as_deref(),
            when: page.when.as_ref().map(WhenView::of),
            questions: page.questions.iter().map(QuestionView::of).collect(),
        }
    }
}

impl QuestionView {
    fn of(question: &'static form::Question) -> Self {
        let kind = match question.kind {
            form::Kind::Line => AnswerKind::Line,
            form::Kind::LongText => AnswerKind::LongText,
            form::Kind::Choice => AnswerKind::Choice,
            _ => AnswerKind::Other,
        };
        let choices = question.choices.iter();
        Self {
            question: &question.id,
            label: &question.label,
            help: question.help.as_deref(),
            kind,
            required: question.required,
            limit: question.most(),
            when: question.when.as_ref().map(WhenView::of),
            choices: choices.map(|choice| ChoiceView { value: &choice.value, label: &choice.label }).collect(),
        }
    }
}

impl WhenView {
    fn of(when: &'static form::When) -> Self {
        Self { question: &when.question, is: when.is.iter().map(String::as_str).collect() }
    }
}
