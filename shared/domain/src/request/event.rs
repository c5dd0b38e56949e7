//! The storage format of applications for information: change a shape only as a new version.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{fee::Fen, letter::LetterNumber, limits::RequestLimits, outcome::Outcome};
use crate::{
    aggregate::Event,
    case::Enclosed,
    id::{DocumentId, FieldName, Malformed},
    sealed::Sealed,
    text::Line,
};

/// Who applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicant {
    /// 公民.
    Citizen,
    /// 法人或者其他组织.
    Organisation,
}

/// How the applicant wishes to get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// 网上查询: where the case is read.
    Online,
    /// 电子邮件.
    Email,
    /// 邮寄.
    Post,
    /// 当面领取.
    InPerson,
}

/// Whose opinion is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consulted {
    /// 第三方: somebody whose rights the information touches (art. 32).
    ThirdParty,
    /// 其他机关: an authority that made the information too (art. 34).
    OtherBody,
}

/// What somebody says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// 同意公开.
    Agrees,
    /// 不同意公开.
    Objects,
}

/// What the applicant let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lapsed {
    /// 补正期限 (art. 30).
    Completion,
    /// 缴费期限 (国办函〔2020〕109号).
    Fee,
}

/// What shows that the applicant wants it, where staff record what he did in another way than at the front door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShownBy {
    /// 来信: he wrote.
    Letter,
    /// 来电: he called.
    Call,
    /// 来访: he came.
    Visit,
}

/// That staff recorded what the applicant did, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Why he does it, under the case's key: he sees it, and can say that it was not so.
    pub reason: Sealed,
    /// What shows it.
    pub shown_by: ShownBy,
}

/// The deadlines of an application; stored by name: `completion-notice`, `opinion-3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RequestDeadline {
    /// 登记确认: until when the receipt is confirmed; then it counts as confirmed.
    Confirmation,
    /// 补正告知: until when a completion may be asked for.
    CompletionNotice,
    /// 补正: until when the applicant completes.
    Completion,
    /// 第三方意见: of letters from before they had numbers.
    ThirdPartyOpinion,
    /// 其他机关意见: of letters from before they had numbers.
    OtherBodyOpinion,
    /// 征求意见: of the letter with this number.
    Opinion(LetterNumber),
    /// 缴费.
    Fee,
    /// 答复.
    Reply,
}

/// What the names of deadlines of letters begin with.
const OPINION: &str = "opinion-";

impl RequestDeadline {
    /// Those that are not of a letter with a number, by name.
    const NAMED: [(Self, &str); 7] = [
        (Self::Confirmation, "confirmation"),
        (Self::CompletionNotice, "completion-notice"),
        (Self::Completion, "completion"),
        (Self::ThirdPartyOpinion, "third-party-opinion"),
        (Self::OtherBodyOpinion, "other-body-opinion"),
        (Self::Fee, "fee"),
        (Self::Reply, "reply"),
    ];
}

impl From<RequestDeadline> for String {
    fn from(deadline: RequestDeadline) -> Self {
        if let RequestDeadline::Opinion(number) = deadline {
            return format!("{OPINION}{number}");
        }
        let named = RequestDeadline::NAMED.iter().find(|(known, _)| *known == deadline);
        named.map(|(_, name)| (*name).to_owned()).unwrap_or_default()
    }
}

impl TryFrom<String> for RequestDeadline {
    type Error = Malformed;

    fn try_from(name: String) -> Result<Self, Malformed> {
        if let Some(number) = name.strip_prefix(OPINION) {
            return number.parse().map(Self::Opinion);
        }
        let named = Self::NAMED.iter().find(|(_, known)| *known == name);
        let unknown = || Malformed::new(&name, "the name of a deadline of an application", "申请期限的名称");
        named.map(|(deadline, _)| *deadline).ok_or_else(unknown)
    }
}

