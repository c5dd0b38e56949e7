//! The storage format of what all cases have: change a shape only as a new version.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    notice::{Addressee, Notice},
    number::CaseNumber,
    rating::{Satisfaction, Shortcoming},
};
use crate::{
    aggregate::Event,
    deadline::Change,
    document::BodyHash,
    file::FileKind,
    guard::Guard,
    id::{DepartmentCode, FieldName, IdentityId, Malformed, MessageId, SiteLabel, StaffId},
    sealed::Sealed,
    text::Line,
};

/// The way a case came in: a further one is a new version of the event of the kind that knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// 网站.
    Web,
    /// 当面提交: on paper, or told and written down (政府信息公开条例 art. 29).
    InPerson,
    /// 邮寄，须签收: registered or express.
    Post,
    /// 平常信函: mail that nobody signs for.
    OrdinaryMail,
    /// 传真.
    Fax,
}

impl Channel {
    /// All of them, in the order of telling.
    pub const ALL: [Self; 5] = [Self::Web, Self::InPerson, Self::Post, Self::OrdinaryMail, Self::Fax];

    /// As events spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::InPerson => "in-person",
            Self::Post => "post",
            Self::OrdinaryMail => "ordinary-mail",
            Self::Fax => "fax",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Web => "网站",
            Self::InPerson => "当面提交",
            Self::Post => "邮寄",
            Self::OrdinaryMail => "平常信函",
            Self::Fax => "传真",
        }
    }
}

/// A text of ours that somebody was shown, and in which version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its name: `correction`.
    pub name: Line<40>,
    /// Its version, from 1.
    pub version: u32,
}

/// A number of years, 1–100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Years(u8);

impl Years {
    /// The number.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Years {
    type Error = Malformed;

    fn try_from(number: u8) -> Result<Self, Malformed> {
        if (1..=100).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Malformed::new(&number.to_string(), "a number of years: 1-100", "年数（1–100）"))
        }
    }
}

impl From<Years> for u8 {
    fn from(years: Years) -> Self {
        years.0
    }
}

/// How a case came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Its number, for good.
    pub number: CaseNumber,
    /// The way it came.
    pub channel: Channel,
    /// The site it was sent from.
    pub site: SiteLabel,
    /// The form that was filled in (FEATURES N9).
    pub form: Shown,
    /// The privacy notice that stood over it.
    pub notice: Shown,
    /// How long after its end what is personal in it is kept: as the notice said.
    pub kept_for: Years,
    /// Who answers for it first.
    pub department: DepartmentCode,
    /// Under which of the server's keys its query code was made.
    pub code_key: u32,
    /// Where in the vault who sent it is told; none where nobody told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityId>,
    /// What was written, under the case's key.
    pub content: Sealed,
    /// Files that came with it (附件), in the order of the form. Version 1 knows of none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Enclosed>,
}

/// A file that came with a case: its bytes lie among the bodies, under the case's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosed {
    /// The question of the form that it answers.
    pub question: FieldName,
    /// Names what lies among the bodies: the ciphertext.
    pub hash: BodyHash,
    /// What it is once it is opened.
    pub kind: FileKind,
    /// How many bytes it has once it is opened.
    pub bytes: u64,
    /// What its sender calls it, under the case's key.
    pub name: Sealed,
}

/// A file that staff put into a case (附卷): a scan of what came on paper, or what is to be given with a reply. Its bytes lie among the bodies, under the case's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// What it is asked for by in its case, and sealed under.
    pub file: FieldName,
    /// Names what lies among the bodies: the ciphertext.
    pub hash: BodyHash,
    /// What it is once it is opened.
    pub kind: FileKind,
    /// How many bytes it has once it is opened.
    pub bytes: u64,
    /// What it is called, under the case's key.
    pub name: Sealed,
}

/// Why what is personal in a case is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErasureBasis {
    /// The time is over for which it was to be kept (个人信息保护法 art. 47).
    Retention,
    /// Whom it concerns asked for it.
    Request,
}

/// What can happen to any case; `D` names the deadlines of its kind. Who did it is in the commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", bound(serialize = "D: Serialize", deserialize = "D: Deserialize<'de>"))]
pub enum CaseEvent<D> {
    /// 收件: it came in.
    CaseOpened(Box<Opening>),
    /// 转办: another department answers for it; its person of before does no more.
    CaseAssigned {
        /// Who answers for it now.
        department: DepartmentCode,
        /// Why.
        reason: Line<300>,
    },
    /// 承办人: a person answers for it.
    HandlerNamed {
        /// Who.
        handler: StaffId,
    },
    /// Something that its handlers noted for each other.
    NoteAdded {
        /// The note, under the case's key.
        text: Sealed,
    },
    /// 附卷: staff put a file into it.
    FileAdded(Box<Added>),
    /// Something happened to a deadline.
    DeadlineChanged(Change<D>),
    /// Who has to act by a deadline was reminded of it.
    DeadlineReminded {
        /// Of which.
        deadline: D,
        /// When it is due.
        due: Timestamp,
    },
    /// 评价: its citizen said what he thinks of the reply that he was given.
    ReplyRated {
        /// Whether he is content.
        satisfaction: Satisfaction,
        /// What he is not content with, each once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reasons: Vec<Shortcoming>,
        /// What he wrote, under the case's key.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Sealed>,
    },
    /// 通知未送达: somebody was to be told of it, and could not be.
    MessageUndeliverable {
        /// The message, as the outbox names it.
        message: MessageId,
        /// What it was to tell.
        notice: Notice,
        /// Whom.
        to: Addressee,
    },
    /// What is personal in it is to be read by nobody any more, and its key to be destroyed.
    CaseErased {
        /// Why.
        basis: ErasureBasis,
        /// The reason in words.
        reason: Line<300>,
    },
    /// Its key and its rows in the vault are gone.
    ErasureCompleted {
        /// The first day on which no backup can bring anything back.
        gone_for_good_on: Date,
    },
}

impl<D: Serialize + for<'de> Deserialize<'de> + Clone + Send + Sync + 'static> Event for CaseEvent<D> {
    fn version(&self) -> u16 {
        match self {
            Self::CaseOpened(_) => 2,
            _ => 1,
        }
    }

    fn guards(&self) -> Vec<Guard> {
        match self {
            Self::CaseOpened(opening) => vec![Guard::case_number(&opening.number)],
            _ => Vec::new(),
        }
    }
}
