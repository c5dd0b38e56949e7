//! What a kind of case says of itself to people, and what its commands are called.

mod correction;
mod request;

pub use request::{
    COMPLETE, COMPLETION, GIVE_REASONS, MISSING, QUESTION, REASONS, REPLY, WITHDRAW, WITHDRAWAL, letter_name,
    opinion_name, remark_name, reopening_name,
};

use domain::{
    FieldName, Sealed,
    case::{Addressee, CaseEvent, CaseFile, Kind, Occurrence},
};
use jiff::Timestamp;

use crate::files::SentLater;

/// Something that happened to a case, as its citizen is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What: `已转交其他部门办理`.
    pub title: String,
    /// What there is to say of it; nothing personal.
    pub text: Option<String>,
    /// The public address that it leads to.
    pub link: Option<String>,
}

impl Entry {
    /// An entry without further words.
    #[must_use]
    pub fn plain(title: &str) -> Option<Self> {
        Some(Self { title: title.to_owned(), text: None, link: None })
    }

    /// An entry with what there is to say.
    #[must_use]
    pub fn saying(title: &str, text: impl Into<String>) -> Option<Self> {
        Some(Self { title: title.to_owned(), text: Some(text.into()), link: None })
    }
}

/// What the commands that all kinds have are called: part of commits' identities, so never renamed.
#[derive(Debug, Clone, Copy)]
pub struct Actions {
    /// 受理.
    pub take: &'static str,
    /// 转办.
    pub assign: &'static str,
    /// 备注.
    pub note: &'static str,
    /// 附卷.
    pub add_file: &'static str,
    /// 抹除.
    pub erase: &'static str,
    /// 评价: what its citizen does.
    pub rate: &'static str,
}

/// Something under a case's key beside what came in first: under which name it is sealed, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper<'c> {
    /// Its name.
    pub name: String,
    /// What it is: `补正告知`.
    pub title: String,
    /// The ciphertext.
    pub sealed: &'c Sealed,
}

/// The words of a kind.
pub trait Words: Kind {
    /// What it is called: `网民找错`.
    const NAME: &'static str;

    /// What its commands are called.
    const ACTIONS: Actions;

    /// How a case stands, in a word or two.
    fn stands(case: &CaseFile<Self>) -> &'static str;

    /// What its citizen is told of an event of its own; none for what is no affair of his.
    fn entry(event: &Self::Event) -> Option<Entry>;

    /// What he is answered in words for everybody, a paragraph each.
    fn answer(case: &CaseFile<Self>) -> Vec<String>;

    /// What he is answered under the case's key; none where the answer is public or there is none.
    fn sealed_answer(_: &CaseFile<Self>) -> Option<Paper<'_>> {
        None
    }

    /// Files of the case that were given with its answer.
    fn given(_: &CaseFile<Self>) -> &[FieldName] {
        &[]
    }

    /// Files that he sent since the case came in.
    fn sent_later(_: &CaseFile<Self>) -> SentLater<'_> {
        SentLater { act: "", label: "", files: &[] }
    }

    /// What he is asked for under the case's key, the most pressing first.
    fn sealed_questions(_: &CaseFile<Self>) -> Vec<Paper<'_>> {
        Vec::new()
    }

    /// What is to be said of a deadline beside how it was counted: by which rule it began when it did.
    fn basis(_: &CaseFile<Self>, _: Self::Deadline) -> Option<&'static str> {
        None
    }

    /// All that was written in it beside what came in first and the notes of its handlers, oldest first.
    fn papers(_: &CaseFile<Self>) -> Vec<Paper<'_>> {
        Vec::new()
    }

    /// What its citizen may do to it as it stands, by the names that its front door knows.
    fn citizen_acts(_: &CaseFile<Self>) -> Vec<&'static str> {
        Vec::new()
    }

    /// Since when an event of its own counts, where that is not when it was committed.
    fn effective_at(_: &Self::Event) -> Option<Timestamp> {
        None
    }

    /// Name of a deadline in what is told of it: `答复期限`.
    fn deadline(deadline: Self::Deadline) -> &'static str;

    /// What its citizen is told of any event.
    #[must_use]
    fn told(event: &Occurrence<Self>) -> Option<Entry> {
        match event {
            Occurrence::Own(event) => Self::entry(event),
            Occurrence::Common(event) => common::<Self>(event),
        }
    }
}

