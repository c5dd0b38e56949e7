//! The storage format of applications for information: change a shape only as a new version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{fee::Fen, limits::RequestLimits};
use crate::{aggregate::Event, case::CaseNumber, sealed::Sealed, text::Line};

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

/// How much of it is given (art. 37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Extent {
    /// 予以公开.
    Whole,
    /// 部分公开: what may be given is.
    Partial {
        /// What is withheld, and on which ground; no word of its content.
        withheld: Line<300>,
    },
}

/// The seven kinds of reply (art. 36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    /// 已经主动公开: where it is found.
    AlreadyPublic {
        /// Address or place.
        found_at: Line<400>,
    },
    /// 可以公开: given herewith, or when and how.
    Provided {
        /// How much of it.
        extent: Extent,
    },
    /// 不予公开.
    NotDisclosable {
        /// Which article, and why.
        ground: Line<300>,
    },
    /// 经检索没有该信息: it does not exist.
    DoesNotExist,
    /// 不属于本机关负责公开.
    NotOurs {
        /// Which authority it is, and how it is reached, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Line<200>>,
    },
    /// 重复申请.
    Repeat {
        /// Of which case.
        of: CaseNumber,
    },
    /// 法律、行政法规另有规定: registers of companies and of land have rules of their own.
    SpecialLaw {
        /// Which.
        law: Line<120>,
    },
}

/// The deadlines of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestDeadline {
    /// 登记确认: until when the receipt is confirmed; then it counts as confirmed.
    Confirmation,
    /// 补正告知: until when a completion may be asked for.
    CompletionNotice,
    /// 补正: until when the applicant completes.
    Completion,
    /// 第三方意见.
    ThirdPartyOpinion,
    /// 其他机关意见.
    OtherBodyOpinion,
    /// 缴费.
    Fee,
    /// 答复.
    Reply,
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
    },
    /// 征求意见.
    OpinionSought {
        /// Whose.
        of: Consulted,
        /// Who it is and what was asked, under the case's key.
        letter: Sealed,
    },
    /// 意见: it came.
    OpinionGiven {
        /// Whose.
        of: Consulted,
        /// What it says.
        stance: Stance,
        /// The opinion, under the case's key.
        text: Sealed,
    },
    /// 逾期未提出意见: it did not come.
    OpinionLapsed {
        /// Whose.
        of: Consulted,
        /// Since when.
        effective_at: Timestamp,
    },
    /// 收费告知.
    FeeAsked {
        /// The how-manieth application of the month it is.
        item: u32,
        /// How much.
        amount: Fen,
    },
    /// 缴费.
    FeePaid {},
    /// 视为放弃申请.
    DeemedAbandoned {
        /// What was let pass.
        lapsed: Lapsed,
        /// Since when.
        effective_at: Timestamp,
    },
    /// 答复.
    RequestDecided {
        /// Of which kind.
        outcome: Outcome,
        /// The reply, with the way to appeal, under the case's key.
        text: Sealed,
    },
    /// 转其他渠道: it was no application for information (art. 39).
    RequestRedirected {
        /// Where it is to go: `信访渠道`.
        channel: Line<120>,
        /// Why.
        reason: Line<300>,
    },
    /// 撤回: the applicant took it back.
    ApplicationWithdrawn {},
    /// 归档 (art. 45).
    RequestArchived {
        /// Under which file number.
        file: Line<60>,
    },
}

impl Event for RequestEvent {
    fn version(&self) -> u16 {
        1
    }
}
