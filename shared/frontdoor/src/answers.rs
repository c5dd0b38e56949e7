//! What was answered, cleaned, and what is asked because of it.

use std::collections::BTreeMap;

use crate::{
    form::{Form, Kind, Page, Question, When},
    posted::Posted,
};

/// Answers by question; only of questions that the form has.
///
/// No `Debug`: it holds what a citizen typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl Answers {
    /// The answers among the fields that were posted; fields that are no question are dropped.
    #[must_use]
    pub fn of(form: &Form, posted: &Posted) -> Self {
        let mut answers = Self::default();
        for (_, question) in form.questions() {
            let values = posted.all(&question.id);
            // Only what allows several has several answers.
            let most = match question.kind {
                Kind::Choices => question.choices.len(),
                Kind::Files => question.most(),
                _ => 1,
            };
            for value in values.iter().take(most) {
                answers.put(question, value);
            }
        }
        answers
    }

    /// Adds an answer, cleaned; an empty one is none.
    pub(crate) fn put(&mut self, question: &Question, value: &str) {
        let value = cleaned(question.kind, value);
        let values = self.0.entry(question.id.clone()).or_default();
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }

    /// Drops the answers to a question that `stays` does not let stay.
    pub(crate) fn retain(&mut self, question: &str, stays: impl Fn(&str) -> bool) {
        if let Some(values) = self.0.get_mut(question) {
            values.retain(|value| stays(value));
        }
    }

    /// The answer to a question of one answer; empty if there is none.
    #[must_use]
    pub fn one(&self, question: &str) -> &str {
        self.all(question).first().map(String::as_str).unwrap_or_default()
    }

    /// All answers to a question.
    #[must_use]
    pub fn all(&self, question: &str) -> &[String] {
        self.0.get(question).map_or(&[], Vec::as_slice)
    }

    /// Whether a question is asked, as things were answered before it.
    ///
    /// What nobody is asked any more cannot make something else be asked.
    #[must_use]
    pub fn asks(&self, form: &Form, page: &Page, question: &Question) -> bool {
        self.holds(form, page.when.as_ref()) && self.holds(form, question.when.as_ref())
    }

    fn holds(&self, form: &Form, when: Option<&When>) -> bool {
        let Some(when) = when else { return true };
        let asked = form.questions().find(|(_, question)| question.id == when.question);
        // Conditions name questions of earlier pages, so this ends.
        asked.is_some_and(|(page, question)| self.asks(form, page, question))
            && self.all(&when.question).iter().any(|value| when.is.contains(value))
    }

    /// The questions of a page that are asked.
    pub fn asked<'f>(&self, form: &'f Form, page: &'f Page) -> Vec<&'f Question> {
        page.questions.iter().filter(|question| self.asks(form, page, question)).collect()
    }

    /// Places of the pages on which something is asked.
    #[must_use]
    pub fn pages(&self, form: &Form) -> Vec<usize> {
        let asked = form.pages.iter().enumerate().filter(|(_, page)| !self.asked(form, page).is_empty());
        asked.map(|(place, _)| place).collect()
    }
}

/// An answer without what nobody can have meant to type: forbidden characters, spaces around it, digits of full width in numbers.
fn cleaned(kind: Kind, value: &str) -> String {
    let lines = value.replace("\r\n", "\n").replace('\r', "\n");
    let lines = lines.chars().filter_map(|character| match character {
        '\n' if kind == Kind::LongText => Some('\n'),
        '\n' | '\t' => Some(' '),
        character if domain::text::is_forbidden(character) => None,
        character => Some(character),
    });
    let narrow = matches!(kind, Kind::Phone | Kind::Email | Kind::IdentityCard | Kind::Date | Kind::PageAddress);
    let text: String = if narrow { lines.map(half_width).filter(|c| *c != ' ').collect() } else { lines.collect() };
    match kind {
        Kind::IdentityCard => text.trim().to_ascii_uppercase(),
        _ => text.trim().to_owned(),
    }
}

/// Letters and digits of full width are what Chinese keyboards put in; they mean the same.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '\u{3000}' | '\u{A0}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;

    fn answers(body: &str) -> Answers {
        Answers::of(forms::newest("information-request").unwrap(), &Posted::parse(body.as_bytes()).unwrap())
    }

    #[test]
    fn what_is_no_question_is_dropped_and_what_is_repeated_counts_once() {
        let answers = answers("applicant=citizen&applicant=organisation&evil=1&_token=x");
        assert_eq!(answers.all("applicant"), ["citizen"]);
        assert_eq!((answers.all("evil").len(), answers.all("_token").len()), (0, 0));
    }

    #[test]
    fn characters_that_disguise_are_dropped_and_lines_stay_lines_where_there_may_be_several() {
        let answers = answers("name=%E7%8E%8B%00%E2%80%AE%0D%0A%E6%98%8E&description=%E4%B8%80%0D%0A%E4%BA%8C%00");
        assert_eq!(answers.one("name"), "王 明");
        assert_eq!(answers.one("description"), "一\n二");
    }

    #[test]
    fn numbers_are_read_in_either_width_and_with_spaces() {
        let answers = answers("phone=%EF%BC%91%EF%BC%93%EF%BC%98+0013+8000&card-number=11010519491231002x");
        assert_eq!(answers.one("phone"), "13800138000");
        assert_eq!(answers.one("card-number"), "11010519491231002X");
    }

    #[test]
    fn what_is_asked_follows_from_what_was_answered_before() {
        let form = forms::newest("information-request").unwrap();
        let ids = |body: &str| {
            let answers = answers(body);
            answers.pages(form).into_iter().map(|place| form.pages[place].id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(ids(""), ["applicant", "information", "enclosures", "delivery", "contact"]);
        assert_eq!(
            ids("applicant=organisation&document=passport"),
            ["applicant", "organisation", "information", "enclosures", "delivery", "contact"]
        );
        assert_eq!(
            ids("applicant=citizen&document=passport"),
            ["applicant", "citizen", "document", "information", "enclosures", "delivery", "contact"]
        );
    }
}
