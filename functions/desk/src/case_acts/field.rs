//! What an act on a case asks for.

mod outcome;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{api::cases::Case, fields::Fields};

/// One field of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaseField {
    /// What was found of an error.
    Finding,
    /// What it was about, for the public.
    About,
    /// The answer, for the public.
    Reply,
    /// A note for colleagues.
    Memo,
    /// Which department answers for it.
    Department,
    /// Why it is handed over, for the citizen.
    AssignReason,
    /// Why it is no report of an error, for the citizen.
    DismissReason,
    /// Why the answer is taken back, for the citizen.
    WithdrawReason,
    /// Why it is erased, for the citizen.
    EraseReason,
    /// What is to be completed, for the applicant.
    Missing,
    /// Whom one asks for his opinion.
    Whom,
    /// What one asks.
    Letter,
    /// Whose opinion came.
    Whose,
    /// What it says.
    Stance,
    /// The opinion.
    Opinion,
    /// The how-manieth application of the month it is.
    Item,
    /// How many working days more.
    Days,
    /// Why, for the applicant.
    ExtendReason,
    /// Of which kind the reply is.
    Result,
    /// What that kind says beside.
    Grounds,
    /// The reply, for the applicant.
    Written,
    /// Where else it is to go.
    Channel,
    /// Why, for the applicant.
    RedirectReason,
    /// Under which number it is filed.
    File,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Control {
    /// One line.
    Line,
    /// A number.
    Number,
    /// A few lines.
    Area,
    /// Many lines.
    Page,
    /// One of several.
    Select,
}

