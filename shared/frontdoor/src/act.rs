//! What a citizen may do to his own case, beside reading it: one page of a form, once, by whoever knows the query code.

use std::collections::BTreeMap;

use domain::file::FileKind;
use pages::front::StatusPage;

use crate::{
    form::{Choice, Destination, Kind, Question},
    submission::{Personal, SentFile},
};

/// An act that a capability offers on its cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// Its name in forms: `complete`.
    pub name: &'static str,
    /// What it is, and what its button says: `提交补正`.
    pub title: &'static str,
    /// What follows, and by which rule.
    pub lead: &'static str,
    /// What he is asked, in order; nothing where nothing is.
    pub asks: &'static [ActQuestion],
    /// What is said once it is done.
    pub done: &'static str,
}

/// Something that he is asked. An act asks for one text and for files of one question at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActQuestion {
    /// Its name within the act: `text`.
    pub name: &'static str,
    /// What is asked.
    pub label: &'static str,
    /// What helps to answer.
    pub help: &'static str,
    /// Whether there has to be an answer.
    pub required: bool,
    /// How it is answered.
    pub answer: ActAnswer,
}

/// How something is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActAnswer {
    /// In several lines, of so many characters at most; it lies under the case's key.
    Text(usize),
    /// By choosing one.
    One(&'static [ActChoice]),
    /// By choosing any.
    Any(&'static [ActChoice]),
    /// With so many files at most, of these kinds.
    Files(usize, &'static [FileKind]),
}

/// Something that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActChoice {
    /// What is sent.
    pub value: &'static str,
    /// What is read.
    pub label: &'static str,
}

/// An act that was sent. That it can be an act, and a number and a code, is checked, and so are its answers; whether the code is right is not.
#[derive(Clone, PartialEq, Eq)]
pub struct Deed {
    /// Name of the act.
    pub act: &'static str,
    /// Number of the case, as it is compared.
    pub number: String,
    /// The code, as it is compared.
    pub code: Personal,
    /// The one-time token's id: the idempotency key.
    pub key: String,
    /// What he wrote; none where nothing is asked or nothing was written.
    pub text: Option<Personal>,
    /// What he chose, by the names of the questions.
    pub chosen: BTreeMap<&'static str, Vec<String>>,
    /// Files that he added, as they wait in quarantine.
    pub files: Vec<SentFile>,
    /// What the page showed that his form stood on, as [`Standing::seen`] told it; 0 where that is not known.
    pub seen: u32,
}

/// How a case stands, and what its citizen may do to it now.
#[derive(Clone, PartialEq, Eq)]
pub struct Standing {
    /// How it stands.
    pub page: StatusPage,
    /// Names of acts.
    pub acts: Vec<&'static str>,
    /// Number of what the page shows and an act may be about: of the reply that stands. Each form carries it to its [`Deed`], signed; 0 where there is none.
    pub seen: u32,
}

impl Act {
    /// Name of the field for the code: several acts may stand on one page.
    pub(crate) fn code_field(&self) -> String {
        format!("{}-code", self.name)
    }

    /// What a token is made for: this act on this case and nothing else.
    pub(crate) fn purpose(&self, number: &str) -> String {
        format!("{}:{number}", self.name)
    }

    /// What is asked, as forms ask it, beside the question of the act.
    pub(crate) fn questions(&self) -> impl Iterator<Item = (&'static ActQuestion, Question)> {
        let act = self.name;
        self.asks.iter().map(move |asked| (asked, asked.of(act)))
    }

    /// The question that is answered with files.
    pub(crate) fn takes_files(&self) -> Option<Question> {
        self.questions().map(|(_, question)| question).find(|question| question.kind == Kind::Files)
    }

    /// Whether there is something that he has to answer.
    pub(crate) fn is_awaited(&self) -> bool {
        self.asks.iter().any(|asked| asked.required)
    }
}

impl ActQuestion {
    /// As forms ask it; its field has the name of the act, too.
    fn of(&self, act: &str) -> Question {
        let (kind, limit, choices, files): (_, _, &[ActChoice], &[FileKind]) = match self.answer {
            ActAnswer::Text(limit) => (Kind::LongText, Some(limit), &[], &[]),
            ActAnswer::One(choices) => (Kind::Choice, None, choices, &[]),
            ActAnswer::Any(choices) => (Kind::Choices, None, choices, &[]),
            ActAnswer::Files(most, kinds) => (Kind::Files, Some(most), &[], kinds),
        };
        let choices = choices.iter().map(|choice| Choice {
            value: choice.value.to_owned(),
            label: choice.label.to_owned(),
            help: None,
        });
        Question {
            id: format!("{act}-{}", self.name),
            label: self.label.to_owned(),
            help: Some(self.help.to_owned()).filter(|help| !help.is_empty()),
            kind,
            required: self.required,
            limit,
            files: files.to_vec(),
            when: None,
            autocomplete: None,
            prefilled: false,
            to: Destination::Sealed,
            choices: choices.collect(),
        }
    }
}
