//! What applicants are told of their applications for information.

use domain::{
    FieldName,
    case::CaseFile,
    request::{
        Conclusion, Consulted, Decided, Extent, Fen, Lapsed, Outcome, Recorded, Request, RequestDeadline, RequestEvent,
        ShownBy, Stance, receipt_rule,
    },
};

use jiff::{Timestamp, civil::Date};

use super::{Actions, Entry, Paper, Words};
use crate::files::SentLater;

/// Under which name the reply is sealed.
pub const REPLY: &str = "reply";
/// Under which name stands what the applicant was asked to say.
pub const MISSING: &str = "missing";
/// Under which name stands what he said to that.
pub const COMPLETION: &str = "completion";

/// Under which name stands why he took it back, as staff recorded it.
pub const WITHDRAWAL: &str = "withdrawal";
/// Under which name stands what he was asked the reasons of.
pub const QUESTION: &str = "question";
/// Under which name stand his reasons.
pub const REASONS: &str = "reasons";

/// What the applicant does who completes his application.
pub const COMPLETE: &str = "complete";
/// What he does who gives reasons.
pub const GIVE_REASONS: &str = "give-reasons";
/// What he does who takes it back.
pub const WITHDRAW: &str = "withdraw";

/// Under which name the `number`-th letter that asks for an opinion is sealed, from 1.
#[must_use]
pub fn letter_name(number: usize) -> String {
    format!("letter-{number}")
}

/// Under which name the `number`-th opinion that came is sealed, from 1.
#[must_use]
pub fn opinion_name(number: usize) -> String {
    format!("opinion-{number}")
}

/// Under which name the `number`-th remark on a draft is sealed, from 1.
#[must_use]
pub fn remark_name(number: usize) -> String {
    format!("remark-{number}")
}

/// Under which name the reason of the `number`-th reopening is sealed, from 1.
#[must_use]
pub fn reopening_name(number: usize) -> String {
    format!("reopening-{number}")
}

impl Words for Request {
    const NAME: &'static str = "政府信息公开申请";

    const ACTIONS: Actions = Actions {
        take: "POST requests/{id}/take",
        assign: "POST requests/{id}/assign",
        note: "POST requests/{id}/notes",
        add_file: "POST requests/{id}/files",
        erase: "POST requests/{id}/erase",
        rate: "POST form/disclosure/act rate",
    };

