//! What every form has to keep to; a test holds all of them to it.

use std::collections::BTreeSet;

use super::{Destination, Form, Kind, Page, Question, When};

/// A rule that a form breaks: where, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The page or question; empty for the form itself.
    pub at: String,
    /// The rule, as a sentence.
    pub rule: &'static str,
}

/// Characters of half width that a Chinese sentence has in full width.
const HALF_WIDTH: &str = ",;:?!()\"'";

/// Most characters of a label, of help, of a title, of the lead.
const LABEL: usize = 40;
const HELP: usize = 120;
const TITLE: usize = 24;
const LEAD: usize = 200;

/// Most files of a question: all of them are sealed in one request.
const MOST_FILES: usize = 5;

/// What browsers know a field by, as far as forms of ours ask for it (HTML, autofill).
const PURPOSES: [&str; 6] = ["name", "tel", "email", "organization", "street-address", "postal-code"];

/// Every rule that a form breaks.
#[must_use]
pub fn breaches(form: &Form) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut breach = |at: &str, broken: bool, rule: &'static str| {
        if broken {
            found.push(Breach { at: at.to_owned(), rule });
        }
    };
    breach("", !is_name(&form.id) || form.version == 0, "a form has a name and a version from 1");
    breach("", form.notice.version == 0 || !is_name(&form.notice.id), "a notice has a name and a version from 1");
    breach("", form.title.chars().count() > TITLE || form.lead.chars().count() > LEAD, "title and lead are short");
    breach("", form.rule.is_empty() || form.notice.text.trim().is_empty(), "a form names its rule and its notice");
    breach(
        "",
        form.pages.is_empty() || form.pages.first().is_some_and(|page| page.when.is_some()),
        "the first page is always asked",
    );
    for text in [&form.title, &form.lead, &form.rule, &form.notice.text] {
        breach("", !is_chinese(text), "punctuation is of full width");
    }
    let mut pages = BTreeSet::new();
    let mut ids = BTreeSet::new();
    let mut earlier: Vec<&Question> = Vec::new();
    for page in &form.pages {
        breach(&page.id, !is_name(&page.id) || !pages.insert(&page.id), "a page has a name of its own");
        breach(&page.id, page.id == "check" || page.id == "status", "a page is not called like a page of the engine");
        breach(&page.id, page.questions.is_empty(), "a page asks something");
        for text in std::iter::once(&page.title).chain(&page.help) {
            breach(
                &page.id,
                !is_chinese(text) || text.chars().count() > HELP,
                "texts are short, with punctuation of full width",
            );
        }
        breach(&page.id, !depends_well(page.when.as_ref(), &earlier), "a condition names a choice of an earlier page");
        breach(
            &page.id,
            page.takes_files().is_some() && page.questions.len() != 1,
            "a question for files stands alone on its page",
        );
        for question in &page.questions {
            let at = question.id.as_str();
            breach(at, !is_name(at) || !ids.insert(at), "a question has a name of its own");
            breach(
                at,
                !depends_well(question.when.as_ref(), &earlier),
                "a condition names a choice of an earlier page",
            );
            for (rule, broken) in of_question(question) {
                breach(at, broken, rule);
            }
            breach(
                at,
                is_answered_twice(form, page, question),
                "a part of an identity is asked once, whatever is chosen",
            );
        }
        earlier.extend(&page.questions);
    }
    found
}