impl CaseField {
    /// Name in the form, and id on the page.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Finding => "outcome",
            Self::About => "about",
            Self::Reply => "reply",
            Self::Memo => "memo",
            Self::Department => "department",
            Self::AssignReason
            | Self::DismissReason
            | Self::WithdrawReason
            | Self::EraseReason
            | Self::ExtendReason
            | Self::RedirectReason => "reason",
            Self::Missing => "missing",
            Self::Whom | Self::Whose => "whom",
            Self::Letter => "asking",
            Self::Stance => "stance",
            Self::Opinion => "opinion",
            Self::Item => "item",
            Self::Days => "days",
            Self::Result => "result",
            Self::Grounds => "grounds",
            Self::Written => "written",
            Self::Channel => "channel",
            Self::File => "file_number",
        }
    }

    /// Whether the last part of a pointer of the API means it.
    pub(crate) fn is_asked_as(self, part: &str) -> bool {
        match self {
            Self::Grounds => outcome::PARTS.contains(&part),
            field => field.asked() == part,
        }
    }

    /// Name in the request.
    fn asked(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::About => "subject",
            Self::Reply | Self::Memo | Self::Missing | Self::Letter | Self::Opinion | Self::Written => "text",
            Self::Whom | Self::Whose => "of",
            Self::Result => "outcome",
            Self::File => "file",
            field => field.name(),
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Finding => "核实结果（公开）",
            Self::About => "事由（公开）",
            Self::Reply => "答复（公开）",
            Self::Memo => "备注",
            Self::Department => "转给哪个部门",
            Self::AssignReason => "转办理由（来信人、申请人可见）",
            Self::DismissReason => "办结理由（来信人可见）",
            Self::WithdrawReason => "撤回理由（来信人可见）",
            Self::EraseReason => "抹除理由（来信人、申请人可见）",
            Self::Missing => "需要补正的内容（申请人可见）",
            Self::Whom => "向谁征求意见",
            Self::Letter => "征求意见书",
            Self::Whose => "谁的意见",
            Self::Stance => "是否同意公开（申请人可见）",
            Self::Opinion => "意见的内容",
            Self::Item => "申请人当月的第几件",
            Self::Days => "延长几个工作日",
            Self::ExtendReason => "延长理由（申请人可见）",
            Self::Result => "答复类别（申请人可见）",
            Self::Grounds => "依据或者去处（申请人可见）",
            Self::Written => "答复书（申请人可见）",
            Self::Channel => "应当通过什么渠道（申请人可见）",
            Self::RedirectReason => "不作为申请处理的理由（申请人可见）",
            Self::File => "案卷号",
        }
    }

    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Finding | Self::Whom | Self::Whose | Self::Stance | Self::Result => "",
            Self::About => "一句话说明是什么事，80 字以内，不写来信人是谁，例如 停水通知的日期。",
            Self::Reply => "2000 字以内，给所有人看：不写姓名、电话等个人信息，不抄来信原文里的个人情况。",
            Self::Memo => "2000 字以内，例如 已电话核实。加密保存，打开这一件才能看到。",
            Self::Department => "不改变期限。",
            Self::AssignReason => "300 字以内，例如 属教育部门职责。不写个人信息。",
            Self::DismissReason => {
                "300 字以内，说明为什么不是网站的错误；属于其他渠道的，写明是哪个渠道。不写个人信息。"
            }
            Self::WithdrawReason | Self::EraseReason => "300 字以内。不写个人信息。",
            Self::Missing => "2000 字以内，一次写全，例如 请写明是哪一年度的清单。加密保存。",
            Self::Letter => "5000 字以内，写明对方是谁、涉及什么信息；只写申请的内容，不写申请人是谁。加密保存。",
            Self::Opinion => "5000 字以内，不同意公开的写明理由。加密保存。",
            Self::Item => "填数字，例如 11。",
            Self::Days => "填数字，1–20。",
            Self::ExtendReason => "300 字以内，例如 需要汇总多个部门的资料。不写个人信息。",
            Self::Grounds => {
                "部分公开：写不公开的部分和依据；不予公开：写依据；已经主动公开：写获取途径；不属本机关：写应向哪个机关提出（可不填）；重复申请：写原受理编号；另有规定：写法律、行政法规名称。不写个人信息。"
            }
            Self::Written => "10000 字以内，写明理由和救济途径；空一行分段。加密保存。",
            Self::Channel => "120 字以内，例如 信访渠道。",
            Self::RedirectReason => "300 字以内，例如 内容属于投诉。不写个人信息。",
            Self::File => "60 字以内，例如 2026-YSQ-0031。",
        }
    }

    pub(crate) fn control(self) -> Control {
        match self {
            Self::Finding | Self::Department | Self::Whom | Self::Whose | Self::Stance | Self::Result => {
                Control::Select
            }
            Self::Item | Self::Days => Control::Number,
            Self::Reply | Self::Letter | Self::Opinion | Self::Written | Self::Missing => Control::Page,
            Self::About | Self::Channel | Self::File => Control::Line,
            Self::Memo
            | Self::Grounds
            | Self::AssignReason
            | Self::DismissReason
            | Self::WithdrawReason
            | Self::EraseReason
            | Self::ExtendReason
            | Self::RedirectReason => Control::Area,
        }
    }

    /// Which words it is chosen from.
    pub(crate) fn words(self) -> Option<&'static str> {
        match self {
            Self::Finding => Some("outcome"),
            Self::Whom | Self::Whose => Some("consulted"),
            Self::Stance => Some("stance"),
            Self::Result => Some("result"),
            _ => None,
        }
    }

    /// Whether a choice is one as the case stands.
    pub(crate) fn offers(self, case: &Case, code: &str) -> bool {
        let awaited = || case.application.awaited.iter().any(|awaited| awaited == code);
        match self {
            Self::Whom => !awaited(),
            Self::Whose => awaited(),
            _ => true,
        }
    }

    /// Whether it has to be filled in, beside what is.
    pub(crate) fn is_needed(self, given: &Fields) -> bool {
        self != Self::Grounds || outcome::needs_grounds(given.text(Self::Result.name()))
    }

    /// Puts what was filled in into the request.
    pub(crate) fn put(self, fields: &Fields, body: &mut Map<String, Value>) {
        let text = fields.text(self.name());
        // One line: who presses the return key in a longer field means nothing by it.
        let line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = match (self, self.control()) {
            // A part of the outcome.
            (Self::Grounds, _) => return,
            (Self::Result, _) => outcome::of(text, fields.text(Self::Grounds.name())),
            (Self::Memo, _) | (_, Control::Page) => json!(text.trim()),
            (_, Control::Number) => text.trim().parse::<u32>().map_or_else(|_| json!(text), |number| json!(number)),
            _ => json!(line()),
        };
        body.insert(self.asked().to_owned(), value);
    }
}
