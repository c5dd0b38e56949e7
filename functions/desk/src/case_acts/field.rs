//! What an act on a case asks for.

mod outcome;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    api::cases::{Case, Letter},
    content::document_in,
    fields::Fields,
    words,
};

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
    /// What reasons are asked for, for the applicant.
    Question,
    /// What he says to that.
    Reasons,
    /// Whom one asks for his opinion.
    Whom,
    /// What one asks.
    Letter,
    /// When a letter was delivered, where that is known.
    DeliveredOn,
    /// Which letter was delivered.
    DeliveredLetter,
    /// On which day.
    Delivered,
    /// Why somebody is asked further.
    FurtherReason,
    /// Which letter was answered.
    AnsweredLetter,
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
    /// How many working days later the reply is to come (art. 35).
    DelayDays,
    /// Why, for the applicant.
    DelayReason,
    /// Of which kind the reply is.
    Result,
    /// What that kind says beside.
    Grounds,
    /// The reply, for the applicant.
    Written,
    /// Which files of the case are given with it.
    Given,
    /// What is to be mended in a draft.
    Remark,
    /// Where else it is to go.
    Channel,
    /// Why, for the applicant.
    RedirectReason,
    /// What shows that the applicant wants it.
    ShownBy,
    /// Why he takes it back, for the applicant.
    TakenBackReason,
    /// What the applicant completed.
    Completed,
    /// On which day it came.
    ReceivedOn,
    /// Why it is opened again, for the applicant.
    ReopenReason,
    /// Which public document has the information.
    PublicDocument,
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
    /// A day.
    Day,
    /// A few lines.
    Area,
    /// Many lines.
    Page,
    /// One of several.
    Select,
    /// Any of several.
    Choices,
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
            | Self::DelayReason
            | Self::RedirectReason
            | Self::TakenBackReason
            | Self::ReopenReason
            | Self::FurtherReason => "reason",
            Self::Missing => "missing",
            Self::Question => "question",
            Self::Reasons => "reasons",
            Self::Whom => "whom",
            Self::DeliveredLetter | Self::AnsweredLetter => "letter",
            Self::DeliveredOn | Self::Delivered => "delivered_on",
            Self::Letter => "asking",
            Self::Stance => "stance",
            Self::Opinion => "opinion",
            Self::Item => "item",
            Self::Days | Self::DelayDays => "days",
            Self::Result => "result",
            Self::Grounds => "grounds",
            Self::Written => "written",
            Self::Given => "given",
            Self::Remark => "mending",
            Self::Channel => "channel",
            Self::ShownBy => "shown_by",
            Self::Completed => "completed",
            Self::ReceivedOn => "received_on",
            Self::PublicDocument => "document",
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
            Self::Reply
            | Self::Memo
            | Self::Missing
            | Self::Question
            | Self::Reasons
            | Self::Letter
            | Self::Opinion
            | Self::Written
            | Self::Completed
            | Self::Remark => "text",
            Self::Whom => "of",
            Self::Result => "outcome",
            Self::File => "file",
            Self::Given => "files",
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
            Self::Question => "要求说明什么（申请人可见）",
            Self::Reasons => "申请人说明的理由",
            Self::Whom => "向谁征求意见",
            Self::Letter => "征求意见书",
            Self::DeliveredOn => "送达之日（知道的填写）",
            Self::Delivered => "送达之日",
            Self::DeliveredLetter => "哪一份征求意见书",
            Self::AnsweredLetter => "对哪一份征求意见书的意见",
            Self::FurtherReason => "再次征求意见的理由",
            Self::Stance => "是否同意公开（申请人可见）",
            Self::Opinion => "意见的内容",
            Self::Item => "申请人当月的第几件",
            Self::Days => "延长几个工作日",
            Self::ExtendReason => "延长理由（申请人可见）",
            Self::DelayDays => "延迟几个工作日",
            Self::DelayReason => "延迟理由（申请人可见）",
            Self::Result => "答复类别（审核同意后申请人可见）",
            Self::Grounds => "依据或者去处（审核同意后申请人可见）",
            Self::Written => "答复书（审核同意后申请人可见）",
            Self::Given => "随答复提供的附卷（审核同意后申请人可以下载）",
            Self::Remark => "需要修改的内容",
            Self::Channel => "应当通过什么渠道（申请人可见）",
            Self::RedirectReason => "不作为申请处理的理由（申请人可见）",
            Self::ShownBy => "凭什么登记（申请人可见）",
            Self::TakenBackReason => "撤回的理由（申请人可见）",
            Self::Completed => "申请人补正的内容",
            Self::ReceivedOn => "收到之日",
            Self::ReopenReason => "什么正当理由（申请人可见）",
            Self::PublicDocument => "公开文件（申请人可见）",
            Self::File => "案卷号",
        }
    }

    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Finding | Self::Whom | Self::AnsweredLetter | Self::DeliveredLetter | Self::Stance | Self::Result => {
                ""
            }
            Self::DeliveredOn => {
                "对方签收的那一天，15 个工作日从这一天的次日起算；还不知道的先不填，以后用“登记送达”补上。"
            }
            Self::Delivered => "对方签收的那一天，15 个工作日从这一天的次日起算。",
            Self::FurtherReason => {
                "300 字以内。前面征求的意见都已收到、逾期或者已满七日，再征求的由督办人写明理由。不写个人信息。"
            }
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
            Self::Question => "2000 字以内，写明数量、频次怎样超过合理范围，例如 今年已申请 31 件。加密保存。",
            Self::Reasons => "2000 字以内，照申请人的原意写。加密保存，和他在网上说明的一样。",
            Self::Letter => "5000 字以内，写明对方是谁、涉及什么信息；只写申请的内容，不写申请人是谁。加密保存。",
            Self::Opinion => "5000 字以内，不同意公开的写明理由。加密保存。",
            Self::Item => "已按同一电话或者证件号码算出；核对后，不应计入的可以改小，不能改大。",
            Self::Days => "填数字，1–20。",
            Self::ExtendReason => "300 字以内，例如 需要汇总多个部门的资料。不写个人信息。",
            Self::DelayDays => "填数字。以能答复完为限，先告知申请人。",
            Self::DelayReason => "300 字以内，例如 申请数量大，须逐件检索，已与申请人商定。不写个人信息。",
            Self::Grounds => {
                "部分公开：写不公开的部分和依据；不予公开：写依据；已经主动公开：写获取途径；不属本机关：写应向哪个机关提出（可不填）；重复申请：写同一申请人此前已经答复的受理编号；另有规定：写法律、行政法规名称。不写个人信息。"
            }
            Self::Written => "10000 字以内，写明理由和救济途径；空一行分段。加密保存。",
            Self::Given => {
                "最多 10 个；要提供的文件先用“附卷”放入这一件，名称打开这一件可以看到。涉及他人的内容先遮盖。"
            }
            Self::Remark => "2000 字以内，例如 请补充不予公开的依据。加密保存，打开这一件才能看到。",
            Self::Channel => "120 字以内，例如 信访渠道。",
            Self::RedirectReason => "300 字以内，例如 内容属于投诉。不写个人信息。",
            Self::ShownBy => "来信、来电记录或者来访记录随案卷保存。",
            Self::Completed => "2000 字以内，照申请人的原意写。加密保存，和他在网上补正的一样。",
            Self::ReceivedOn => "来信签收、来电、来访或者缴费的那一天；不早于告知之日，不晚于今天。期限按这一天计算。",
            Self::ReopenReason => "300 字以内，例如 因不可抗力未能按期补正。不写个人信息。",
            Self::TakenBackReason => "300 字以内，照申请人说的写，例如 已从其他途径获得。不写个人信息。",
            Self::PublicDocument => "公开网页底部“本页显示 document:…”里的 26 位编号，可整段粘贴。",
            Self::File => "60 字以内，例如 2026-YSQ-0031。",
        }
    }

    pub(crate) fn control(self) -> Control {
        match self {
            Self::Finding
            | Self::Department
            | Self::Whom
            | Self::DeliveredLetter
            | Self::AnsweredLetter
            | Self::Stance
            | Self::Result
            | Self::ShownBy => Control::Select,
            Self::Given => Control::Choices,
            Self::Item | Self::Days | Self::DelayDays => Control::Number,
            Self::ReceivedOn | Self::DeliveredOn | Self::Delivered => Control::Day,
            Self::Reply
            | Self::Letter
            | Self::Opinion
            | Self::Written
            | Self::Missing
            | Self::Question
            | Self::Reasons
            | Self::Completed
            | Self::Remark => Control::Page,
            Self::About | Self::Channel | Self::PublicDocument | Self::File => Control::Line,
            Self::Memo
            | Self::Grounds
            | Self::AssignReason
            | Self::DismissReason
            | Self::WithdrawReason
            | Self::EraseReason
            | Self::ExtendReason
            | Self::DelayReason
            | Self::RedirectReason
            | Self::TakenBackReason
            | Self::ReopenReason
            | Self::FurtherReason => Control::Area,
        }
    }

    /// Which words it is chosen from.
    pub(crate) fn words(self) -> Option<&'static str> {
        match self {
            Self::Finding => Some("outcome"),
            Self::Whom => Some("consulted"),
            Self::Stance => Some("stance"),
            Self::Result => Some("result"),
            Self::ShownBy => Some("shown-by"),
            _ => None,
        }
    }

    /// What it is chosen from as the case stands: codes and words.
    pub(crate) fn choices(self, case: &Case) -> Vec<(String, String)> {
        let letters = case.application.letters.iter();
        match self {
            Self::DeliveredLetter => letters.filter(|letter| letter.is_on_its_way()).map(Letter::choice).collect(),
            Self::AnsweredLetter => letters.filter(|letter| letter.state != "given").map(Letter::choice).collect(),
            Self::Given => case.of_staff().enumerate().map(|(place, file)| file.choice(place + 1)).collect(),
            field => {
                let known = field.words().map(words::all).unwrap_or_default().iter();
                // Only reasons that were given can be unreasonable (art. 35).
                let has_reasons = case.application.reasons.as_deref() == Some("given");
                let known = known.filter(|(code, _)| *code != "excessive" || has_reasons);
                known.map(|(code, word)| ((*code).to_owned(), (*word).to_owned())).collect()
            }
        }
    }

    /// Whether it is asked for as the case stands.
    pub(crate) fn is_asked(self, case: &Case) -> bool {
        match self {
            Self::FurtherReason => case.application.asks_further,
            Self::Given => case.of_staff().next().is_some(),
            _ => true,
        }
    }

    /// What stands in it before anybody fills it in, on `today`.
    pub(crate) fn usual(self, case: &Case, today: Date) -> String {
        match self {
            Self::Item => {
                case.application.same_applicant.as_ref().map(|same| same.item_of_month.to_string()).unwrap_or_default()
            }
            Self::ReceivedOn | Self::Delivered => today.to_string(),
            Self::Given => case.application.draft.as_ref().map(|draft| draft.files.join(" ")).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Whether it has to be filled in, beside what is.
    pub(crate) fn is_needed(self, given: &Fields) -> bool {
        match self {
            Self::Grounds => outcome::needs_grounds(given.text(Self::Result.name())),
            field => !field.is_optional(),
        }
    }

    /// Whether it may be left empty: a reason to ask further is asked for where it is needed, and missed by the API.
    fn is_optional(self) -> bool {
        matches!(self, Self::DeliveredOn | Self::FurtherReason | Self::Given)
    }

    /// Puts what was filled in into the request.
    pub(crate) fn put(self, fields: &Fields, body: &mut Map<String, Value>) {
        let text = fields.text(self.name());
        if self.is_optional() && text.trim().is_empty() {
            return;
        }
        // One line: who presses the return key in a longer field means nothing by it.
        let line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = match (self, self.control()) {
            // A part of the outcome.
            (Self::Grounds, _) => return,
            (Self::Given, _) => json!(fields.all(self.name()).collect::<Vec<_>>()),
            (Self::Result, _) => outcome::of(text, fields.text(Self::Grounds.name())),
            (Self::PublicDocument, _) => json!(document_in(text).map_or_else(line, str::to_owned)),
            (Self::Memo, _) | (_, Control::Page) => json!(text.trim()),
            (Self::DeliveredLetter | Self::AnsweredLetter, _) | (_, Control::Number) => {
                text.trim().parse::<u32>().map_or_else(|_| json!(text), |number| json!(number))
            }
            _ => json!(line()),
        };
        body.insert(self.asked().to_owned(), value);
    }
}
