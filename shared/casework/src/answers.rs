//! What was answered in a form, in the words in which it was asked.

use std::collections::BTreeMap;

use frontdoor::form::{Form, Question};
use serde::Serialize;
use utoipa::ToSchema;

/// Between the choices of one answer.
const AND: &str = "、";

/// An answer, as it is read beside its question.
#[derive(Serialize, ToSchema)]
pub struct OpenedAnswer {
    /// The question, by its name in the form.
    #[schema(example = "mistake")]
    pub question: String,
    /// What was asked, in the words of the version that was filled in; the question's name where that version is not known any more.
    #[schema(example = "是什么错误")]
    pub label: String,
    /// What was answered; of what was chosen the words that were shown.
    #[schema(example = "内容错误")]
    pub text: String,
}

/// Answers in the order in which they were asked; what the form does not ask comes last.
pub(crate) fn in_words(form: Option<&Form>, answers: BTreeMap<String, String>) -> Vec<OpenedAnswer> {
    let asked: Vec<&Question> = form.into_iter().flat_map(Form::questions).map(|(_, question)| question).collect();
    let place = |name: &str| asked.iter().position(|question| question.id == name).unwrap_or(usize::MAX);
    let mut told: Vec<(usize, OpenedAnswer)> = answers
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(question, text)| {
            let place = place(&question);
            let asked = asked.get(place);
            let label = asked.map_or_else(|| question.clone(), |asked| asked.label.clone());
            let text = asked.filter(|asked| asked.kind.is_chosen()).map(|asked| chosen(asked, &text)).unwrap_or(text);
            (place, OpenedAnswer { question, label, text })
        })
        .collect();
    told.sort_by_key(|(place, _)| *place);
    told.into_iter().map(|(_, answer)| answer).collect()
}

/// What was chosen, as it was read; a choice that the form does not have stays as it is.
fn chosen(asked: &Question, values: &str) -> String {
    let words: Vec<&str> = values.split(AND).map(|value| asked.chosen(value).unwrap_or(value)).collect();
    words.join(AND)
}

#[cfg(test)]
mod tests {
    use frontdoor::forms;

    use super::*;

    fn told(form: Option<&Form>, answers: &[(&str, &str)]) -> Vec<[String; 3]> {
        let answers = answers.iter().map(|(question, text)| ((*question).to_owned(), (*text).to_owned())).collect();
        in_words(form, answers).into_iter().map(|told| [told.question, told.label, told.text]).collect()
    }

    #[test]
    fn answers_stand_in_the_order_and_in_the_words_of_the_form() {
        let form = forms::get("correction", 1);
        let answers =
            [("mistake", "typo"), ("page", "https://www.cheng.example/"), ("right", ""), ("text-place", "“登陆”")];
        assert_eq!(
            told(form, &answers),
            [
                ["page", "网页的地址", "https://www.cheng.example/"],
                ["mistake", "是什么错误", "错别字"],
                ["text-place", "有错的原文", "“登陆”"],
            ]
        );
    }

    #[test]
    fn what_the_form_does_not_ask_is_told_by_its_name_and_last() {
        let form = forms::get("correction", 1);
        let answers = [("extra", "甲"), ("mistake", "typo、gone"), ("page", "/")];
        let told_ = told(form, &answers);
        assert_eq!(told_.last(), Some(&["extra", "extra", "甲"].map(str::to_owned)));
        assert_eq!(told_[1][2], "错别字、gone");
    }

    #[test]
    fn answers_of_a_form_that_is_not_known_are_not_lost() {
        assert_eq!(told(None, &[("page", "/")]), [["page", "page", "/"]]);
    }
}
