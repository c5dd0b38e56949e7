//! What citizens are asked, shown once more, and given: the pages of the front door.
//!
//! No `Debug` where something that a person typed, or a secret of his, is in it.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::countdown::Countdown;

/// A group of questions of a form.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct QuestionPage {
    /// Name of the form.
    pub form: String,
    /// Where the answers are sent.
    pub action: String,
    /// Title of the group.
    pub title: String,
    /// Which page it is, from 1.
    pub number: usize,
    /// What the form is for; on its first page.
    pub lead: Option<String>,
    /// What to know before answering.
    pub help: Option<String>,
    /// What happened that is nobody's mistake: the form was open too long.
    pub note: Option<String>,
    /// What is wrong, in the order of the fields.
    pub errors: Vec<ErrorNote>,
    /// The questions.
    pub fields: Vec<Field>,
    /// What travels along unseen: the token, and the answers of other pages.
    pub hidden: Vec<Hidden>,
    /// Whether there is a page before it.
    pub goes_back: bool,
    /// Whether files are added on it: it is sent in parts.
    pub takes_files: bool,
    /// What happens to personal data.
    pub notice: NoticeNote,
}

/// Something wrong, and the field that it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorNote {
    /// The field; none where it is none's.
    pub field: Option<String>,
    /// Stable code.
    pub code: String,
    /// What to do.
    pub text: String,
}

/// A field that is not seen.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Hidden {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A question.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name, and the id that errors lead to.
    pub id: String,
    /// What is asked.
    pub label: String,
    /// What helps to answer.
    pub help: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
    /// The purpose as browsers know it.
    pub autocomplete: Option<String>,
    /// How it is answered.
    pub control: Control,
}

/// How a question is answered.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Control {
    /// In one line.
    Line {
        /// What stands in it.
        value: String,
        /// Which keys help.
        keys: Keyboard,
    },
    /// In several lines.
    Text {
        /// What stands in it.
        value: String,
        /// Most characters.
        limit: usize,
    },
    /// By choosing.
    Choice {
        /// How many may be chosen.
        many: Many,
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// By adding files, one at a time.
    Files {
        /// Those that were added.
        added: Vec<AddedFile>,
        /// What names may end in: `.jpg,.png`.
        accept: String,
        /// How many, how large and of which kinds.
        limits: String,
        /// Whether there are as many as there may be.
        is_full: bool,
        /// Where a file is sent when it is added, or taken away; where the form is, if nothing is said.
        to: Option<String>,
    },
}

/// A file that was added.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AddedFile {
    /// By what it is taken away.
    pub place: String,
    /// What it is called.
    pub name: String,
    /// What it is, and how large.
    pub about: String,
}

/// How many may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Many {
    /// One.
    One,
    /// Any.
    Any,
}

/// Which keys help to answer in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyboard {
    /// All.
    Text,
    /// Those of telephones.
    Telephone,
    /// Those of mail addresses.
    Email,
    /// Those of web addresses.
    Web,
    /// Those of days.
    Date,
}

/// Something that can be chosen.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceOption {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// What tells it from others.
    pub help: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What a citizen is told of his personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeNote {
    /// Which version.
    pub version: u32,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// The regulation that the form follows.
    pub rule: String,
}

/// All answers, to be looked at once more.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CheckPage {
    /// Name of the form.
    pub form: String,
    /// Where the answers are sent.
    pub action: String,
    /// What happened that is nobody's mistake.
    pub note: Option<String>,
    /// Why it was not sent.
    pub errors: Vec<ErrorNote>,
    /// The answers in the order of the form.
    pub answers: Vec<AnswerNote>,
    /// The token and all answers.
    pub hidden: Vec<Hidden>,
    /// What happens to personal data.
    pub notice: NoticeNote,
    /// What the script works on meanwhile; none where nothing is to be proven.
    pub challenge: Option<String>,
    /// What is said where no script runs.
    pub without_script: String,
}

/// One answer.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AnswerNote {
    /// What was asked.
    pub label: String,
    /// What was answered, a line each; empty where nothing was.
    pub lines: Vec<String>,
    /// The page to change it on.
    pub page: String,
}

/// What a citizen is given for what he sent 回执.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptPage {
    /// Name of the form.
    pub form: String,
    /// Number of the case 受理编号.
    pub number: String,
    /// The secret that opens it 查询码.
    pub code: String,
    /// What happens next, in order.
    pub next: Vec<NextNote>,
    /// Where both are asked for.
    pub status: String,
}

/// Something that happens next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextNote {
    /// What.
    pub text: String,
    /// Until when.
    pub due: Option<Date>,
}

/// Where number and code are asked for.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StatusEntryPage {
    /// Where they are sent.
    pub action: String,
    /// The number as it was typed.
    pub number: String,
    /// What is wrong.
    pub errors: Vec<ErrorNote>,
}

/// How a case stands.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusPage {
    /// Number of the case.
    pub number: String,
    /// What it is: `政府信息公开申请`.
    pub title: String,
    /// How it stands, in a word or two: `办理中`.
    pub state: String,
    /// Who has it.
    pub holder: Option<String>,
    /// How long it may still take.
    pub countdown: Option<Countdown>,
    /// What its citizen is asked for, the most pressing first.
    pub asked: Vec<AskedNote>,
    /// The answer, paragraphs.
    pub answer: Vec<String>,
    /// Files that were given with it.
    pub files: Vec<GivenFile>,
    /// What happened, newest first.
    pub happenings: Vec<Happening>,
}

/// A file that was given with an answer.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct GivenFile {
    /// What it is asked for by.
    pub file: String,
    /// What it is called.
    pub name: String,
    /// What it is, and how large.
    pub about: String,
}

/// What a citizen is asked for while his case waits for him.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AskedNote {
    /// What it is: `请补正`.
    pub title: String,
    /// What is asked, paragraphs.
    pub paragraphs: Vec<String>,
}

/// The form of something that a citizen may do to his case.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ActForm {
    /// Where it is sent.
    pub action: String,
    /// What it is, and what its button says.
    pub title: String,
    /// What follows.
    pub lead: String,
    /// Whether the case waits for it.
    pub is_awaited: bool,
    /// What is asked for; names differ from those of other forms on the page.
    pub fields: Vec<Field>,
    /// What travels along unseen.
    pub hidden: Vec<Hidden>,
}

/// The form of an act that was not done, shown again.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ActPage {
    /// The form.
    pub form: ActForm,
    /// Number of the case.
    pub number: String,
    /// What happened that is nobody's mistake.
    pub note: Option<String>,
    /// What is wrong.
    pub errors: Vec<ErrorNote>,
    /// Where number and code are asked for.
    pub status: String,
}

/// Something that happened to a case.
#[derive(Clone, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub at: Timestamp,
    /// What.
    pub title: String,
    /// Who did it, if that is told.
    pub by: Option<String>,
    /// What there is to say of it.
    pub text: Option<String>,
    /// The public address that it leads to.
    pub link: Option<String>,
}

/// A sentence or two, and where to go from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldPage {
    /// What is told.
    pub title: String,
    /// Sentences.
    pub sentences: Vec<String>,
    /// Where to go.
    pub links: Vec<super::Link>,
}
