//! What is wrong with an answer: a stable code, and a sentence that a person can act on.

use crate::{
    answers::Answers,
    form::{Form, Kind, Page, Question},
    place::Place,
};

mod card;
mod day;
mod email;
mod phone;

pub use day::day;

/// What is wrong with one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The question.
    pub question: String,
    /// Stable, for machines and tests.
    pub code: &'static str,
    /// For the person who answered; holds nothing of the answer.
    pub sentence: String,
}

/// What is wrong with the answers of a page, in the order of its questions.
#[must_use]
pub fn flaws(form: &Form, page: &Page, answers: &Answers, place: &Place) -> Vec<Flaw> {
    answers.asked(form, page).into_iter().filter_map(|question| of(question, answers, place)).collect()
}

/// What is wrong with the answer to a question that is asked.
pub(crate) fn of(question: &Question, answers: &Answers, place: &Place) -> Option<Flaw> {
    let label = &question.label;
    let flaw = |code, sentence| Some(Flaw { question: question.id.clone(), code, sentence });
    let values = answers.all(&question.id);
    let Some(first) = values.first() else {
        if !question.required {
            return None;
        }
        let verb = match question.kind {
            Kind::Files => "请添加",
            kind if kind.is_chosen() => "请选择",
            _ => "请填写",
        };
        return flaw("missing", format!("{verb}“{label}”"));
    };
    // What was added was looked at when it was.
    if question.kind == Kind::Files {
        return None;
    }
    let (length, most) = (first.chars().count(), question.most());
    if length > most {
        return flaw("too-long", format!("“{label}”最多 {most} 个字，现在有 {length} 个字，请删减"));
    }
    let (code, sentence) = match question.kind {
        Kind::Line | Kind::LongText | Kind::Files => return None,
        Kind::Choice | Kind::Choices | Kind::YesNo => {
            if values.iter().all(|value| question.chosen(value).is_some()) {
                return None;
            }
            ("not-a-choice", format!("“{label}”请从列出的选项中选择"))
        }
        Kind::Date if day(first).is_some() => return None,
        Kind::Date => ("not-a-date", format!("“{label}”请填写年月日，例如 20261130 或者 2026-11-30")),
        Kind::Phone if phone::is_one(first) => return None,
        Kind::Phone => {
            ("not-a-phone", format!("“{label}”请填写 11 位手机号码，或者带区号的固定电话，例如 0519-81000001"))
        }
        Kind::Email if email::is_one(first) => return None,
        Kind::Email => ("not-an-email", format!("“{label}”请填写完整的邮箱地址，例如 name@example.com")),
        Kind::IdentityCard => card::wrong(first)?,
        Kind::PageAddress if place.page(first).is_some() => return None,
        Kind::PageAddress => ("not-our-page", format!("“{label}”请填写本市政府网站的地址，例如 {}", place.url("/"))),
    };
    flaw(code, sentence)
}
