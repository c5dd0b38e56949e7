//! One act of the sample's staff: who, when, what; and the document it leads on.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::letters::Letter;
use crate::serve::{api::Request, staff::ADMINISTRATOR};

/// One act.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// When, by the city's simulated clock.
    pub at: Timestamp,
    /// Its idempotency key.
    pub key: String,
    /// Whose staff acts.
    pub department: String,
    /// What is done.
    pub step: Step,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A department, site or column comes into being.
    Register {
        /// `departments`, `sites` or `columns`.
        collection: &'static str,
        /// The request's body.
        body: Value,
    },
    /// A department says which category of the regulation does not concern it.
    Declare {
        /// Its code.
        department: String,
        /// Its version then.
        version: u64,
        /// The request's body.
        body: Value,
    },
    /// The city adopts its calendar.
    Adopt {
        /// The request's body.
        body: Value,
    },
    /// Somebody of the department's staff is enrolled.
    Enrol {
        /// The request's body.
        body: Value,
    },
    /// A document is drafted.
    Draft {
        /// The request's body.
        body: Value,
    },
    /// Its draft changes.
    Revise {
        /// The new content.
        content: Box<Letter>,
    },
    /// Review is asked for.
    Submit,
    /// The draft goes back.
    Return {
        /// What to mend.
        remark: String,
    },
    /// The draft is approved.
    Approve,
    /// The document becomes public.
    Publish {
        /// Last part of its path.
        slug: String,
    },
    /// The public text is replaced.
    Correct {
        /// What changed.
        note: String,
    },
    /// The document moves.
    Move {
        /// Where to.
        column: String,
    },
    /// The document is public no more.
    Withdraw {
        /// Why.
        reason: String,
    },
}

/// What the acts before left of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u64,
    /// The last revision that was written.
    pub revision: String,
}

impl Act {
    /// Names the document, the same in all its acts.
    #[must_use]
    pub fn document(&self) -> Option<&str> {
        match self.step {
            Step::Register { .. } | Step::Declare { .. } | Step::Adopt { .. } | Step::Enrol { .. } => None,
            // `sample-<column>-<slug>-<step>`: the step's name may have hyphens, so it is cut by its own length.
            _ => self.key.get(..self.key.len().checked_sub(self.name().len() + 1)?),
        }
    }

    fn name(&self) -> &str {
        let names = [
            "submit-again",
            "submit-mended",
            "approve-mended",
            "draft",
            "submit",
            "return",
            "revise",
            "approve",
            "publish",
            "mend",
            "correct",
            "move",
            "withdraw",
        ];
        names.into_iter().find(|name| self.key.ends_with(&format!("-{name}"))).unwrap_or_default()
    }

    /// The request that does it.
    #[must_use]
    pub fn request(&self, standing: &Standing) -> Request {
        let id = &standing.id;
        let revision = json!({ "revision": standing.revision });
        let subject = |role: &str| format!("{}.{role}", self.department);
        let change = |method, verb: &str, role, body| Request {
            method,
            path: format!("/api/publish/documents/{id}/{verb}"),
            subject: subject(role),
            body,
            expected: Some(standing.version),
        };
        let create = |path: &str, subject, body: &Value| Request {
            method: "POST",
            path: format!("/api/publish/{path}"),
            subject,
            body: body.clone(),
            expected: None,
        };
        match &self.step {
            Step::Register { collection, body } => create(collection, subject("registrar"), body),
            Step::Declare { department, version, body } => Request {
                expected: Some(*version),
                ..create(&format!("departments/{department}/declare-category"), subject("registrar"), body)
            },
            Step::Adopt { body } => create("calendar", ADMINISTRATOR.to_owned(), body),
            Step::Enrol { body } => create("staff", ADMINISTRATOR.to_owned(), body),
            Step::Draft { body } => create("documents", subject("editor"), body),
            Step::Revise { content } => change("PUT", "draft", "editor", json!({ "content": content })),
            Step::Submit => change("POST", "submit", "editor", json!({})),
            Step::Return { remark } => {
                change("POST", "return", "reviewer", json!({ "revision": standing.revision, "remark": remark }))
            }
            Step::Approve => change("POST", "approve", "reviewer", revision),
            Step::Publish { slug } => change("POST", "publish", "publisher", json!({ "slug": slug })),
            Step::Correct { note } => change("POST", "correct", "publisher", json!({ "note": note })),
            Step::Move { column } => change("POST", "move", "publisher", json!({ "column": column })),
            Step::Withdraw { reason } => change("POST", "withdraw", "publisher", json!({ "reason": reason })),
        }
    }
}
