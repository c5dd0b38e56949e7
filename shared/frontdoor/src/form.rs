//! A form as data: what is asked, of whom, under which rule, and where the answers go.

use domain::file::FileKind;
use serde::Deserialize;

mod destination;
mod rules;

pub use destination::{Destination, IdentityPart, UnknownDestination};
pub use rules::{Breach, breaches};

/// One version of a form. It never changes: what a citizen was shown can be shown again (FEATURES.md N9).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its name in addresses: `correction`.
    pub id: String,
    /// From 1.
    pub version: u32,
    /// What it is, in Chinese.
    pub title: String,
    /// What it is for, how long it takes and what it costs.
    pub lead: String,
    /// The regulation it follows.
    pub rule: String,
    /// What happens to personal data; part of the case.
    pub notice: Notice,
    /// Groups of questions, one page each.
    pub pages: Vec<Page>,
}

/// What a citizen is told of his personal data 个人信息处理说明.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its name.
    pub id: String,
    /// From 1.
    pub version: u32,
    /// Its text; a line is a paragraph.
    pub text: String,
}

/// A group of questions that are asked together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its name within the form.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What to know before answering.
    #[serde(default)]
    pub help: Option<String>,
    /// When it is asked; always, if nothing is said.
    #[serde(default)]
    pub when: Option<When>,
    /// The questions, at least one.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name within the form, and that of its field.
    pub id: String,
    /// What is asked.
    pub label: String,
    /// What helps to answer.
    #[serde(default)]
    pub help: Option<String>,
    /// What an answer looks like.
    pub kind: Kind,
    /// Whether there has to be one.
    #[serde(default)]
    pub required: bool,
    /// Most characters, or files; what the kind has if nothing is said.
    #[serde(default)]
    pub limit: Option<usize>,
    /// Of which kinds files may be.
    #[serde(default)]
    pub files: Vec<FileKind>,
    /// When it is asked; whenever its page is, if nothing is said.
    #[serde(default)]
    pub when: Option<When>,
    /// The purpose as browsers know it, so that they can fill it in (WCAG 1.3.5).
    #[serde(default)]
    pub autocomplete: Option<String>,
    /// Whether a link to the form may answer it beforehand.
    #[serde(default)]
    pub prefilled: bool,
    /// Where the answer goes.
    pub to: Destination,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// What an answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One line of text.
    Line,
    /// Several lines of text.
    LongText,
    /// One of several.
    Choice,
    /// Any of several.
    Choices,
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// A telephone number of the mainland, mobile or with an area code.
    Phone,
    /// An e-mail address.
    Email,
    /// The number of a resident identity card (GB 11643-1999).
    IdentityCard,
    /// The address of a page of the city's sites.
    PageAddress,
    /// Files of its sender.
    Files,
}

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is read.
    pub label: String,
    /// What tells it from the others.
    #[serde(default)]
    pub help: Option<String>,
}

/// Another question's answer on which it depends whether something is asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The question, on an earlier page: without script nothing on a page can follow what is chosen on it.
    pub question: String,
    /// One of these has to be chosen.
    pub is: Vec<String>,
}

impl Kind {
    /// Whether it is answered by choosing.
    #[must_use]
    pub fn is_chosen(self) -> bool {
        matches!(self, Self::Choice | Self::Choices | Self::YesNo)
    }

    /// Most characters of an answer, or most files, where the question does not say.
    #[must_use]
    pub fn limit(self) -> usize {
        match self {
            Self::Line | Self::Email => 100,
            Self::LongText => 2_000,
            Self::PageAddress => 500,
            Self::Files => 5,
            Self::Choice | Self::Choices | Self::YesNo | Self::Date | Self::Phone | Self::IdentityCard => 40,
        }
    }
}

impl Question {
    /// Most characters of an answer, or most files.
    #[must_use]
    pub fn most(&self) -> usize {
        self.limit.unwrap_or_else(|| self.kind.limit())
    }

    /// What the chosen `value` reads as.
    #[must_use]
    pub fn chosen(&self, value: &str) -> Option<&str> {
        match (self.kind, value) {
            (Kind::YesNo, "yes") => Some("是"),
            (Kind::YesNo, "no") => Some("否"),
            _ => self.choices.iter().find(|choice| choice.value == value).map(|choice| choice.label.as_str()),
        }
    }
}

impl Page {
    /// The question of the page that is answered with files; it stands alone on its page.
    #[must_use]
    pub fn takes_files(&self) -> Option<&Question> {
        self.questions.iter().find(|question| question.kind == Kind::Files)
    }
}

impl Form {
    /// All questions that are answered with files.
    pub fn file_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions().map(|(_, question)| question).filter(|question| question.kind == Kind::Files)
    }

    /// All questions with the page they stand on.
    pub fn questions(&self) -> impl Iterator<Item = (&Page, &Question)> {
        self.pages.iter().flat_map(|page| page.questions.iter().map(move |question| (page, question)))
    }

    /// The question of that name.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().map(|(_, question)| question).find(|question| question.id == id)
    }
}
