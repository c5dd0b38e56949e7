//! Cases of citizens, as the APIs of their kinds tell them.

use std::collections::BTreeMap;

use domain::file::FileKind;
use serde::{Deserialize, Serialize};

use crate::{engine::size, words};

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
    /// What has to be done next, by the name of its deadline.
    #[serde(default)]
    pub(crate) deadline: Option<String>,
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
    pub(crate) files: Vec<Enclosed>,
    #[serde(default)]
    pub(crate) undelivered: Vec<Undelivered>,
    #[serde(default)]
    pub(crate) rating: Option<Rating>,
    #[serde(flatten)]
    pub(crate) report: Report,
    #[serde(flatten)]
    pub(crate) application: Application,
}

/// What its citizen says of the reply.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Rating {
    pub(crate) at: String,
    pub(crate) satisfaction: String,
    #[serde(default)]
    pub(crate) reasons: Vec<String>,
    #[serde(default)]
    pub(crate) written: bool,
    #[serde(default)]
    pub(crate) earlier: bool,
}

/// A file of it, before it is opened.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Enclosed {
    pub(crate) file: String,
    pub(crate) kind: String,
    pub(crate) bytes: u64,
    #[serde(default)]
    pub(crate) of_staff: bool,
}

impl Enclosed {
    /// What it is asked for by, and what it is called where one chooses it: the `number`-th of staff.
    pub(crate) fn choice(&self, number: usize) -> (String, String) {
        (self.file.clone(), format!("附卷 {number}：{}，{}", kind_of(&self.kind), size(self.bytes)))
    }
}

/// What a file is, in a word.
pub(crate) fn kind_of(kind: &str) -> &'static str {
    FileKind::all().find(|known| known.name() == kind).map_or("文件", FileKind::chinese)
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
    pub(crate) channel: Option<String>,
    #[serde(default)]
    pub(crate) received_on: Option<String>,
    #[serde(default)]
    pub(crate) extended: bool,
    #[serde(default)]
    pub(crate) delayed: bool,
    #[serde(default)]
    pub(crate) confirmed_at: Option<String>,
    #[serde(default)]
    pub(crate) completion: Option<String>,
    #[serde(default)]
    pub(crate) reasons: Option<String>,
    #[serde(default)]
    pub(crate) letters: Vec<Letter>,
    #[serde(default)]
    pub(crate) asks_further: bool,
    #[serde(default)]
    pub(crate) draft: Option<Draft>,
    #[serde(default)]
    pub(crate) fee: Option<Fee>,
    #[serde(default)]
    pub(crate) same_applicant: Option<SameApplicant>,
    #[serde(default)]
    pub(crate) conclusion: Option<Conclusion>,
    #[serde(default)]
    pub(crate) published: Option<Published>,
    #[serde(default)]
    pub(crate) archived: Option<String>,
}

/// A letter that asked for an opinion.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Letter {
    pub(crate) number: u16,
    pub(crate) of: String,
    pub(crate) sought_at: String,
    #[serde(default)]
    pub(crate) delivered_on: Option<String>,
    /// `awaited`, `given`, `lapsed`.
    pub(crate) state: String,
    #[serde(default)]
    pub(crate) stance: Option<String>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
}

impl Letter {
    /// Whether it is not known when it was delivered, and that may still be told.
    pub(crate) fn is_on_its_way(&self) -> bool {
        self.delivered_on.is_none() && self.state != "given"
    }

    /// Its number, and what it is called where one chooses it.
    pub(crate) fn choice(&self) -> (String, String) {
        let of = words::of("consulted", &self.of).unwrap_or(&self.of);
        let lapsed = if self.state == "lapsed" { "，已逾期" } else { "" };
        (self.number.to_string(), format!("征求意见书 {}：{of}{lapsed}", self.number))
    }
}

impl Application {
    /// Whether an opinion is awaited.
    pub(crate) fn awaits_opinion(&self) -> bool {
        self.letters.iter().any(|letter| letter.state == "awaited")
    }
}

/// What other applications of the same person say of it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct SameApplicant {
    pub(crate) item_of_month: u32,
    pub(crate) in_all: u32,
    pub(crate) in_a_year: u32,
    pub(crate) replied_before: Vec<String>,
}

/// A reply that was drafted.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Draft {
    pub(crate) outcome: Outcome,
    /// Id of the person.
    pub(crate) by: String,
    pub(crate) at: String,
    pub(crate) returned: bool,
    /// Files that are to be given with it.
    #[serde(default)]
    pub(crate) files: Vec<String>,
}

/// Where what an application asked for became public.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Published {
    pub(crate) document: String,
    pub(crate) found_at: String,
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
    pub(crate) files: Vec<String>,
    #[serde(default)]
    pub(crate) channel: Option<String>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) lapsed: Option<String>,
    #[serde(default)]
    pub(crate) shown_by: Option<String>,
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
    /// Files that staff put into it, oldest first.
    pub(crate) fn of_staff(&self) -> impl Iterator<Item = &Enclosed> {
        self.files.iter().filter(|file| file.of_staff)
    }

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
    /// The version of the case that was read.
    pub(crate) version: u64,
    pub(crate) content: Vec<Said>,
    #[serde(default)]
    pub(crate) files: Vec<OpenedFile>,
    pub(crate) identity: BTreeMap<String, String>,
    pub(crate) papers: Vec<Paper>,
    pub(crate) notes: Vec<OpenedNote>,
}

/// A file that came with it.
#[derive(Deserialize, Serialize)]
pub(crate) struct OpenedFile {
    pub(crate) file: String,
    pub(crate) label: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) bytes: u64,
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

/// Who opened a case, newest first: a part of them.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Readings {
    pub(crate) readings: Vec<Reading>,
    #[serde(default)]
    pub(crate) earlier: Option<u64>,
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
