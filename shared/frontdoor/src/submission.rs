//! What is handed to whoever receives it: complete, checked, and sorted by where it goes.

use std::{collections::BTreeMap, fmt};

use crate::{
    answers::Answers,
    attachment::Attachment,
    form::{Destination, Form, IdentityPart, Kind},
    token::Token,
};

/// Something personal. It shows itself to nobody: no `Debug`, no `Display`, no `Serialize`.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal(String);

impl Personal {
    /// Keeps `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that encrypts it or shows it to whom it belongs.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// An answer that may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedAnswer {
    /// The question; its label stands in the form.
    pub question: String,
    /// The answer.
    pub text: Personal,
}

/// A file that was added, beside the question that it answers.
#[derive(Clone, PartialEq, Eq)]
pub struct SentFile {
    /// The question.
    pub question: String,
    /// The file, as it waits in quarantine.
    pub file: Attachment,
}

/// Who sent it, as far as the form asked.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Name of a person.
    pub name: Option<Personal>,
    /// Telephone number, digits and hyphens.
    pub phone: Option<Personal>,
    /// E-mail address.
    pub email: Option<Personal>,
    /// Number of a document, or an organisation's code.
    pub id_number: Option<Personal>,
    /// Postal address.
    pub address: Option<Personal>,
    /// Name of an organisation.
    pub organisation: Option<Personal>,
}

/// A form that was filled in rightly and sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    /// The form that was shown.
    pub form: String,
    /// Its version.
    pub version: u32,
    /// The notice on personal data that was shown.
    pub notice: String,
    /// Its version.
    pub notice_version: u32,
    /// Label of the site it was opened on.
    pub site: String,
    /// The one-time token's id: the idempotency key.
    pub key: String,
    /// Classes: question → values chosen. May stand in events and views.
    pub plain: BTreeMap<String, Vec<String>>,
    /// Texts, in the order of the form.
    pub sealed: Vec<SealedAnswer>,
    /// Files, in the order of the form.
    pub files: Vec<SentFile>,
    /// Who sent it.
    pub identity: Identity,
}

impl Submission {
    /// Sorts the answers of `form`; those to questions that were not asked are dropped.
    #[must_use]
    pub fn of(form: &Form, token: &Token, answers: &Answers) -> Self {
        let mut submission = Self {
            form: form.id.clone(),
            version: form.version,
            notice: form.notice.id.clone(),
            notice_version: form.notice.version,
            site: token.site.clone(),
            key: token.id.clone(),
            plain: BTreeMap::new(),
            sealed: Vec::new(),
            files: Vec::new(),
            identity: Identity::default(),
        };
        for page in &form.pages {
            for question in answers.asked(form, page) {
                let values = answers.all(&question.id);
                if values.is_empty() {
                    continue;
                }
                if question.kind == Kind::Files {
                    let sent = values.iter().filter_map(|value| Attachment::read(value));
                    submission.files.extend(sent.map(|file| SentFile { question: question.id.clone(), file }));
                    continue;
                }
                let text = || Personal::new(values.join("\n"));
                match question.to {
                    Destination::Plain => {
                        submission.plain.insert(question.id.clone(), values.to_vec());
                    }
                    Destination::Sealed => {
                        submission.sealed.push(SealedAnswer { question: question.id.clone(), text: text() });
                    }
                    Destination::Identity(part) => *submission.identity.part_mut(part) = Some(text()),
                }
            }
        }
        submission
    }

    /// The one value chosen for a question.
    #[must_use]
    pub fn chosen(&self, question: &str) -> Option<&str> {
        self.plain.get(question).and_then(|values| values.first()).map(String::as_str)
    }

    /// The text of a sealed answer.
    #[must_use]
    pub fn text(&self, question: &str) -> Option<&Personal> {
        self.sealed.iter().find(|answer| answer.question == question).map(|answer| &answer.text)
    }
}

impl fmt::Debug for Submission {
    /// Classes and versions; nothing that a person typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission")
            .field("form", &self.form)
            .field("version", &self.version)
            .field("site", &self.site)
            .field("plain", &self.plain)
            .finish_non_exhaustive()
    }
}

impl Identity {
    fn part_mut(&mut self, part: IdentityPart) -> &mut Option<Personal> {
        match part {
            IdentityPart::Name => &mut self.name,
            IdentityPart::Phone => &mut self.phone,
            IdentityPart::Email => &mut self.email,
            IdentityPart::IdNumber => &mut self.id_number,
            IdentityPart::Address => &mut self.address,
            IdentityPart::Organisation => &mut self.organisation,
        }
    }

    /// Whether nobody said who he is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{forms, posted::Posted};

    fn submission(body: &str) -> Submission {
        let form = forms::newest("correction").unwrap();
        let answers = Answers::of(form, &Posted::parse(body.as_bytes()).unwrap());
        let token = Token {
            form: "correction".to_owned(),
            version: 1,
            site: "www".to_owned(),
            at: "2026-11-30T01:00:00Z".parse().unwrap(),
            id: "k".repeat(26),
        };
        Submission::of(form, &token, &answers)
    }

    #[test]
    fn every_answer_goes_where_its_question_says() {
        let sent = submission("page=/a.html&mistake=typo&text-place=old&right=new&name=W&phone=13800138000");
        assert_eq!(sent.chosen("mistake"), Some("typo"));
        assert_eq!(
            sent.sealed.iter().map(|answer| answer.question.as_str()).collect::<Vec<_>>(),
            ["page", "text-place", "right"]
        );
        assert_eq!(sent.text("right").map(Personal::expose), Some("new"));
        assert!(sent.identity.email.is_none() && sent.identity.phone.is_some());
        assert_eq!((sent.notice.as_str(), sent.notice_version, sent.key.len()), ("privacy-correction", 3, 26));
    }

    #[test]
    fn answers_to_what_was_not_asked_are_dropped() {
        let sent = submission("page=/a.html&mistake=broken-link&text-place=old&link-place=here");
        assert_eq!(
            sent.sealed.iter().map(|answer| answer.question.as_str()).collect::<Vec<_>>(),
            ["page", "link-place"]
        );
        assert!(sent.identity.is_empty());
    }

    #[test]
    fn what_is_logged_of_it_holds_nothing_that_a_person_typed() {
        let shown =
            format!("{:?}", submission("page=/a.html&mistake=typo&text-place=SECRET&name=WANG&phone=13800138000"));
        for typed in ["SECRET", "WANG", "13800138000", "/a.html"] {
            assert!(!shown.contains(typed), "{shown}");
        }
        assert!(shown.contains("typo"));
    }
}
