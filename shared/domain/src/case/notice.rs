//! What somebody is told of a case, and who: stored with messages that could not be delivered.
//!
//! A further one is a new version of the event that names it, so that older code does not mistake it.

use serde::{Deserialize, Serialize};

/// What somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// 已收到: it came in.
    Received,
    /// 补正告知: something is to be completed.
    CompletionAsked,
    /// 要求说明理由: somebody is asked why he applies so much or so often.
    ReasonsAsked,
    /// 延长: it takes longer.
    Extended,
    /// 收费告知: something is to be paid.
    FeeAsked,
    /// 已答复: there is an answer.
    Answered,
    /// 转其他渠道: it is to be taken elsewhere.
    Redirected,
    /// 已办结: it ended without an answer.
    ClosedUnanswered,
    /// 撤回答复: the answer is not shown any more.
    AnswerWithdrawn,
    /// 到期提醒: the last day of a deadline begins.
    Reminder,
    /// 逾期: what the citizen is owed is late.
    Overdue,
    /// 转办: another department answers for it now.
    HandedOver,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Received,
        Self::CompletionAsked,
        Self::ReasonsAsked,
        Self::Extended,
        Self::FeeAsked,
        Self::Answered,
        Self::Redirected,
        Self::ClosedUnanswered,
        Self::AnswerWithdrawn,
        Self::Reminder,
        Self::Overdue,
        Self::HandedOver,
    ];

    /// As events and rows spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::CompletionAsked => "completion-asked",
            Self::ReasonsAsked => "reasons-asked",
            Self::Extended => "extended",
            Self::FeeAsked => "fee-asked",
            Self::Answered => "answered",
            Self::Redirected => "redirected",
            Self::ClosedUnanswered => "closed-unanswered",
            Self::AnswerWithdrawn => "answer-withdrawn",
            Self::Reminder => "reminder",
            Self::Overdue => "overdue",
            Self::HandedOver => "handed-over",
        }
    }

    /// The notice that is spelt so, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == name)
    }

    /// What people call it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Received => "收件通知",
            Self::CompletionAsked => "补正通知",
            Self::ReasonsAsked => "说明理由通知",
            Self::Extended => "延期通知",
            Self::FeeAsked => "缴费通知",
            Self::Answered => "答复通知",
            Self::Redirected => "转其他渠道通知",
            Self::ClosedUnanswered => "办结通知",
            Self::AnswerWithdrawn => "撤回答复通知",
            Self::Reminder => "到期提醒",
            Self::Overdue => "逾期提醒",
            Self::HandedOver => "转办通知",
        }
    }
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Addressee {
    /// 诉求人: who sent it.
    Citizen,
    /// 承办人: who answers for it.
    Handler,
    /// 督办人: who supervises the department that does.
    Supervisors,
    /// 承办部门: all who work on cases there.
    Department,
}

impl Addressee {
    /// What people call him.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Citizen => "诉求人",
            Self::Handler => "承办人",
            Self::Supervisors => "督办人",
            Self::Department => "承办部门",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_is_spelt_as_it_is_stored_and_found_by_that() {
        for notice in Notice::ALL {
            assert_eq!(serde_json::to_value(notice).unwrap(), notice.as_str());
            assert_eq!(Notice::named(notice.as_str()), Some(notice));
        }
        assert_eq!(Notice::named("birthday"), None);
    }
}
