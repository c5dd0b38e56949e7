//! Public answers to error reports 纠错反馈: the newest ones, and those of a month.

use serde::Serialize;

use super::{list, page, visible};
use crate::address::absolute;
use crate::head::Head;
use crate::model::{AnswersMonthPage, AnswersPage, Frame, Link, PublicAnswer};
use crate::when::When;
use crate::{RenderError, Rendered, contact};

/// What these pages are called.
pub(crate) const NAME: &str = "纠错反馈";

/// Their 栏目类型 (RULES.md A1, `ColumnType`).
const KIND: &str = "互动交流";

/// What a reader is to expect: the finding of these pages, and what they never tell.
pub(crate) const ABOUT: &str =
    "网民通过“我为政府网站找错”反映的问题，核实处理的结果和答复在这里公布。留言的原文、姓名和联系方式不公布。";

#[derive(Serialize)]
struct Newest<'a> {
    name: &'static str,
    about: &'static str,
    answers: Vec<AnswerView<'a>>,
    months: &'a [Link],
    feed: &'a str,
    statistics: &'a Link,
    form: String,
}

#[derive(Serialize)]
struct Month<'a> {
    title: &'a str,
    newest: &'a Link,
    answers: Vec<AnswerView<'a>>,
}

#[derive(Serialize)]
struct AnswerView<'a> {
    number: &'a str,
    finding: &'static str,
    subject: &'a str,
    paragraphs: Vec<&'a str>,
    page: Option<&'a str>,
    reported: When,
    answered: When,
}

impl<'a> From<&'a PublicAnswer> for AnswerView<'a> {
    fn from(answer: &'a PublicAnswer) -> Self {
        Self {
            number: &answer.number,
            finding: answer.finding.chinese(),
            subject: visible(&answer.subject),
            paragraphs: answer.text.lines().filter(|line| !line.trim().is_empty()).collect(),
            page: answer.page.as_deref(),
            reported: When::from(answer.reported_at),
            answered: When::from(answer.answered_at),
        }
    }
}

/// Renders the page of the newest answers.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn answers(frame: &Frame, model: &AnswersPage) -> Result<Rendered, RenderError> {
    let head = head(frame, NAME, &format!("{}{ABOUT}", frame.name)).feed(NAME, &model.feed);
    let view = Newest {
        name: NAME,
        about: ABOUT,
        answers: model.answers.iter().map(AnswerView::from).collect(),
        months: &model.months,
        feed: &model.feed,
        statistics: &model.statistics,
        // Whoever comes from here has another page in mind.
        form: contact::report_url(&frame.contact, None),
    };
    page("answers.html", frame, NAME, head, vec![list::collection(frame, NAME)], view)
}

/// Renders the page of a month.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn answers_month(frame: &Frame, model: &AnswersMonthPage) -> Result<Rendered, RenderError> {
    let name = format!("{NAME} {}", model.title);
    let head = head(frame, &name, &format!("{}{}对网民找错留言的答复", frame.name, model.title));
    let answers = model.answers.iter().map(AnswerView::from).collect();
    let view = Month { title: &model.title, newest: &model.newest, answers };
    page("answers_month.html", frame, &model.title, head, vec![list::collection(frame, &name)], view)
}

/// To those who inspect sites it is a column like any other.
fn head(frame: &Frame, title: &str, description: &str) -> Head {
    list::column_tags(Head::new(frame, title), NAME, KIND, description)
        .with("Description", description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .json_feed(frame)
}
