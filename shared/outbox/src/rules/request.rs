//! What applicants are told of their applications for information.

use domain::{
    case::Notice,
    request::{Request, RequestEvent},
};

use super::Noticed;

impl Noticed for Request {
    fn news(event: &RequestEvent) -> Option<Notice> {
        match event {
            RequestEvent::CompletionAsked { .. } => Some(Notice::CompletionAsked),
            RequestEvent::FeeAsked { .. } => Some(Notice::FeeAsked),
            RequestEvent::RequestDecided { .. } => Some(Notice::Answered),
            RequestEvent::RequestRedirected { .. } => Some(Notice::Redirected),
            RequestEvent::DeemedAbandoned { .. } => Some(Notice::ClosedUnanswered),
            // What he did himself, and what goes on between authorities.
            RequestEvent::ApplicationFiled { .. }
            | RequestEvent::ApplicationConfirmed { .. }
            | RequestEvent::ApplicationCompleted { .. }
            | RequestEvent::OpinionSought { .. }
            | RequestEvent::OpinionGiven { .. }
            | RequestEvent::OpinionLapsed { .. }
            | RequestEvent::FeePaid {}
            | RequestEvent::ApplicationWithdrawn {}
            | RequestEvent::RequestArchived { .. } => None,
        }
    }
}
