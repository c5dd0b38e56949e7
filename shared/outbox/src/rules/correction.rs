//! What readers are told of their error reports.

use domain::{
    case::Notice,
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
}