    fn stands(case: &CaseFile<Self>) -> &'static str {
        let own = &case.own;
        match &own.concluded {
            Some((_, Conclusion::Decided(_))) => "已答复",
            Some((_, Conclusion::Redirected { .. })) => "已告知其他渠道",
            Some((_, Conclusion::Abandoned(_))) => "视为放弃申请",
            Some((_, Conclusion::Withdrawn(_))) => "已撤回",
            None if own.confirmed.is_none() => "待登记",
            None if own.awaits_completion() => "等待补正",
            None if own.awaits_fee() => "等待缴费",
            None if own.awaited().next().is_some() => "征求意见中",
            None if case.late_since().is_some() => "逾期办理中",
            None if own.awaits_reasons() => "等待说明理由",
            None => "办理中",
        }
    }

    fn entry(event: &RequestEvent) -> Option<Entry> {
        match event {
            // What he sent himself he knows; what came on paper was registered on another day than it came.
            RequestEvent::ApplicationFiled { received_on, .. } => {
                let day = (*received_on)?;
                Entry::saying("已登记您的书面申请", format!("{}月{}日为收到申请之日。", day.month(), day.day()))
            }
            RequestEvent::ApplicationConfirmed { .. } => Entry::plain("已登记，开始计算答复期限"),
            RequestEvent::CompletionAsked { .. } => Entry::plain("需要补正"),
            RequestEvent::ApplicationCompleted { received_on, .. } => on("已收到补正，答复期限重新计算", *received_on),
            RequestEvent::ReasonsAsked { .. } => {
                Entry::saying("需要说明理由", "申请的数量、频次明显超过合理范围（条例第三十五条）。答复期限照常计算。")
            }
            RequestEvent::ReasonsGiven { received_on, .. } => on("已收到您说明的理由", *received_on),
            RequestEvent::OpinionSought { of, .. } => Entry::plain(&format!("正在征求{}意见", whom(*of))),
            RequestEvent::OpinionGiven { of, stance: says, .. } => {
                Entry::plain(&format!("{}{}", whom(*of), stance(*says)))
            }
            // When a letter reached somebody is no affair of his.
            RequestEvent::LetterDelivered { .. } => None,
            RequestEvent::OpinionLapseUndone { of, .. } => {
                Entry::saying(&format!("{}没有逾期", whom(*of)), "意见的期限或者收到之日此前未及登记。")
            }
            RequestEvent::OpinionLapsed { of, undelivered: true, .. } => {
                Entry::saying(&format!("没有收到{}意见", whom(*of)), "由本机关依法决定是否公开。")
            }
            RequestEvent::OpinionLapsed { of: Consulted::ThirdParty, .. } => {
                Entry::saying("第三方逾期未提出意见", "由本机关依法决定是否公开。")
            }
            RequestEvent::OpinionLapsed { of: Consulted::OtherBody, .. } => {
                Entry::saying("其他机关逾期未提出意见", "视为同意公开。")
            }
            RequestEvent::FeeAsked { amount: Fen(fen), .. } => {
                Entry::saying("需要缴纳信息处理费", format!("{}.{:02} 元", fen / 100, fen % 100))
            }
            RequestEvent::FeePaid { received_on } => on("已缴费，答复期限重新计算", *received_on),
            RequestEvent::DeemedAbandoned { lapsed, .. } => {
                let why = match lapsed {
                    Lapsed::Completion => "逾期未补正。",
                    Lapsed::Fee => "逾期未缴费。",
                };
                Entry::saying("视为放弃申请", why)
            }
            RequestEvent::AbandonmentUndone { lapsed } => {
                let what = match lapsed {
                    Lapsed::Completion => "补正",
                    Lapsed::Fee => "缴费",
                };
                Entry::saying("恢复办理", format!("您在期限内已经{what}，此前未及登记，不视为放弃申请。"))
            }
            RequestEvent::ApplicationReopened { .. } => {
                Entry::saying("恢复办理，请补正", "您有正当理由，不视为放弃申请。")
            }
            // Until it is approved it is no reply.
            RequestEvent::ReplyDrafted { .. } | RequestEvent::ReplyReturned { .. } => None,
            RequestEvent::RequestDecided { outcome, .. } => Entry::saying("已答复", said(outcome)),
            RequestEvent::RequestRedirected { channel, reason } => {
                Entry::saying("不属政府信息公开申请", format!("请通过{channel}提出。{reason}"))
            }
            RequestEvent::ApplicationWithdrawn { recorded: None } => Entry::plain("已撤回申请"),
            RequestEvent::ApplicationWithdrawn { recorded: Some(recorded) } => {
                Entry::saying("承办部门登记您已撤回申请", taken_back(recorded))
            }
            RequestEvent::InformationPublished { found_at, .. } => Some(Entry {
                title: "您申请的信息已纳入主动公开".to_owned(),
                text: Some("多人申请的，可以纳入主动公开（条例第四十四条）。".to_owned()),
                link: Some(found_at.to_string()),
            }),
            RequestEvent::RequestArchived { .. } => Entry::plain("已归档"),
        }
    }

    fn answer(case: &CaseFile<Self>) -> Vec<String> {
        match &case.own.concluded {
            Some((_, Conclusion::Decided(Decided { outcome, .. }))) => vec![said(outcome)],
            Some((_, Conclusion::Redirected { channel, reason })) => {
                vec![format!("请通过{channel}提出。"), reason.to_string()]
            }
            Some((_, Conclusion::Abandoned(_) | Conclusion::Withdrawn(_))) | None => Vec::new(),
        }
    }

    fn effective_at(event: &RequestEvent) -> Option<Timestamp> {
        match event {
            RequestEvent::ApplicationConfirmed { effective_at }
            | RequestEvent::OpinionLapsed { effective_at, .. }
            | RequestEvent::DeemedAbandoned { effective_at, .. } => Some(*effective_at),
            _ => None,
        }
    }

    fn sealed_answer(case: &CaseFile<Self>) -> Option<Paper<'_>> {
        match &case.own.concluded {
            Some((_, Conclusion::Decided(Decided { text, .. }))) => Some(paper(REPLY, "答复书", text)),
            Some((_, Conclusion::Withdrawn(Some(recorded)))) => Some(paper(WITHDRAWAL, "撤回的理由", &recorded.reason)),
            _ => None,
        }
    }

    fn given(case: &CaseFile<Self>) -> &[FieldName] {
        match &case.own.concluded {
            Some((_, Conclusion::Decided(decided))) => &decided.files,
            _ => &[],
        }
    }

    fn sent_later(case: &CaseFile<Self>) -> SentLater<'_> {
        SentLater { act: COMPLETE, label: "申请人的补正", files: &case.own.completion_files }
    }

    fn sealed_questions(case: &CaseFile<Self>) -> Vec<Paper<'_>> {
        let own = &case.own;
        if !is_open(case) {
            return Vec::new();
        }
        let missing = own.missing.iter().filter(|_| own.awaits_completion());
        let question = own.reasons_asked.iter().filter(|_| own.awaits_reasons());
        let missing = missing.map(|missing| paper(MISSING, "请补正", missing));
        missing.chain(question.map(|asked| paper(QUESTION, "请说明理由", &asked.question))).collect()
    }

    /// The day of the receipt, as long as the term is counted from it: what came later (a completion, a fee) has a day of its own.
    fn basis(case: &CaseFile<Self>, deadline: RequestDeadline) -> Option<&'static str> {
        let term = &case.deadlines.get(deadline)?.term;
        let is_of_receipt = matches!(deadline, RequestDeadline::Reply | RequestDeadline::CompletionNotice)
            && case.own.confirmed.is_some_and(|confirmed| confirmed == term.from);
        let channel = case.opened.as_ref()?.opening.channel;
        is_of_receipt.then(|| receipt_rule(channel))
    }

    fn papers(case: &CaseFile<Self>) -> Vec<Paper<'_>> {
        let own = &case.own;
        let letters = own.letters.iter().map(|letter| Paper {
            name: letter_name(usize::from(letter.number.get())),
            title: format!("征求意见书{}（{}）", letter.number, whom(letter.of)),
            sealed: &letter.text,
        });
        let opinions = own.opinions.iter().enumerate().map(|(place, opinion)| Paper {
            name: opinion_name(place + 1),
            title: format!("对征求意见书{}的意见：{}{}", opinion.letter, whom(opinion.of), stance(opinion.stance)),
            sealed: &opinion.text,
        });
        let missing = own.missing.iter().map(|text| paper(MISSING, "补正告知", text));
        let completion = own.completion.iter().map(|text| paper(COMPLETION, "申请人的补正", text));
        let question = own.reasons_asked.iter().map(|asked| paper(QUESTION, "要求说明理由", &asked.question));
        let reasons = own.reasons.iter().map(|text| paper(REASONS, "申请人说明的理由", text));
        let remarks = own.remarks.iter().enumerate().map(|(place, remark)| Paper {
            name: remark_name(place + 1),
            title: "退回修改的意见".to_owned(),
            sealed: remark,
        });
        // A draft lies under the name of the reply that it becomes.
        let draft = own.draft.iter().map(|draft| paper(REPLY, "拟答复", &draft.text));
        let reopenings = own.reopenings.iter().enumerate().map(|(place, reason)| Paper {
            name: reopening_name(place + 1),
            title: "恢复办理的理由".to_owned(),
            sealed: reason,
        });
        let asked = missing.chain(reopenings).chain(completion).chain(question).chain(reasons);
        let before = asked.chain(letters).chain(opinions);
        before.chain(remarks).chain(draft).chain(Self::sealed_answer(case)).collect()
    }

    fn citizen_acts(case: &CaseFile<Self>) -> Vec<&'static str> {
        let complete = case.own.awaits_completion().then_some(COMPLETE);
        let reasons = case.own.awaits_reasons().then_some(GIVE_REASONS);
        let acts = complete.into_iter().chain(reasons).chain([WITHDRAW]);
        if is_open(case) { acts.collect() } else { Vec::new() }
    }

    fn deadline(deadline: RequestDeadline) -> &'static str {
        match deadline {
            RequestDeadline::Confirmation => "登记确认期限",
            RequestDeadline::CompletionNotice => "补正告知期限",
            RequestDeadline::Completion => "补正期限",
            RequestDeadline::ThirdPartyOpinion => "第三方意见期限",
            RequestDeadline::OtherBodyOpinion => "其他机关意见期限",
            RequestDeadline::Opinion(_) => "征求意见期限",
            RequestDeadline::Fee => "缴费期限",
            RequestDeadline::Reply => "答复期限",
        }
    }
}

