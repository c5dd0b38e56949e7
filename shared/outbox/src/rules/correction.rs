//! What readers are told of their error reports.

use domain::{
    case::{CaseFile, Notice},
    correction::{Correction, CorrectionEvent},
};

use super::Noticed;

impl Noticed for Correction {
    fn news(event: &CorrectionEvent) -> Option<Notice> {
        match event {
            CorrectionEvent::ErrorReported { .. } => None,
            CorrectionEvent::ErrorAnswered { .. } => Some(Notice::Answered),
            CorrectionEvent::AnswerWithdrawn { .. } => Some(Notice::AnswerWithdrawn),
            CorrectionEvent::ReportDismissed { .. } => Some(Notice::ClosedUnanswered),
        }
    }

    fn stands(notice: Notice, case: &CaseFile<Self>) -> bool {
        let (closed, answered) = (case.own.closed.is_some(), case.own.answer.is_some());
        match notice {
            Notice::Answered => answered,
            Notice::AnswerWithdrawn => !answered,
            Notice::ClosedUnanswered => closed && !answered,
            // News of no event of its own.
            Notice::Received
            | Notice::CompletionAsked
            | Notice::ReasonsAsked
            | Notice::Extended
            | Notice::FeeAsked
            | Notice::Redirected
            | Notice::Reminder
            | Notice::Overdue
            | Notice::HandedOver => false,
        }
    }
}
