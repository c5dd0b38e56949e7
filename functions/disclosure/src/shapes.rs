//! What the API calls things, apart from how they are stored.

use command::Checks;
use domain::{case, request};
use gateway::Problem;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

command::mirrored! {
    request:
    /// As what somebody applies.
    Applicant:
    /// 公民.
    Citizen,
    /// 法人或者其他组织.
    Organisation,
}

command::mirrored! {
    request:
    /// How he wishes to get it.
    Delivery:
    /// 网上查询.
    Online,
    /// 电子邮件.
    Email,
    /// 邮寄.
    Post,
    /// 当面领取.
    InPerson,
}

command::mirrored! {
    case:
    /// The way an application came.
    Channel:
    /// 互联网.
    Web,
    /// 当面提交.
    InPerson,
    /// 邮寄（须签收）.
    Post,
    /// 平常信函.
    OrdinaryMail,
    /// 传真.
    Fax,
}

/// The way an application came that staff register (art. 31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PaperChannel {
    /// 当面提交: received on the day on which it was handed in; what was told and written down, too (art. 29).
    InPerson,
    /// 邮寄（须签收）: received on the day on which it was signed for.
    Post,
    /// 平常信函: received on the day on which it was confirmed with the applicant.
    OrdinaryMail,
    /// 传真: received on the day on which both sides confirmed.
    Fax,
}

impl From<PaperChannel> for case::Channel {
    fn from(channel: PaperChannel) -> Self {
        match channel {
            PaperChannel::InPerson => Self::InPerson,
            PaperChannel::Post => Self::Post,
            PaperChannel::OrdinaryMail => Self::OrdinaryMail,
            PaperChannel::Fax => Self::Fax,
        }
    }
}

command::mirrored! {
    request:
    /// Whose opinion is asked for.
    Consulted:
    /// 第三方 (art. 32).
    ThirdParty,
    /// 其他机关 (art. 34).
    OtherBody,
}

command::mirrored! {
    request:
    /// What somebody says to it.
    Stance:
    /// 同意公开.
    Agrees,
    /// 不同意公开.
    Objects,
}

command::mirrored! {
    request:
    /// What the applicant let pass.
    Lapsed:
    /// 补正期限.
    Completion,
    /// 缴费期限.
    Fee,
}

command::mirrored! {
    request:
    /// What shows that the applicant wants it, where staff record it.
    ShownBy:
    /// 来信.
    Letter,
    /// 来电.
    Call,
    /// 来访.
    Visit,
}

/// How much of it is given (art. 37).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Extent {
    /// 予以公开.
    Whole {},
    /// 部分公开.
    Partial {
        /// What is withheld, and on which ground, 1–300 characters; no word of its content, for it stands in the open.
        #[schema(min_length = 1, max_length = 300, example = "第三方的商业秘密（条例第十五条）")]
        withheld: String,
    },
}

/// The seven kinds of reply (art. 36), and that nothing is done (art. 35). What stands here is in the open: no names, no numbers of persons.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Outcome {
    /// 已经主动公开.
    AlreadyPublic {
        /// Where it is found, 1–400 characters.
        #[schema(min_length = 1, max_length = 400, example = "http://www.localhost:8080/zwgk/")]
        found_at: String,
    },
    /// 可以公开.
    Provided {
        /// How much of it.
        extent: Extent,
    },
    /// 不予公开.
    NotDisclosable {
        /// Which article, and why, 1–300 characters.
        #[schema(min_length = 1, max_length = 300, example = "属于行政机关内部事务信息（条例第十六条）")]
        ground: String,
    },
    /// 经检索没有该信息.
    DoesNotExist {},
    /// 不属于本机关负责公开.
    NotOurs {
        /// Which authority it is and how it is reached, 1–200 characters, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(min_length = 1, max_length = 200, example = "市财政局，电话 0599-1234568")]
        body: Option<String>,
    },
    /// 重复申请.
    Repeat {
        /// Number of the application of the same person that was replied to before this one came in.
        #[schema(example = "YG-20261130-482135", pattern = "^[A-Z]{2}-[0-9]{8}-[0-9]{6}$")]
        of: String,
    },
    /// 不予处理: clearly too much or too often, and no reasonable reasons (art. 35); those that he gave have to stand.
    Excessive {},
    /// 法律、行政法规另有规定.
    SpecialLaw {
        /// Which, 1–120 characters.
        #[schema(min_length = 1, max_length = 120, example = "《不动产登记暂行条例》")]
        law: String,
    },
}

impl Outcome {
    /// Checks every field; `/outcome` stands before each pointer.
    pub(crate) fn checked(&self, checks: &mut Checks) -> Option<request::Outcome> {
        Some(match self {
            Self::AlreadyPublic { found_at } => {
                request::Outcome::AlreadyPublic { found_at: checks.line("/outcome/found_at", found_at)? }
            }
            Self::Provided { extent: Extent::Whole {} } => {
                request::Outcome::Provided { extent: request::Extent::Whole }
            }
            Self::Provided { extent: Extent::Partial { withheld } } => {
                let withheld = checks.line("/outcome/extent/withheld", withheld)?;
                request::Outcome::Provided { extent: request::Extent::Partial { withheld } }
            }
            Self::NotDisclosable { ground } => {
                request::Outcome::NotDisclosable { ground: checks.line("/outcome/ground", ground)? }
            }
            Self::DoesNotExist {} => request::Outcome::DoesNotExist,
            Self::NotOurs { body } => {
                let body = command::optional(body.as_deref(), |body| checks.line("/outcome/body", body))?;
                request::Outcome::NotOurs { body }
            }
            Self::Repeat { of } => request::Outcome::Repeat { of: checks.name("/outcome/of", of)? },
            Self::Excessive {} => request::Outcome::Excessive,
            Self::SpecialLaw { law } => request::Outcome::SpecialLaw { law: checks.line("/outcome/law", law)? },
        })
    }
}

impl From<&request::Outcome> for Outcome {
    fn from(outcome: &request::Outcome) -> Self {
        match outcome {
            request::Outcome::AlreadyPublic { found_at } => Self::AlreadyPublic { found_at: found_at.to_string() },
            request::Outcome::Provided { extent: request::Extent::Whole } => {
                Self::Provided { extent: Extent::Whole {} }
            }
            request::Outcome::Provided { extent: request::Extent::Partial { withheld } } => {
                Self::Provided { extent: Extent::Partial { withheld: withheld.to_string() } }
            }
            request::Outcome::NotDisclosable { ground } => Self::NotDisclosable { ground: ground.to_string() },
            request::Outcome::DoesNotExist => Self::DoesNotExist {},
            request::Outcome::NotOurs { body } => Self::NotOurs { body: body.as_ref().map(ToString::to_string) },
            request::Outcome::Repeat { of } => Self::Repeat { of: of.to_string() },
            request::Outcome::Excessive => Self::Excessive {},
            request::Outcome::SpecialLaw { law } => Self::SpecialLaw { law: law.to_string() },
        }
    }
}

/// A day that a body gives under `pointer`.
pub(crate) fn day(pointer: &str, text: &str) -> Result<Date, Problem> {
    let mut checks = Checks::default();
    checks.day(pointer, text).ok_or_else(|| checks.problem())
}

/// The number of a letter that a body gives under `/letter`.
pub(crate) fn letter(number: u16) -> Result<request::LetterNumber, Problem> {
    let mut checks = Checks::default();
    checks.converted_from("/letter", number).ok_or_else(|| checks.problem())
}
