//! The form of applications, as the API tells it: what stands on paper answers the same questions.

use serde::Deserialize;

/// A form.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Form {
    pub(crate) version: u32,
    pub(crate) notice: String,
    pub(crate) pages: Vec<Page>,
}

/// Questions that belong together.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Page {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) help: Option<String>,
    #[serde(default)]
    pub(crate) when: Option<When>,
    pub(crate) questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Question {
    pub(crate) question: String,
    pub(crate) label: String,
    #[serde(default)]
    pub(crate) help: Option<String>,
    /// `line`, `long-text`, `choice`, `other`.
    pub(crate) kind: String,
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) when: Option<When>,
    pub(crate) choices: Vec<Choice>,
}

/// One thing that can be chosen.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
}

/// Another question's answer on which it depends whether something is asked.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct When {
    pub(crate) question: String,
    pub(crate) is: Vec<String>,
}

impl Form {
    /// All questions, each with its page.
    pub(crate) fn questions(&self) -> impl Iterator<Item = (&Page, &Question)> {
        self.pages.iter().flat_map(|page| page.questions.iter().map(move |question| (page, question)))
    }

    /// The question of this name.
    pub(crate) fn question(&self, name: &str) -> Option<(&Page, &Question)> {
        self.questions().find(|(_, question)| question.question == name)
    }

    /// Whether other questions depend on the answer to this one.
    pub(crate) fn decides(&self, question: &Question) -> bool {
        let named = |when: &Option<When>| when.as_ref().is_some_and(|when| when.question == question.question);
        self.pages.iter().any(|page| named(&page.when)) || self.questions().any(|(_, other)| named(&other.when))
    }

    /// Whether a question is asked, as `answer` tells what others were answered with; conditions name questions that stand before.
    pub(crate) fn asks<'a>(&self, page: &Page, question: &Question, answer: &impl Fn(&str) -> &'a str) -> bool {
        let holds = |when: &Option<When>| {
            when.as_ref().is_none_or(|when| when.is.iter().any(|value| value == answer(&when.question)))
        };
        holds(&page.when) && holds(&question.when)
    }

    /// On which answer it depends whether a question is asked, in words.
    pub(crate) fn condition(&self, page: &Page, question: &Question) -> Option<String> {
        let when = question.when.as_ref().or(page.when.as_ref())?;
        let (_, asked) = self.question(&when.question)?;
        let chosen = asked.choices.iter().filter(|choice| when.is.contains(&choice.value));
        let chosen: Vec<&str> = chosen.map(|choice| choice.label.as_str()).collect();
        Some(format!("“{}”选{}的填写。", asked.label, chosen.join("、")))
    }
}

/// An application that was registered: what its applicant is handed. It is shown once and kept nowhere, so it cannot be printed.
#[derive(Deserialize)]
pub(crate) struct Registered {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) code: String,
}
