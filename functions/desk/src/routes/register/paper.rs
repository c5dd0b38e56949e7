//! The questions of the form, as a page of the desk asks them.

use serde::Serialize;

use super::QUESTION;
use crate::{
    api::form::{Form, Page, Question},
    fields::Fields,
    trouble::Trouble,
};

/// Questions that belong together.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    title: String,
    help: Option<String>,
    questions: Vec<Asked>,
}

/// A question, and what was answered.
#[derive(Debug, Serialize)]
struct Asked {
    name: String,
    label: String,
    hint: String,
    kind: String,
    options: Vec<(String, String)>,
    value: String,
}

/// What was chosen.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    name: String,
    value: String,
    label: String,
    text: String,
}

/// What was answered to a question.
fn answer<'a>(given: &'a Fields, question: &str) -> &'a str {
    given.text(&format!("{QUESTION}{question}")).trim()
}

/// Whether a question is asked as things were answered.
fn asks(form: &Form, page: &Page, question: &Question, given: &Fields) -> bool {
    form.asks(page, question, &|name: &str| answer(given, name))
}

/// Questions that others depend on, and that are not answered with what can be chosen.
pub(super) fn lacking(form: &Form, given: &Fields) -> Option<Trouble> {
    let open = form.questions().filter(|(page, question)| {
        let chosen = answer(given, &question.question);
        form.decides(question)
            && asks(form, page, question, given)
            && !question.choices.iter().any(|choice| choice.value == chosen)
    });
    open.fold(None, |trouble: Option<Trouble>, (_, question)| {
        let (id, text) = (format!("{QUESTION}{}", question.question), format!("请选择“{}”。", question.label));
        Some(match trouble {
            None => Trouble::at(&id, &text),
            Some(trouble) => trouble.and(&id, &text),
        })
    })
}

/// What was chosen of the questions that others depend on.
pub(super) fn deciding(form: &Form, given: &Fields) -> Vec<Told> {
    let asked = form.questions().filter(|(page, question)| form.decides(question) && asks(form, page, question, given));
    let told = asked.filter_map(|(_, question)| {
        let value = answer(given, &question.question);
        let chosen = question.choices.iter().find(|choice| choice.value == value)?;
        Some(Told {
            name: format!("{QUESTION}{}", question.question),
            value: value.to_owned(),
            label: question.label.clone(),
            text: chosen.label.clone(),
        })
    });
    told.collect()
}

/// The questions that others depend on, until they are answered; then all others that are asked.
pub(super) fn groups(form: &Form, given: &Fields, is_decided: bool) -> Vec<Group> {
    let groups = form.pages.iter().map(|page| {
        let questions = page.questions.iter().filter(|question| match is_decided {
            true => !form.decides(question) && asks(form, page, question, given),
            false => form.decides(question),
        });
        Group {
            title: page.title.clone(),
            help: page.help.clone().filter(|_| is_decided),
            questions: questions.map(|question| Asked::of(form, page, question, given, is_decided)).collect(),
        }
    });
    groups.filter(|group| !group.questions.is_empty()).collect()
}

impl Asked {
    fn of(form: &Form, page: &Page, question: &Question, given: &Fields, is_decided: bool) -> Self {
        let condition = if is_decided { None } else { form.condition(page, question) };
        let hints = condition.iter().map(String::as_str).chain(question.help.as_deref());
        let choices = question.choices.iter();
        let optional = if question.required { "" } else { "（可不填）" };
        Self {
            name: format!("{QUESTION}{}", question.question),
            label: format!("{}{optional}", question.label),
            hint: hints.collect(),
            kind: question.kind.clone(),
            options: choices.map(|choice| (choice.value.clone(), choice.label.clone())).collect(),
            value: given.text(&format!("{QUESTION}{}", question.question)).to_owned(),
        }
    }
}
