//! What applicants are told of their applications for information.

use domain::{
    case::{CaseFile, Notice},
    request::{Conclusion, Request, RequestEvent},
};

use super::Noticed;

impl Noticed for Request {
    fn news(event: &RequestEvent) -> Option<Notice> {
        match event {
            RequestEvent::CompletionAsked { .. } | RequestEvent::ApplicationReopened { .. } => {
                Some(Notice::CompletionAsked)
            }
            RequestEvent::ReasonsAsked { .. } => Some(Notice::ReasonsAsked),
            // He was told that it ended.
            RequestEvent::AbandonmentUndone { .. } => Some(Notice::Received),
            RequestEvent::FeeAsked { .. } => Some(Notice::FeeAsked),
            RequestEvent::RequestDecided { .. } => Some(Notice::Answered),
            RequestEvent::RequestRedirected { .. } => Some(Notice::Redirected),
            RequestEvent::DeemedAbandoned { .. } | RequestEvent::ApplicationWithdrawn { recorded: Some(_) } => {
                Some(Notice::ClosedUnanswered)
            }
            // What he did himself, and what goes on between authorities.
            RequestEvent::ApplicationFiled { .. }
            | RequestEvent::ApplicationConfirmed { .. }
            | RequestEvent::ApplicationCompleted { .. }
            | RequestEvent::ReasonsGiven { .. }
            | RequestEvent::OpinionSought { .. }
            | RequestEvent::LetterDelivered { .. }
            | RequestEvent::OpinionGiven { .. }
            | RequestEvent::OpinionLapsed { .. }
            | RequestEvent::OpinionLapseUndone { .. }
            | RequestEvent::FeePaid { .. }
            | RequestEvent::ApplicationWithdrawn { recorded: None }
            | RequestEvent::ReplyDrafted { .. }
            | RequestEvent::ReplyReturned { .. }
            | RequestEvent::InformationPublished { .. }
            | RequestEvent::RequestArchived { .. } => None,
        }
    }

    fn stands(notice: Notice, case: &CaseFile<Self>) -> bool {
        if notice == Notice::ReasonsAsked {
            return case.at_work().is_ok() && case.own.awaits_reasons();
        }
        let told = match case.own.concluded.as_ref().map(|(_, conclusion)| conclusion) {
            Some(Conclusion::Decided(_)) => Some(Notice::Answered),
            Some(Conclusion::Redirected { .. }) => Some(Notice::Redirected),
            Some(Conclusion::Abandoned(_) | Conclusion::Withdrawn(Some(_))) => Some(Notice::ClosedUnanswered),
            Some(Conclusion::Withdrawn(None)) | None => None,
        };
        told == Some(notice)
    }
}