fn paper<'c>(name: &str, title: &str, sealed: &'c domain::Sealed) -> Paper<'c> {
    Paper { name: name.to_owned(), title: title.to_owned(), sealed }
}

/// Whether it can be worked on still.
fn is_open(case: &CaseFile<Request>) -> bool {
    case.at_work().is_ok()
}

/// An entry of what came on a day that staff told.
fn on(title: &str, day: Option<Date>) -> Option<Entry> {
    match day {
        Some(day) => Entry::saying(title, format!("{}月{}日收到。", day.month(), day.day())),
        None => Entry::plain(title),
    }
}

/// What he is told of what staff recorded for him: by what, and what to do where it was not so.
fn taken_back(Recorded { shown_by, .. }: &Recorded) -> String {
    let shown_by = match shown_by {
        ShownBy::Letter => "来信",
        ShownBy::Call => "来电",
        ShownBy::Visit => "来访",
    };
    format!("依据您的{shown_by}。如果不是您的意思，请尽快联系承办部门。")
}

fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Agrees => "同意公开",
        Stance::Objects => "不同意公开",
    }
}

fn whom(of: Consulted) -> &'static str {
    match of {
        Consulted::ThirdParty => "第三方",
        Consulted::OtherBody => "其他机关",
    }
}

/// A kind of reply in a sentence (art. 36).
fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::AlreadyPublic { found_at } => format!("该信息已经主动公开，获取途径：{found_at}"),
        Outcome::Provided { extent: Extent::Whole } => "予以公开。".to_owned(),
        Outcome::Provided { extent: Extent::Partial { withheld } } => format!("部分公开；不公开的部分：{withheld}"),
        Outcome::NotDisclosable { ground } => format!("不予公开：{ground}"),
        Outcome::DoesNotExist => "经检索，没有您申请的信息。".to_owned(),
        Outcome::NotOurs { body: Some(body) } => format!("不属于本机关负责公开，请向{body}提出。"),
        Outcome::NotOurs { body: None } => "不属于本机关负责公开。".to_owned(),
        Outcome::Repeat { of } => format!("与 {of} 号申请重复，不再重复处理。"),
        Outcome::Excessive => {
            "申请的数量、频次明显超过合理范围，说明的理由不合理，不予处理（条例第三十五条）。".to_owned()
        }
        Outcome::SpecialLaw { law } => format!("依照{law}的规定办理。"),
    }
}
