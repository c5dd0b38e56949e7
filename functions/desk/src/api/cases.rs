//! Cases of citizens, as the APIs of their kinds tell them.

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

/// A case before it is opened: what any has, and what its kind has.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Case {
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
    #[serde(flatten)]
    pub(crate) report: Report,
    #[serde(flatten)]
    pub(crate) application: Application,
}

/// What an error report has.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(crate) struct Report {
    #[serde(default)]
    pub(crate) page: Option<String>,
    #[serde(default)]
    pub(crate) fault: Option<String>,
    #[serde(default)]
    pub(crate) answer: Option<Answered>,
    #[serde(default)]
    pub(crate) silent: Option<String>,
}

/// What an application for information has.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(crate) struct Application {
    #[serde(default)]
    pub(crate) applicant: Option<String>,
    #[serde(default)]
    pub(crate) delivery: Option<String>,
    #[serde(default)]
    pub(crate) confirmed_at: Option<String>,
    #[serde(default)]
    pub(crate) completion: Option<String>,
    #[serde(default)]
    pub(crate) awaited: Vec<String>,
    #[serde(default)]
    pub(crate) opinions: Vec<Opinion>,
    #[serde(default)]
    pub(crate) fee: Option<Fee>,
    #[serde(default)]
    pub(crate) conclusion: Option<Conclusion>,
    #[serde(default)]
    pub(crate) archived: Option<String>,
}

/// An opinion that came.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Opinion {
    pub(crate) of: String,
    pub(crate) stance: String,
}

/// A fee, in fen.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Fee {
    pub(crate) fen: u32,
    #[serde(default)]
    pub(crate) paid_at: Option<String>,
}

/// How an application ended.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Conclusion {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) outcome: Option<Outcome>,
    #[serde(default)]
    pub(crate) channel: Option<String>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) lapsed: Option<String>,
}

/// A kind of reply, with the one thing that it says beside.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(crate) struct Outcome {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) extent: Option<Extent>,
    #[serde(default)]
    pub(crate) found_at: Option<String>,
    #[serde(default)]
    pub(crate) ground: Option<String>,
    #[serde(default)]
    pub(crate) body: Option<String>,
    #[serde(default)]
    pub(crate) of: Option<String>,
    #[serde(default)]
    pub(crate) law: Option<String>,
}

/// How much of it is given.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Extent {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) withheld: Option<String>,
}

impl Case {
    /// Whether its term of this name runs.
    pub(crate) fn runs(&self, deadline: &str) -> bool {
        self.deadlines.iter().any(|known| known.name == deadline && known.status == "running")
    }

    /// Whether it is worked on still.
    pub(crate) fn is_at_work(&self) -> bool {
        self.closed_at.is_none() && !self.erased
    }
}

/// A deadline, with the account of how it was counted.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Deadline {
    pub(crate) name: String,
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
    pub(crate) papers: Vec<Paper>,
    pub(crate) notes: Vec<OpenedNote>,
}

/// A note that was opened.
#[derive(Deserialize, Serialize)]
pub(crate) struct OpenedNote {
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) text: String,
}

/// Something else that was written in it.
#[derive(Deserialize, Serialize)]
pub(crate) struct Paper {
    pub(crate) title: String,
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
