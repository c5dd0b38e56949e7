//! What a citizen may do to his own case, beside reading it: one page of a form, once, by whoever knows the query code.

use pages::front::StatusPage;

use crate::{
    form::{Destination, Kind, Question},
    submission::Personal,
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
    /// What he is to write; none where nothing is.
    pub asks: Option<AskedText>,
    /// What is said once it is done.
    pub done: &'static str,
}

/// What he is to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedText {
    /// What is asked.
    pub label: &'static str,
    /// What helps to answer.
    pub help: &'static str,
    /// Most characters.
    pub limit: usize,
}

/// An act that was sent. That it can be an act, and a number and a code, is checked; whether the code is right is not.
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
    /// What he wrote.
    pub text: Option<Personal>,
}

/// How a case stands, and what its citizen may do to it now.
#[derive(Clone, PartialEq, Eq)]
pub struct Standing {
    /// How it stands.
    pub page: StatusPage,
    /// Names of acts.
    pub acts: Vec<&'static str>,
}

impl Act {
    /// Name of the field that a text is written in.
    pub(crate) fn text_field(&self) -> String {
        format!("{}-text", self.name)
    }

    /// Name of the field for the code: several acts may stand on one page.
    pub(crate) fn code_field(&self) -> String {
        format!("{}-code", self.name)
    }

    /// What a token is made for: this act on this case and nothing else.
    pub(crate) fn purpose(&self, number: &str) -> String {
        format!("{}:{number}", self.name)
    }

    /// What is asked, as forms ask it.
    pub(crate) fn question(&self) -> Option<Question> {
        let AskedText { label, help, limit } = self.asks?;
        Some(Question {
            id: self.text_field(),
            label: label.to_owned(),
            help: Some(help.to_owned()),
            kind: Kind::LongText,
            required: true,
            limit: Some(limit),
            files: Vec::new(),
            when: None,
            autocomplete: None,
            prefilled: false,
            to: Destination::Sealed,
            choices: Vec::new(),
        })
    }
}