/// What can happen to an application beside what happens to any case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum RequestEvent {
    /// 提交: somebody applied.
    ApplicationFiled {
        /// As what.
        applicant: Applicant,
        /// How he wishes to get it.
        delivery: Delivery,
        /// Whether he asks to be freed of fees.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        asks_for_relief: bool,
        /// The limits in force: they stay those of this application.
        limits: Box<RequestLimits>,
        /// The day on which it counts as received (art. 31), where staff registered it: handed in, signed for, or confirmed with the applicant, by its channel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_on: Option<Date>,
    },
    /// 登记确认: both sides know of the receipt (art. 31); the reply's term begins.
    ApplicationConfirmed {
        /// Since when.
        effective_at: Timestamp,
    },
    /// 补正告知: it is not clear what is asked for.
    CompletionAsked {
        /// What is to be said, under the case's key.
        missing: Sealed,
    },
    /// 补正: he said it.
    ApplicationCompleted {
        /// What he said, under the case's key.
        content: Sealed,
        /// Files that he sent with it, in their order. Version 2 knows of none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Enclosed>,
        /// The day on which it came, where staff recorded it; he himself tells it when he does it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_on: Option<Date>,
    },
    /// 要求说明理由: he applies for so much, or so often, that it clearly is beyond what is reasonable (art. 35).
    ReasonsAsked {
        /// How many applications of his this department had received when he was asked, this one with them: what shows it.
        applications: u32,
        /// What he is asked, under the case's key.
        question: Sealed,
    },
    /// 说明理由: he said why.
    ReasonsGiven {
        /// What he said, under the case's key.
        reasons: Sealed,
        /// The day on which it came, where staff recorded it; he himself tells it when he does it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_on: Option<Date>,
    },
    /// 征求意见.
    OpinionSought {
        /// The number of the letter; of those from before they had any, none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<LetterNumber>,
        /// Whose.
        of: Consulted,
        /// Who it is and what was asked, under the case's key.
        letter: Sealed,
        /// The day on which it was delivered, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivered_on: Option<Date>,
        /// Why he is asked when the round was over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        further: Option<Line<300>>,
    },
    /// 送达: a letter reached whom it asks; his term is counted from that day.
    LetterDelivered {
        /// Which letter.
        number: LetterNumber,
        /// On which day.
        delivered_on: Date,
    },
    /// 意见: it came.
    OpinionGiven {
        /// To which letter; of those from before they had numbers, the last one to him.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<LetterNumber>,
        /// Whose.
        of: Consulted,
        /// What it says.
        stance: Stance,
        /// The opinion, under the case's key.
        text: Sealed,
        /// The day on which it came; of what was recorded before days were, that of the commit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_on: Option<Date>,
    },
    /// 逾期未提出意见: it did not come.
    OpinionLapsed {
        /// To which letter; of those from before they had numbers, the last one to him.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<LetterNumber>,
        /// Whose.
        of: Consulted,
        /// Whether it is not known that the letter reached him: his silence says nothing then.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        undelivered: bool,
        /// Since when.
        effective_at: Timestamp,
    },
    /// 未逾期: an opinion that counted as not given had come in time.
    OpinionLapseUndone {
        /// To which letter.
        number: LetterNumber,
        /// Whose.
        of: Consulted,
    },
    /// 收费告知.
    FeeAsked {
        /// The how-manieth application of the month it is.
        item: u32,
        /// How much.
        amount: Fen,
    },
    /// 缴费.
    FeePaid {
        /// The day on which it was paid; of what was recorded before days were, that of the commit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_on: Option<Date>,
    },
    /// 视为放弃申请.
    DeemedAbandoned {
        /// What was let pass.
        lapsed: Lapsed,
        /// Since when.
        effective_at: Timestamp,
    },
    /// 未放弃: what counted as let pass had been done in time; the case is open again.
    AbandonmentUndone {
        /// What was not let pass.
        lapsed: Lapsed,
    },
    /// 恢复办理: he had a good reason to let the completion pass (art. 30); the case is open again, and it is awaited anew.
    ApplicationReopened {
        /// Which, under the case's key: an illness, a death, a custody.
        reason: Sealed,
    },
    /// 拟答复: what is to be replied, for somebody else to approve (art. 45).
    ReplyDrafted {
        /// Of which kind.
        outcome: Outcome,
        /// The reply, with the way to appeal, under the case's key.
        text: Sealed,
        /// Files of the case that are given with it. Version 2 knows of none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FieldName>,
    },
    /// 退回修改: the draft is not to be given as it is.
    ReplyReturned {
        /// Why, for colleagues, under the case's key.
        remark: Sealed,
    },
    /// 答复: whoever did it approved the draft of somebody else.
    RequestDecided {
        /// Of which kind.
        outcome: Outcome,
        /// The reply, with the way to appeal, under the case's key.
        text: Sealed,
        /// Files of the case that were given with it. Version 2 knows of none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FieldName>,
    },
    /// 转其他渠道: it was no application for information (art. 39).
    RequestRedirected {
        /// Where it is to go: `信访渠道`.
        channel: Line<120>,
        /// Why.
        reason: Line<300>,
    },
    /// 撤回: the applicant took it back.
    ApplicationWithdrawn {
        /// By what staff know, where he did not do it himself at the front door.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recorded: Option<Recorded>,
    },
    /// 纳入主动公开: what he was given stands in the open now, since several asked for it (art. 44).
    InformationPublished {
        /// The document that has it.
        document: DocumentId,
        /// Its public address when that was recorded; it leads on where the document moves.
        found_at: Line<400>,
    },
    /// 归档 (art. 45).
    RequestArchived {
        /// Under which file number.
        file: Line<60>,
    },
}

impl Event for RequestEvent {
    fn version(&self) -> u16 {
        match self {
            Self::ApplicationCompleted { .. } | Self::ReplyDrafted { .. } | Self::RequestDecided { .. } => 3,
            Self::ApplicationFiled { .. }
            | Self::OpinionSought { .. }
            | Self::OpinionGiven { .. }
            | Self::OpinionLapsed { .. }
            | Self::FeePaid { .. }
            | Self::ApplicationWithdrawn { .. } => 2,
            _ => 1,
        }
    }
}