fn of_question(question: &Question) -> [(&'static str, bool); 8] {
    let chosen = question.kind.is_chosen();
    let listed = matches!(question.kind, Kind::Choice | Kind::Choices);
    let values: BTreeSet<_> = question.choices.iter().map(|choice| &choice.value).collect();
    let texts = [Some(&question.label), question.help.as_ref()].into_iter().flatten();
    let texts =
        texts.chain(question.choices.iter().flat_map(|choice| std::iter::once(&choice.label).chain(&choice.help)));
    let purpose = question.autocomplete.as_deref();
    let takes_files = question.kind == Kind::Files;
    let fits = question.to == Destination::Sealed && (1..=MOST_FILES).contains(&question.most());
    [
        (
            "files are sealed, few, and of kinds that are listed",
            takes_files == question.files.is_empty() || (takes_files && !fits),
        ),
        ("only what is chosen may stand in events and views", (question.to == Destination::Plain) != chosen),
        (
            "what can be chosen is listed, each once",
            listed == question.choices.is_empty() || values.len() != question.choices.len(),
        ),
        ("a choice has a name", question.choices.iter().any(|choice| !is_name(&choice.value))),
        (
            "texts are short, with punctuation of full width",
            texts.into_iter().any(|text| !is_chinese(text) || text.chars().count() > HELP),
        ),
        (
            "a label is short and no answer is endless",
            question.label.chars().count() > LABEL || !(1..=5_000).contains(&question.most()),
        ),
        ("a purpose is one that browsers know", purpose.is_some_and(|purpose| !PURPOSES.contains(&purpose))),
        ("a link answers only which page it stands on", question.prefilled && question.kind != Kind::PageAddress),
    ]
}

/// Lower-case letters, digits and hyphens, beginning with a letter.
fn is_name(text: &str) -> bool {
    text.len() <= 40
        && text.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Something to read, and no punctuation of half width beside a Chinese character.
fn is_chinese(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let touches = |at: usize| {
        let near = [at.checked_sub(1), at.checked_add(1)];
        near.into_iter()
            .flatten()
            .filter_map(|at| characters.get(at))
            .any(|near| ('\u{4E00}'..='\u{9FFF}').contains(near))
    };
    let halved = characters.iter().enumerate().any(|(at, character)| HALF_WIDTH.contains(*character) && touches(at));
    !text.trim().is_empty()
        && !halved
        && !text.chars().any(|character| character != '\n' && domain::text::is_forbidden(character))
}

fn depends_well(when: Option<&When>, earlier: &[&Question]) -> bool {
    let Some(when) = when else { return true };
    earlier.iter().find(|question| question.id == when.question).is_some_and(|question| {
        question.kind.is_chosen() && !when.is.is_empty() && when.is.iter().all(|value| question.chosen(value).is_some())
    })
}

/// Whether another question that can be asked together with this one answers the same part of an identity.
fn is_answered_twice(form: &Form, page: &Page, question: &Question) -> bool {
    if !matches!(question.to, Destination::Identity(_)) {
        return false;
    }
    let others = form.questions().filter(|(_, other)| other.id != question.id && other.to == question.to);
    let conditions = |page: &Page, question: &Question| [page.when.clone(), question.when.clone()];
    others.into_iter().any(|(other_page, other)| {
        let ours = conditions(page, question);
        let theirs = conditions(other_page, other);
        !ours.iter().flatten().any(|one| theirs.iter().flatten().any(|two| exclude(one, two)))
    })
}

/// Whether two conditions on one question can never hold together.
fn exclude(one: &When, two: &When) -> bool {
    one.question == two.question && one.is.iter().all(|value| !two.is.contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;

    #[test]
    fn every_form_keeps_to_every_rule() {
        for form in forms::all() {
            assert_eq!(breaches(form), [], "{} {}", form.id, form.version);
        }
    }

    fn files(form: &mut Form) -> &mut Question {
        let asked = form.pages.iter_mut().flat_map(|page| &mut page.questions);
        asked.into_iter().find(|question| question.kind == Kind::Files).unwrap()
    }

    #[test]
    fn each_rule_finds_its_breach() {
        let broken = |change: fn(&mut Form)| {
            let mut form = forms::newest("information-request").unwrap().clone();
            change(&mut form);
            breaches(&form).into_iter().map(|breach| breach.rule).collect::<BTreeSet<_>>()
        };
        type Spoiling = fn(&mut Form);
        let cases: [(Spoiling, &str); 14] = [
            (|form| form.id = "_a".to_owned(), "a form has a name and a version from 1"),
            (|form| form.notice.version = 0, "a notice has a name and a version from 1"),
            (|form| form.lead = "您好,请填写。".to_owned(), "punctuation is of full width"),
            (|form| form.pages[2].id = "applicant".to_owned(), "a page has a name of its own"),
            (|form| form.pages[1].questions[0].id = "applicant".to_owned(), "a question has a name of its own"),
            (
                |form| form.pages[1].questions[0].to = Destination::Plain,
                "only what is chosen may stand in events and views",
            ),
            (|form| form.pages[0].questions[0].choices.clear(), "what can be chosen is listed, each once"),
            (
                |form| form.pages[1].when.as_mut().unwrap().question = "way".to_owned(),
                "a condition names a choice of an earlier page",
            ),
            (|form| form.pages[3].questions[0].when = None, "a part of an identity is asked once, whatever is chosen"),
            (
                |form| form.pages[6].questions[0].autocomplete = Some("phone".to_owned()),
                "a purpose is one that browsers know",
            ),
            (|form| form.pages[4].questions[0].prefilled = true, "a link answers only which page it stands on"),
            (|form| files(form).files.clear(), "files are sealed, few, and of kinds that are listed"),
            (|form| files(form).limit = Some(6), "files are sealed, few, and of kinds that are listed"),
            (
                |form| {
                    let other = form.pages[4].questions[0].clone();
                    let page = form.pages.iter_mut().find(|page| page.takes_files().is_some()).unwrap();
                    page.questions.push(other);
                },
                "a question for files stands alone on its page",
            ),
        ];
        for (change, rule) in cases {
            assert!(broken(change).contains(rule), "{rule}: {:?}", broken(change));
        }
    }
}
