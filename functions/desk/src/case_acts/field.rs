//! What an act on a case asks for.

use serde_json::{Map, Value, json};

use crate::fields::Fields;

/// One field of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaseField {
    /// What was found.
    Outcome,
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
}

impl CaseField {
    /// Name in the form, and id on the page.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::About => "about",
            Self::Reply => "reply",
            Self::Memo => "memo",
            Self::Department => "department",
            Self::AssignReason | Self::DismissReason | Self::WithdrawReason | Self::EraseReason => "reason",
        }
    }

    /// Name in the request.
    pub(crate) fn asked(self) -> &'static str {
        match self {
            Self::Outcome => "finding",
            Self::About => "subject",
            Self::Reply | Self::Memo => "text",
            field => field.name(),
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Outcome => "核实结果（公开）",
            Self::About => "事由（公开）",
            Self::Reply => "答复（公开）",
            Self::Memo => "备注",
            Self::Department => "转给哪个部门",
            Self::AssignReason => "转办理由（来信人可见）",
            Self::DismissReason => "办结理由（来信人可见）",
            Self::WithdrawReason => "撤回理由（来信人可见）",
            Self::EraseReason => "抹除理由（来信人可见）",
        }
    }

    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Outcome => "",
            Self::About => "一句话说明是什么事，80 字以内，不写来信人是谁，例如 停水通知的日期。",
            Self::Reply => "2000 字以内，给所有人看：不写姓名、电话等个人信息，不抄来信原文里的个人情况。",
            Self::Memo => "2000 字以内，例如 已电话核实。加密保存，打开这一件才能看到。",
            Self::Department => "不改变期限。",
            Self::AssignReason => "300 字以内，例如 属教育部门职责。不写个人信息。",
            Self::DismissReason => {
                "300 字以内，说明为什么不是网站的错误；属于其他渠道的，写明是哪个渠道。不写个人信息。"
            }
            Self::WithdrawReason | Self::EraseReason => "300 字以内。不写个人信息。",
        }
    }

    /// Puts what was filled in into the request.
    pub(crate) fn put(self, fields: &Fields, body: &mut Map<String, Value>) {
        let text = fields.text(self.name());
        let value = match self {
            Self::Reply | Self::Memo => text.trim().to_owned(),
            // One line: who presses the return key in a longer field means nothing by it.
            _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        body.insert(self.asked().to_owned(), json!(value));
    }
}
