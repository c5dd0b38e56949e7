//! Cases of citizens, as the API of letters tells them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A part of the cases that are to be answered.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Cases {
    pub(crate) entries: Vec<CaseEntry>,
    #[serde(default)]
    pub(crate) next: Option<String>,
}

/// A case that is to be answered.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct CaseEntry {
    /// Kind and id.
    pub(crate) stream: String,
    pub(crate) number: String,
    pub(crate) site: String,
    pub(crate) department: String,
    #[serde(default)]
    pub(crate) handler: Option<String>,
    pub(crate) opened_at: String,
    #[serde(default)]
    pub(crate) due: Option<String>,
    #[serde(default)]
    pub(crate) late_since: Option<String>,
    pub(crate) pressure: String,
}

/// An error report before it is opened.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Correction {
    pub(crate) version: u64,
    pub(crate) number: String,
    pub(crate) kind: String,
    pub(crate) stands: String,
    pub(crate) site: String,
    pub(crate) department: String,
    pub(crate) departments: Vec<String>,
    #[serde(default)]
    pub(crate) handler: Option<String>,
    pub(crate) opened_at: String,
    #[serde(default)]
    pub(crate) closed_at: Option<String>,
    #[serde(default)]
    pub(crate) kept_until: Option<String>,
    pub(crate) erased: bool,
    pub(crate) form: String,
    pub(crate) form_version: u32,
    pub(crate) deadlines: Vec<Deadline>,
    pub(crate) notes: Vec<Noted>,
    #[serde(default)]
    pub(crate) undelivered: Vec<Undelivered>,
    #[serde(default)]
    pub(crate) page: Option<String>,
    #[serde(default)]
    pub(crate) fault: Option<String>,
    #[serde(default)]
    pub(crate) answer: Option<Answered>,
    #[serde(default)]
    pub(crate) silent: Option<String>,
}

/// A deadline, with the account of how it was counted.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Deadline {
    pub(crate) title: String,
    pub(crate) rule: String,
    pub(crate) status: String,
    #[serde(default)]
    pub(crate) at: Option<String>,
    pub(crate) account: String,
}

/// That somebody left a note; its words are opened with the case.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Noted {
    pub(crate) at: String,
    pub(crate) by: String,
}

/// That somebody was to be told something and could not be.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Undelivered {
    pub(crate) at: String,
    pub(crate) notice: String,
    pub(crate) to: String,
}

/// A public answer.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Answered {
    pub(crate) at: String,
    pub(crate) finding: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// What was written in a case. It is shown once and kept nowhere, so it cannot be printed.
#[derive(Deserialize, Serialize)]
pub(crate) struct Opened {
    pub(crate) content: Vec<Said>,
    pub(crate) identity: BTreeMap<String, String>,
    pub(crate) notes: Vec<OpenedNote>,
}

/// A note that was opened.
#[derive(Deserialize, Serialize)]
pub(crate) struct OpenedNote {
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) text: String,
}

/// An answer beside its question, as its citizen read it.
#[derive(Deserialize, Serialize)]
pub(crate) struct Said {
    pub(crate) question: String,
    pub(crate) label: String,
    pub(crate) text: String,
}

/// Who opened a case, newest first.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Readings {
    pub(crate) readings: Vec<Reading>,
}

/// That somebody opened it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Reading {
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) department: String,
    pub(crate) fields: Vec<String>,
    pub(crate) why: String,
}