fn common<K: Words>(event: &CaseEvent<K::Deadline>) -> Option<Entry> {
    use domain::deadline::Happened;
    match event {
        CaseEvent::CaseOpened(_) => Entry::plain("已收到"),
        CaseEvent::CaseAssigned { reason, .. } => Entry::saying("已转交其他部门办理", reason.as_str()),
        CaseEvent::HandlerNamed { .. } => Entry::plain("已确定承办人"),
        CaseEvent::ReplyRated { satisfaction, reasons, .. } => {
            let reasons: Vec<&str> = reasons.iter().map(|reason| reason.chinese()).collect();
            let title = format!("您的评价：{}", satisfaction.chinese());
            if reasons.is_empty() { Entry::plain(&title) } else { Entry::saying(&title, reasons.join("、")) }
        }
        CaseEvent::NoteAdded { .. } | CaseEvent::FileAdded(_) | CaseEvent::DeadlineReminded { .. } => None,
        CaseEvent::DeadlineChanged(change) => {
            let name = K::deadline(change.deadline);
            match &change.change {
                Happened::Stopped { reason } => Entry::saying(&format!("{name}中止计时"), reason.as_str()),
                Happened::Resumed { due, .. } => Entry::saying(&format!("{name}恢复计时"), until(*due)),
                Happened::Extended { reason, due, .. } => {
                    let until = due.map(|due| format!("，{}", until(due))).unwrap_or_default();
                    Entry::saying(&format!("{name}延长{until}"), reason.as_str())
                }
                Happened::Delayed { rule, reason, due, .. } => {
                    let until = due.map(|due| format!("，{}", until(due))).unwrap_or_default();
                    Entry::saying(&format!("{name}延迟{until}"), format!("依{rule}：{reason}"))
                }
                Happened::Recounted { due: Some(due), .. } => Entry::saying(&format!("{name}重新计算"), until(*due)),
                Happened::Recomputed { due: Some(due), .. } => {
                    Entry::saying(&format!("工作日历有变，{name}重新计算"), until(*due))
                }
                // Of the others what follows is told, or nothing follows.
                Happened::FellDue if change.deadline == K::OWED => Entry::plain(&format!("{name}已届满")),
                // Told by the event that they go with.
                Happened::FellDue
                | Happened::Started { .. }
                | Happened::Restarted { .. }
                | Happened::Recomputed { due: None, .. }
                | Happened::Recounted { due: None, .. }
                | Happened::Met
                | Happened::Lifted => None,
            }
        }
        CaseEvent::MessageUndeliverable { notice, to: Addressee::Citizen, .. } => {
            Entry::saying(&format!("{}未送达", notice.chinese()), "没能按您留下的联系方式通知到您，请以本页为准。")
        }
        // What colleagues were to be told is no affair of his.
        CaseEvent::MessageUndeliverable { .. } => None,
        CaseEvent::CaseErased { reason, .. } => Entry::saying("个人信息已抹除", reason.as_str()),
        CaseEvent::ErasureCompleted { gone_for_good_on } => {
            Entry::saying("个人信息的密钥已销毁", format!("自{gone_for_good_on}起，备份中也无法恢复。"))
        }
    }
}

/// `至 12月3日`: the last day of a term that is due at `due`.
pub(crate) fn until(due: Timestamp) -> String {
    let last = last_day(due);
    format!("至 {}月{}日", last.month(), last.day())
}

/// The last day of a term: the one that is over at `due`.
pub(crate) fn last_day(due: Timestamp) -> jiff::civil::Date {
    let moment = due.saturating_sub(jiff::SignedDuration::from_millis(1)).unwrap_or(due);
    domain::shanghai::local(moment).date()
}
